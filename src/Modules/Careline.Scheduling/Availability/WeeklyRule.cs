using Careline.Doctors.Contracts;

namespace Careline.Scheduling.Availability;

/// <summary>Hours of a weekday. Replaced with all others of the schedule, never changed.</summary>
internal sealed class WeeklyRule
{
    public Guid Id { get; private set; }

    public Guid DoctorId { get; private set; }

    public DayOfWeek Weekday { get; private set; }

    public TimeOnly StartTime { get; private set; }

    public TimeOnly EndTime { get; private set; }

    public Guid? ClinicId { get; private set; }

    public Modality? Modality { get; private set; }

    public static WeeklyRule Of(Guid doctorId, WeeklyRuleRequest request, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        DoctorId = doctorId,
        Weekday = request.Weekday,
        StartTime = request.StartTime,
        EndTime = request.EndTime,
        ClinicId = request.ClinicId,
        Modality = request.Modality,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<WeeklyRule>
    {
        public void Configure(EntityTypeBuilder<WeeklyRule> builder)
        {
            builder.ToTable("weekly_rules", "scheduling");
            builder.Property(r => r.Id).ValueGeneratedNever();
        }
    }
}
