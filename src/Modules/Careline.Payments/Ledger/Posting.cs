namespace Careline.Payments.Ledger;

/// <summary>What a posting is about.</summary>
public enum PostingKind
{
    /// <summary>Money came.</summary>
    Payment,

    /// <summary>Money went back.</summary>
    Refund,

    /// <summary>A bank took money back, or gave it again.</summary>
    Chargeback,

    /// <summary>A gateway kept something for itself.</summary>
    Fee,

    /// <summary>An administrator put something right.</summary>
    Adjustment,

    /// <summary>A share was paid out.</summary>
    Payout,
}

/// <summary>One fact of money. Its key is what happened, not who told it: told twice, it stands once.</summary>
internal sealed class Posting
{
    public Guid Id { get; private set; }

    public string Key { get; private set; } = "";

    public PostingKind Kind { get; private set; }

    public Guid? PaymentId { get; private set; }

    public string Currency { get; private set; } = "";

    public long Amount { get; private set; }

    public Guid? PostedBy { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static Posting Of(Guid id, PostingKind kind, string key, Guid? paymentId, LedgerSum sum, Guid? by, DateTimeOffset now) => new()
    {
        Id = id,
        Key = key,
        Kind = kind,
        PaymentId = paymentId,
        Currency = sum.Currency,
        Amount = sum.Amount,
        PostedBy = by,
        At = now,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<Posting>, IEntityTypeConfiguration<Entry>
    {
        public void Configure(EntityTypeBuilder<Posting> builder)
        {
            builder.ToTable("postings", "payments");
            builder.Property(p => p.Id).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<Entry> builder)
        {
            builder.ToTable("entries", "payments");
            builder.Property(e => e.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>An amount of one currency, in minor units.</summary>
internal readonly record struct LedgerSum(long Amount, string Currency);

/// <summary>One side of a posting.</summary>
internal sealed class Entry
{
    public Guid Id { get; private set; }

    public Guid PostingId { get; private set; }

    /// <summary>See <see cref="LedgerAccount"/>.</summary>
    public string Account { get; private set; } = "";

    public string Currency { get; private set; } = "";

    public long Debit { get; private set; }

    public long Credit { get; private set; }

    public static Entry Of(Guid id, Posting posting, string account, long debit, long credit) =>
        new() { Id = id, PostingId = posting.Id, Account = account, Currency = posting.Currency, Debit = debit, Credit = credit };
}
