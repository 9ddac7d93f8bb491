using Careline.Audit.Contracts;
using Careline.Clinics.Profile;

namespace Careline.Clinics.Staff;

/// <summary>Hours in which a member of the staff works. Replaced with all others, never changed.</summary>
internal sealed class StaffHours
{
    private StaffHours()
    {
    }

    public Guid Id { get; private set; }

    public Guid StaffId { get; private set; }

    public DayOfWeek Weekday { get; private set; }

    public TimeOnly StartTime { get; private set; }

    public TimeOnly EndTime { get; private set; }

    public static StaffHours Of(Guid id, Guid staffId, HoursForm form) =>
        new() { Id = id, StaffId = staffId, Weekday = form.Weekday, StartTime = form.StartTime, EndTime = form.EndTime };

    internal sealed class Mapping : IEntityTypeConfiguration<StaffHours>
    {
        public void Configure(EntityTypeBuilder<StaffHours> builder)
        {
            builder.ToTable("staff_hours", "clinics");
            builder.Property(h => h.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>When somebody works at a clinic.</summary>
/// <param name="StaffId">The membership.</param>
/// <param name="TimeZone">By whose wall clock.</param>
/// <param name="Hours">Hours of weekdays, the week beginning on Monday.</param>
public sealed record StaffHoursResponse(Guid StaffId, string TimeZone, IReadOnlyList<HoursForm> Hours);

/// <summary>The member and the clinic's administrators keep the hours; who works there reads them.</summary>
internal static class KeepStaffHours
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string Path = "/{id:guid}/staff/{staffId:guid}/hours/";
        routes.MapGet(Path, Get).Named("GetStaffHours", "When somebody works at a clinic.").ForSignedIn().VisibleAs<StaffedClinic>();
        routes.MapPut(Path, Set).Named("SetStaffHours", "Says when somebody works at a clinic.").ForSignedIn().VisibleAs<StaffedClinic>();
    }

    private static async Task<Answer<StaffHoursResponse>> Get(Guid id, Guid staffId, Actor actor, CarelineDb db, CancellationToken ct)
    {
        await FindAsync(db, actor, (id, staffId), ct);
        return Answer.Ok(await ReadAsync(db, (id, staffId), ct));
    }

    private static async Task<Answer<StaffHoursResponse>> Set(
        Guid id, Guid staffId, StaffHoursRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var member = await FindAsync(db, actor, (id, staffId), ct);
        if (member.AccountId != actor.AccountId)
        {
            await StaffMember.RequireAdministratorAsync(db, actor, id, ct);
        }

        // Of two at once the second replaces what the first said.
        await db.Database.ExecuteSqlAsync($"SELECT FROM clinics.staff WHERE id = {staffId} FOR NO KEY UPDATE", ct);
        await db.Set<StaffHours>().Where(h => h.StaffId == staffId).ExecuteDeleteAsync(ct);
        db.AddRange(request.Hours.Select(h => StaffHours.Of(db.NewId(), staffId, h)));
        trail.About("clinic_staff", staffId).Because("operations").Changed("hours");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await ReadAsync(db, (id, staffId), ct), "Hours set.");
    }

    private static async Task<StaffMember> FindAsync(CarelineDb db, Actor actor, (Guid Clinic, Guid Staff) which, CancellationToken ct) =>
        await StaffedClinic.VisibleTo(db, actor).AnyAsync(c => c.Id == which.Clinic, ct)
            && await db.Set<StaffMember>().FirstOrDefaultAsync(s => s.Id == which.Staff && s.ClinicId == which.Clinic && s.LeftAt == null, ct) is { } member
            ? member : throw new NotFound();

    private static async Task<StaffHoursResponse> ReadAsync(CarelineDb db, (Guid Clinic, Guid Staff) which, CancellationToken ct)
    {
        var zone = await db.Set<ClinicRow>().Where(c => c.Id == which.Clinic).Select(c => c.TimeZone).FirstAsync(ct);
        var hours = await db.Set<StaffHours>().Where(h => h.StaffId == which.Staff).Select(h => new HoursForm(h.Weekday, h.StartTime, h.EndTime)).ToListAsync(ct);
        return new StaffHoursResponse(which.Staff, zone, HoursForm.InOrder(hours));
    }
}
