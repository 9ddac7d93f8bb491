using Careline.Accounts.Contracts;

namespace Careline.Clinics.Staff;

/// <summary>One person's role at one clinic, as long as it lasts. Ended, never removed: it explains who could see what.</summary>
internal sealed class StaffMember : IVersioned
{
    private StaffMember()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public Guid AccountId { get; private set; }

    public ClinicRole Role { get; private set; }

    public DateTimeOffset JoinedAt { get; private set; }

    public DateTimeOffset? LeftAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static StaffMember Join(Guid id, Guid clinicId, StaffRequest request, DateTimeOffset now) =>
        new() { Id = id, ClinicId = clinicId, AccountId = request.AccountId, Role = request.Role, JoinedAt = now };

    public void Leave(DateTimeOffset now) => LeftAt ??= now;

    /// <summary>Another role is another membership: what could be seen in the former one stays explained.</summary>
    public StaffMember ChangeTo(Guid id, ClinicRole role, DateTimeOffset now)
    {
        Leave(now);
        return new() { Id = id, ClinicId = ClinicId, AccountId = AccountId, Role = role, JoinedAt = now };
    }

    /// <summary>A clinic is not left without anybody who runs it, but by an administrator of the platform. The caller holds the clinic's lock.</summary>
    /// <exception cref="RuleViolation">LAST_ADMINISTRATOR.</exception>
    public async Task CheckNotLastAsync(CarelineDb db, Actor actor, CancellationToken ct)
    {
        if (Role == ClinicRole.Administrator && !actor.IsAdmin
            && !await db.Set<StaffMember>().AnyAsync(s => s.ClinicId == ClinicId && s.Id != Id && s.Role == ClinicRole.Administrator && s.LeftAt == null, ct))
        {
            throw new RuleViolation("LAST_ADMINISTRATOR", "Somebody else must run the clinic first.");
        }
    }

    /// <summary>A clinic is run by its own administrators and by those of the platform.</summary>
    /// <exception cref="NotFound">The actor does not even work there: whoever runs another clinic has nothing to do with this one.</exception>
    /// <exception cref="PermissionDenied">The actor has another role there.</exception>
    public static async Task RequireAdministratorAsync(CarelineDb db, Actor actor, Guid clinicId, CancellationToken ct)
    {
        if (actor.IsAdmin)
        {
            return;
        }

        var me = actor.AccountId;
        var roles = await db.Set<StaffMember>().Where(s => s.ClinicId == clinicId && s.AccountId == me && s.LeftAt == null).Select(s => s.Role).ToListAsync(ct);
        if (roles.Count == 0)
        {
            throw new NotFound();
        }

        if (!roles.Contains(ClinicRole.Administrator))
        {
            throw new PermissionDenied("Only an administrator of this clinic may do this.");
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<StaffMember>, IEntityTypeConfiguration<StaffRow>
    {
        public void Configure(EntityTypeBuilder<StaffMember> builder)
        {
            builder.ToTable("staff", "clinics");
            builder.Property(s => s.Id).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<StaffRow> builder) => builder.HasNoKey().ToView("staff_rows", "clinics");
    }
}
