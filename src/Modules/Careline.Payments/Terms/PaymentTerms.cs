using Careline.Gateways.Contracts;

namespace Careline.Payments.Terms;

/// <summary>What holds for a payment when it begins.</summary>
/// <param name="TaxPercent">On top of the price.</param>
/// <param name="DoctorPercent">The doctor's share of the price.</param>
/// <param name="PlatformPercent">The platform's share of the price.</param>
/// <param name="Gateways">Those that the clinic takes; empty means whatever suits.</param>
internal sealed record PaymentTerms(decimal TaxPercent, decimal DoctorPercent, decimal PlatformPercent, IReadOnlyList<Gateway> Gateways)
{
    /// <summary>The clinic's own or, where it has none, the platform's.</summary>
    public static async Task<PaymentTerms> OfAsync(CarelineDb db, Guid? clinicId, PaymentsOptions options, CancellationToken ct)
    {
        var own = clinicId is { } id ? await db.Set<ClinicTerms>().FirstOrDefaultAsync(t => t.Id == id, ct) : null;
        return own is null
            ? new PaymentTerms(0, options.DoctorSharePercent, options.PlatformSharePercent, [])
            : new PaymentTerms(own.TaxPercent, own.DoctorPercent, own.PlatformPercent, [.. own.Gateways.Select(Read)]);
    }

    private static Gateway Read(string name) =>
        EnumText<Gateway>.TryParse(name, out var gateway) ? gateway : throw new InvalidOperationException($"{name} is no gateway.");
}

/// <summary>What a clinic takes and gives.</summary>
internal sealed class ClinicTerms : IVersioned
{
    private ClinicTerms()
    {
    }

    /// <summary>The clinic.</summary>
    public Guid Id { get; private set; }

    public decimal TaxPercent { get; private set; }

    public decimal DoctorPercent { get; private set; }

    public decimal PlatformPercent { get; private set; }

    public string[] Gateways { get; private set; } = [];

    public string InvoicePrefix { get; private set; } = "";

    public string? TaxNumber { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>What holds where nothing was set.</summary>
    public static ClinicTerms Usual(Guid clinicId, PaymentsOptions options) => new()
    {
        Id = clinicId,
        DoctorPercent = options.DoctorSharePercent,
        PlatformPercent = options.PlatformSharePercent,
        Version = 0,
    };

    /// <summary>The platform's share is the platform's to set.</summary>
    public void Replace(ClinicTermsRequest request, decimal platformPercent, DateTimeOffset now)
    {
        TaxPercent = request.TaxPercent;
        DoctorPercent = request.DoctorPercent;
        PlatformPercent = platformPercent;
        Gateways = [.. request.Gateways.Select(EnumText<Gateway>.Of).Distinct()];
        InvoicePrefix = request.InvoicePrefix ?? "";
        TaxNumber = request.TaxNumber;
        UpdatedAt = now;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ClinicTerms>
    {
        public void Configure(EntityTypeBuilder<ClinicTerms> builder)
        {
            builder.ToTable("clinic_terms", "payments");
            builder.Property(t => t.Id).ValueGeneratedNever();
        }
    }
}
