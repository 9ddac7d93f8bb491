using System.Security.Cryptography;
using System.Text;
using Careline.Payments.Payments;

namespace Careline.Payments.Invoices;

/// <summary>What kind of paper it is.</summary>
public enum InvoiceKind
{
    /// <summary>What was paid, and that it was: invoice and receipt in one, since nothing is owed when it is issued.</summary>
    Receipt,

    /// <summary>What was given back.</summary>
    CreditNote,
}

/// <summary>A paper of the books: a number in a series without gaps, and content as it was when it was issued. Nobody changes it, and nobody removes it.</summary>
internal sealed class Invoice : IVisible<Invoice>
{
    private Invoice()
    {
    }

    public Guid Id { get; private set; }

    public string Number { get; private set; } = "";

    public InvoiceKind Kind { get; private set; }

    public Guid PaymentId { get; private set; }

    public Guid? RefundId { get; private set; }

    public Guid? PayerAccountId { get; private set; }

    public Guid? PatientId { get; private set; }

    public Guid? DoctorId { get; private set; }

    public Guid? ClinicId { get; private set; }

    public long Amount { get; private set; }

    public string Currency { get; private set; } = "";

    public byte[] ContentSealed { get; private set; } = [];

    /// <summary>SHA-256 of the content: what the paper said is what it says.</summary>
    public byte[] ContentHash { get; private set; } = [];

    public DateTimeOffset IssuedAt { get; private set; }

    public static Invoice Issue(Guid id, InvoiceKind kind, Payment payment, Guid? refundId, InvoiceContent content, FieldCipher cipher, DateTimeOffset now)
    {
        var text = JsonSerializer.Serialize(content, JsonSerializerOptions.Web);
        return new Invoice
        {
            Id = id,
            Number = content.Number,
            Kind = kind,
            PaymentId = payment.Id,
            RefundId = refundId,
            PayerAccountId = payment.PayerAccountId,
            PatientId = payment.PatientId,
            DoctorId = payment.DoctorId,
            ClinicId = payment.ClinicId,
            Amount = content.Total,
            Currency = payment.Currency,
            ContentSealed = cipher.Seal(text, PlaceOf(id)),
            ContentHash = SHA256.HashData(Encoding.UTF8.GetBytes(text)),
            IssuedAt = now,
        };
    }

    /// <summary>What it says; null where somebody changed it past us.</summary>
    public InvoiceContent? Read(FieldCipher cipher) =>
        cipher.TryOpen(ContentSealed, PlaceOf(Id)) is { } text && SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan().SequenceEqual(ContentHash)
            ? JsonSerializer.Deserialize<InvoiceContent>(text, JsonSerializerOptions.Web) : null;

    public static IQueryable<Invoice> VisibleTo(CarelineDb db, Actor actor)
    {
        var payments = Payment.VisibleTo(db, actor).Select(p => p.Id);
        return db.Set<Invoice>().Where(i => payments.Contains(i.PaymentId));
    }

    private static string PlaceOf(Guid id) => $"payments.invoices.content_sealed:{id}";

    internal sealed class Mapping : IEntityTypeConfiguration<Invoice>
    {
        public void Configure(EntityTypeBuilder<Invoice> builder)
        {
            builder.ToTable("invoices", "payments");
            builder.Property(i => i.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>What a paper says. Of the payer nothing but the account's number: the name is written in when it is shown, and goes with the person's erasure.</summary>
/// <param name="Number">In its series.</param>
/// <param name="Of">The number of the receipt that a credit note takes back from; null on a receipt.</param>
/// <param name="Issuer">Who issues it.</param>
/// <param name="IssuerAddress">Where the issuer is.</param>
/// <param name="TaxNumber">The issuer's, where it has one.</param>
/// <param name="PaymentNumber">The payment.</param>
/// <param name="Method">How it was paid.</param>
/// <param name="PaidAt">When.</param>
/// <param name="Lines">What for.</param>
/// <param name="TaxPercent">On top of the lines.</param>
/// <param name="Tax">Minor units.</param>
/// <param name="Total">Minor units.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record InvoiceContent(
    string Number,
    string? Of,
    string Issuer,
    string? IssuerAddress,
    string? TaxNumber,
    string PaymentNumber,
    string Method,
    DateTimeOffset PaidAt,
    IReadOnlyList<InvoiceLine> Lines,
    decimal TaxPercent,
    long Tax,
    long Total,
    string Currency);

/// <summary>A line of a paper.</summary>
/// <param name="Text">What.</param>
/// <param name="Amount">Minor units; less than nothing for what was taken off.</param>
public sealed record InvoiceLine(string Text, long Amount);
