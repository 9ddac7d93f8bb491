using Careline.Consultations.Consultations;

namespace Careline.Consultations.Charges;

/// <summary>Something done in a visit that its fee does not cover, such as a dressing.</summary>
internal sealed class Charge : IVisible<Charge>
{
    private Charge()
    {
    }

    public Guid Id { get; private set; }

    public Guid ConsultationId { get; private set; }

    public string Description { get; private set; } = "";

    public long Amount { get; private set; }

    public string Currency { get; private set; } = "";

    public Guid ChargedBy { get; private set; }

    public DateTimeOffset ChargedAt { get; private set; }

    /// <summary>It is not asked for any more.</summary>
    public DateTimeOffset? WaivedAt { get; private set; }

    public static Charge Of(Guid id, Guid consultationId, AddChargeRequest request, Guid by, DateTimeOffset now) => new()
    {
        Id = id,
        ConsultationId = consultationId,
        Description = request.Description,
        Amount = request.Amount,
        Currency = request.Currency,
        ChargedBy = by,
        ChargedAt = now,
    };

    public void Waive(DateTimeOffset now) => WaivedAt ??= now;

    public static IQueryable<Charge> VisibleTo(CarelineDb db, Actor actor)
    {
        var visits = Consultation.VisibleTo(db, actor).Select(c => c.Id);
        return db.Set<Charge>().Where(c => visits.Contains(c.ConsultationId));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Charge>
    {
        public void Configure(EntityTypeBuilder<Charge> builder)
        {
            builder.ToTable("charges", "consultations");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }
    }
}
