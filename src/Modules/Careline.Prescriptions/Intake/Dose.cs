using Careline.Accounts.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Prescriptions.Intake;

/// <summary>What became of a dose.</summary>
public enum DoseStatus
{
    /// <summary>Its time has not come.</summary>
    Planned,

    /// <summary>The patient was reminded.</summary>
    Told,

    /// <summary>The patient took it.</summary>
    Taken,

    /// <summary>The patient left it out.</summary>
    Skipped,

    /// <summary>Nobody said what became of it.</summary>
    Missed,
}

/// <summary>One time at which a medicine is to be taken.</summary>
internal sealed class Dose : IVersioned, IVisible<Dose>
{
    private Dose()
    {
    }

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid LineId { get; private set; }

    /// <summary>The day and the time of day that it is for, by the patient's clock: moved to another hour it is the same dose.</summary>
    public DateOnly Day { get; private set; }

    public DayTime DayTime { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    public DoseStatus Status { get; private set; }

    public DateTimeOffset? ToldAt { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public Guid? AnsweredBy { get; private set; }

    public string? Reason { get; private set; }

    public int Version { get; private set; } = 1;

    public static Dose Of(TakenLine line, DateOnly day, DayTime time, DateTimeOffset dueAt, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        PatientId = line.PatientId,
        LineId = line.Line.Id,
        Day = day,
        DayTime = time,
        DueAt = dueAt,
        Status = DoseStatus.Planned,
    };

    public void Tell(DateTimeOffset now) => (Status, ToldAt) = (DoseStatus.Told, now);

    public void Miss() => Status = DoseStatus.Missed;

    /// <summary>The patient says what became of it, and may say otherwise later.</summary>
    public void Answer(bool wasTaken, string? reason, Guid by, DateTimeOffset now)
    {
        if (DueAt > now.AddHours(12))
        {
            throw new RuleViolation("DOSE_NOT_DUE", "Its time has not come.");
        }

        Status = wasTaken ? DoseStatus.Taken : DoseStatus.Skipped;
        (AnsweredAt, AnsweredBy, Reason) = (now, by, reason);
    }

    /// <summary>Of the patient, of whoever acts for the patient, and of those who care.</summary>
    public static IQueryable<Dose> VisibleTo(CarelineDb db, Actor actor)
    {
        var patient = actor.PatientId;
        var cared = ClinicalCare.PatientsOf(db, actor);
        return db.Set<Dose>().Where(d => d.PatientId == patient || cared.Contains(d.PatientId));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Dose>
    {
        public void Configure(EntityTypeBuilder<Dose> builder)
        {
            builder.ToTable("doses", "prescriptions");
            builder.Property(d => d.Id).ValueGeneratedNever();
        }
    }
}
