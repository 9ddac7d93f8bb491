using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Patients.Patients;

namespace Careline.Patients.Clinics;

/// <summary>A patient is at a clinic for a visit, and so in the care of its nurses. Ended, never removed.</summary>
internal sealed class Attendance
{
    // To either side of the agreed time: who checks in a visit of another day opens nothing, and one that nobody ends does not stay open.
    private static readonly TimeSpan _margin = TimeSpan.FromDays(1);

    public Guid SourceId { get; private init; }

    public Guid PatientId { get; private init; }

    public Guid ClinicId { get; private init; }

    public DateTimeOffset StartsAt { get; private init; }

    public DateTimeOffset EndsAt { get; private init; }

    /// <summary>The attendance that a visit's arrival opens; null once its day has passed.</summary>
    public static Attendance? Of(ClinicVisit visit, DateTimeOffset now)
    {
        var (earliest, end) = (visit.StartsAt - _margin, visit.StartsAt + _margin);
        return end <= now ? null : new Attendance
        {
            SourceId = visit.SourceId,
            PatientId = visit.PatientId,
            ClinicId = visit.ClinicId,
            StartsAt = now < earliest ? earliest : now,
            EndsAt = end,
        };
    }

    /// <summary>Those at the clinics where the actor is a nurse, at this moment; nobody nurses himself or herself.</summary>
    public static IQueryable<Attendance> NursedBy(CarelineDb db, Actor nurse)
    {
        var (me, own, now) = (nurse.AccountId, nurse.PatientId ?? Guid.Empty, db.Now);
        return from staff in db.Set<StaffRow>()
               where staff.AccountId == me && staff.Role == ClinicRole.Nurse
               join a in db.Set<Attendance>() on staff.ClinicId equals a.ClinicId
               where a.StartsAt <= now && now < a.EndsAt && a.PatientId != own
               select a;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Attendance>
    {
        public void Configure(EntityTypeBuilder<Attendance> builder)
        {
            builder.ToTable("attendances", "patients");
            builder.HasKey(a => a.SourceId);
            builder.HasOne<Patient>().WithMany().HasForeignKey(a => a.PatientId);
        }
    }
}
