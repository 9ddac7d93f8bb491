using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;
using Careline.Scheduling.Contracts;

namespace Careline.Analytics.Satisfaction;

/// <summary>How a visit was.</summary>
/// <param name="Rating">1 (bad) to 5 (very good).</param>
/// <param name="Recommends">0 (never) to 10 (surely): whether the person would recommend it to others; not asked of everybody.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SurveyAnswer([Range(1, 5)] int Rating, [Range(0, 10)] int? Recommends = null);

/// <summary>
/// One question after one visit. The patient sees it, and whoever books for the patient; the practice sees what many said together and never who said what. Its id is the
/// visit's.
/// </summary>
internal sealed class Survey : IVersioned, IVisible<Survey>
{
    /// <summary>So long it can be answered.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromDays(14);

    private Survey()
    {
    }

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid DoctorId { get; private set; }

    public Guid? ClinicId { get; private set; }

    public DateTimeOffset AskedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public int? Rating { get; private set; }

    public int? Recommends { get; private set; }

    public int Version { get; private set; } = 1;

    public static Survey Of(AppointmentRow visit, DateTimeOffset now) => new()
    {
        Id = visit.Id,
        PatientId = visit.PatientId,
        DoctorId = visit.DoctorId,
        ClinicId = visit.ClinicId,
        AskedAt = now,
        ExpiresAt = now + Open,
    };

    /// <summary>Takes the answer.</summary>
    /// <exception cref="RuleViolation">It was answered already (ALREADY_ANSWERED), or it is too late (SURVEY_CLOSED).</exception>
    public void Answer(SurveyAnswer answer, DateTimeOffset now)
    {
        if (AnsweredAt is not null)
        {
            throw new RuleViolation("ALREADY_ANSWERED", "This question was answered already.");
        }

        if (ExpiresAt <= now)
        {
            throw new RuleViolation("SURVEY_CLOSED", "This question can be answered no more.");
        }

        (Rating, Recommends, AnsweredAt) = (answer.Rating, answer.Recommends, now);
    }

    public static IQueryable<Survey> VisibleTo(CarelineDb db, Actor actor)
    {
        var patient = actor.PatientId;
        var actedFor = ProxyRow.InForce(db, actor).Where(p => p.CanBook).Select(p => p.PatientId);
        return db.Set<Survey>().Where(s => s.PatientId == patient || actedFor.Contains(s.PatientId));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Survey>
    {
        public void Configure(EntityTypeBuilder<Survey> builder)
        {
            builder.ToTable("surveys", "analytics");
            builder.Property(s => s.Id).ValueGeneratedNever();
        }
    }
}
