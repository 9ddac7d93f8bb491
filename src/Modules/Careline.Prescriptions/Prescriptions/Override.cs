namespace Careline.Prescriptions.Prescriptions;

/// <summary>Why a prescriber went on although a check said stop. Only added, never changed.</summary>
internal sealed class Override
{
    public Guid Id { get; private set; }

    public Guid PrescriptionId { get; private set; }

    public string Finding { get; private set; } = "";

    public string Code { get; private set; } = "";

    public SafetySeverity Severity { get; private set; }

    public string Reason { get; private set; } = "";

    public Guid AccountId { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static Override Of(Prescription draft, StatedFinding finding, string reason, Guid by, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        PrescriptionId = draft.Id,
        Finding = finding.Finding,
        Code = finding.Code,
        Severity = finding.Severity,
        Reason = reason,
        AccountId = by,
        At = now,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<Override>
    {
        public void Configure(EntityTypeBuilder<Override> builder)
        {
            builder.ToTable("overrides", "prescriptions");
            builder.Property(o => o.Id).ValueGeneratedNever();
        }
    }
}
