using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;

namespace Careline.Scheduling.Reminders;

/// <summary>When a clinic has its patients reminded, who say nothing else.</summary>
internal sealed class ClinicReminders : IVersioned
{
    public Guid ClinicId { get; private set; }

    public int[] Offsets { get; private set; } = [];

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; }

    public void Replace(IEnumerable<int> offsets, DateTimeOffset now) => (Offsets, UpdatedAt) = ([.. offsets.Distinct().OrderDescending()], now);

    internal sealed class Mapping : IEntityTypeConfiguration<ClinicReminders>
    {
        public void Configure(EntityTypeBuilder<ClinicReminders> builder)
        {
            builder.ToTable("clinic_reminders", "scheduling");
            builder.HasKey(c => c.ClinicId);
            builder.Property(c => c.ClinicId).ValueGeneratedNever();
        }
    }
}

/// <summary>A clinic as those see it who say when its patients are reminded: its own administrators, and the platform's. To others it does not exist.</summary>
internal sealed class RunClinic : IVisible<RunClinic>
{
    public Guid Id { get; init; }

    public static IQueryable<RunClinic> VisibleTo(CarelineDb db, Actor actor)
    {
        var (isAdmin, accountId) = (actor.IsAdmin, actor.AccountId);
        return db.Set<ClinicRow>()
            .Where(c => isAdmin || db.Set<StaffRow>().Any(s => s.ClinicId == c.Id && s.AccountId == accountId && s.Role == ClinicRole.Administrator))
            .Select(c => new RunClinic { Id = c.Id });
    }
}
