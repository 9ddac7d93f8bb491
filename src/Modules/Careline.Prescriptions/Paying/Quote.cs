namespace Careline.Prescriptions.Paying;

/// <summary>What the pharmacy to which a prescription was sent asks for it.</summary>
internal sealed class Quote : IVersioned
{
    private Quote()
    {
    }

    /// <summary>The prescription.</summary>
    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public long Amount { get; private set; }

    public string Currency { get; private set; } = "";

    public Guid QuotedBy { get; private set; }

    public DateTimeOffset QuotedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Quote Of(Guid prescriptionId) => new() { Id = prescriptionId };

    public void Ask(Guid clinicId, QuoteRequest request, Guid by, DateTimeOffset now) =>
        (ClinicId, Amount, Currency, QuotedBy, QuotedAt) = (clinicId, request.Amount, request.Currency, by, now);

    internal sealed class Mapping : IEntityTypeConfiguration<Quote>
    {
        public void Configure(EntityTypeBuilder<Quote> builder)
        {
            builder.ToTable("quotes", "prescriptions");
            builder.Property(q => q.Id).ValueGeneratedNever();
        }
    }
}
