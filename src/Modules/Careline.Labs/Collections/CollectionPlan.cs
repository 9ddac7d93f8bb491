using Careline.Hours.Contracts;

namespace Careline.Labs.Collections;

/// <summary>When a clinic takes samples, at its laboratory or at people's homes, and how many people at a time.</summary>
internal sealed class CollectionPlan
{
    private CollectionPlan()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public CollectionMode Mode { get; private set; }

    public int SlotMinutes { get; private set; }

    public int Capacity { get; private set; }

    public int MinimumNoticeMinutes { get; private set; }

    public int HorizonDays { get; private set; }

    public DateOnly[] ClosedDays { get; private set; } = [];

    public DateTimeOffset UpdatedAt { get; private set; }

    public List<CollectionHours> Hours { get; private set; } = [];

    public static CollectionPlan Of(Guid clinicId, CollectionPlanForm form, TimeProvider clock) => new()
    {
        Id = Ids.New(clock),
        ClinicId = clinicId,
        Mode = form.Mode,
        SlotMinutes = form.SlotMinutes,
        Capacity = form.Capacity,
        MinimumNoticeMinutes = form.MinimumNoticeMinutes,
        HorizonDays = form.HorizonDays,
        ClosedDays = [.. (form.ClosedDays ?? []).Distinct().Order()],
        UpdatedAt = clock.GetUtcNow(),
        Hours = [.. form.Rules.Select(r => CollectionHours.Of(Ids.New(clock), r))],
    };

    /// <summary>Its hours by the wall clock of the clinic.</summary>
    public WeekPlan Week(string zone) => new()
    {
        TimeZone = zone,
        Rules = [.. Hours.Select(h => new WeeklyHours(h.Weekday, h.StartTime, h.EndTime))],
        Exceptions = [.. ClosedDays.Select(day => new SpecialDays(ExceptionKind.DayOff, day, day))],
    };

    internal sealed class Mapping : IEntityTypeConfiguration<CollectionPlan>
    {
        public void Configure(EntityTypeBuilder<CollectionPlan> builder)
        {
            builder.ToTable("collection_plans", "labs");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.HasMany(p => p.Hours).WithOne().HasForeignKey(h => h.PlanId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>Hours of a weekday. Replaced with all others of the plan, never changed.</summary>
internal sealed class CollectionHours
{
    private CollectionHours()
    {
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public DayOfWeek Weekday { get; private set; }

    public TimeOnly StartTime { get; private set; }

    public TimeOnly EndTime { get; private set; }

    public static CollectionHours Of(Guid id, CollectionRuleForm form) => new() { Id = id, Weekday = form.Weekday, StartTime = form.StartTime, EndTime = form.EndTime };

    internal sealed class Mapping : IEntityTypeConfiguration<CollectionHours>
    {
        public void Configure(EntityTypeBuilder<CollectionHours> builder)
        {
            builder.ToTable("collection_hours", "labs");
            builder.Property(h => h.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>Where a sample is taken.</summary>
public enum CollectionMode
{
    /// <summary>At the clinic.</summary>
    Laboratory,

    /// <summary>Where the patient is.</summary>
    Home,
}
