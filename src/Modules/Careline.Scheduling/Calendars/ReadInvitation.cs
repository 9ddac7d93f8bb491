using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Platform.Delivery;
using Careline.Scheduling.Appointments;
using Microsoft.Extensions.Options;

namespace Careline.Scheduling.Calendars;

internal static class ReadInvitation
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/{id:guid}/invite.ics", Handle)
        .Named("ReadAppointmentInvitation", "The appointment as a calendar file (RFC 5545, 5546); once it is called off, its end.")
        .ForSignedIn().VisibleAs<Appointment>().ProducesCalendar();

    private static async Task<IResult> Handle(
        Guid id, HttpRequest http, Actor actor, Phrases phrases, IAccountAddresses addresses, IOptions<SchedulingOptions> options, AuditTrail trail, CarelineDb db, CancellationToken ct)
    {
        var visit = Appointment.VisibleTo(db, actor).Where(a => a.Id == id);
        var patientId = await visit.Select(a => (Guid?)a.PatientId).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var entry = await CalendarEntry.Of(db, visit).FirstAsync(ct);
        trail.About("appointment", id).Concerns(patientId);
        if (entry.End == entry.Start)
        {
            throw new RuleViolation("NO_TIME_YET", "The practice has not named a time yet.");
        }

        var reader = await addresses.OfAsync([actor.AccountId], ct) is [var reached] ? reached.Email : null;
        var text = entry.AsMessage(phrases.Say("scheduling.calendar", http.Languages()), options.Value.CalendarOrganizer, reader, db.Now);
        return CalendarFile.Invitation(text, entry.Number, entry.IsCalledOff ? "CANCEL" : "REQUEST");
    }
}
