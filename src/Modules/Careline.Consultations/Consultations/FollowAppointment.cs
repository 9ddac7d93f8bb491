using Careline.Platform.Events;
using Careline.Scheduling.Contracts;

namespace Careline.Consultations.Consultations;

/// <summary>
/// Brings the document to where its appointment stands now, whatever it was that happened: deliveries may be repeated or come late, and the doctor
/// may have moved both already.
/// </summary>
internal sealed class FollowAppointment(CarelineDb db, ConsultationMoves moves)
{
    /// <summary>Makes whoever opens or moves the document of an appointment wait for each other.</summary>
    public static async Task HoldAsync(CarelineDb db, Guid appointmentId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('consultation of ' || {appointmentId}::text, 0))", ct);
        await db.Database.ExecuteSqlAsync(
            $"SELECT FROM consultations.consultations WHERE appointment_id = {appointmentId} AND deleted_at IS NULL FOR UPDATE", ct);
    }

    public static Task<Consultation?> FindAsync(CarelineDb db, Guid appointmentId, CancellationToken ct) =>
        db.Set<Consultation>().AsTracking().FirstOrDefaultAsync(c => c.AppointmentId == appointmentId && c.DeletedAt == null, ct);

    public async Task FollowAsync(Guid appointmentId, CancellationToken ct)
    {
        await HoldAsync(db, appointmentId, ct);
        var appointment = await db.Set<AppointmentRow>().FirstOrDefaultAsync(a => a.Id == appointmentId, ct);
        var consultation = await FindAsync(db, appointmentId, ct);
        switch (appointment?.Status)
        {
            case AppointmentStatus.InProgress:
                Begin(appointment, consultation);
                break;
            case AppointmentStatus.Completed:
                consultation = Begin(appointment, consultation);

                // An untouched page stays open: locking it would leave the visit undocumented.
                if (consultation is { Status: ConsultationStatus.InProgress, CreatedBy: not null, IsWrittenAfterwards: false })
                {
                    await moves.CompleteAsync(consultation, null, ct);
                }

                break;
            case { } status when AppointmentStatusOf.IsOff(status) && consultation is { IsOpen: true }:
                await moves.CancelAsync(consultation, null, ct);
                break;
        }
    }

    private Consultation Begin(AppointmentRow appointment, Consultation? consultation)
    {
        if (consultation is null)
        {
            consultation = Consultation.Of(db.NewId(), appointment, db.Now);
            db.Add(consultation);
        }

        if (consultation.Status == ConsultationStatus.Planned)
        {
            moves.Start(consultation, null);
        }

        return consultation;
    }
}

internal sealed class OnAppointmentStarted(FollowAppointment document) : IHandle<AppointmentStarted>
{
    public Task HandleAsync(AppointmentStarted happened, CancellationToken ct) => document.FollowAsync(happened.AppointmentId, ct);
}

internal sealed class OnAppointmentCompleted(FollowAppointment document) : IHandle<AppointmentCompleted>
{
    public Task HandleAsync(AppointmentCompleted happened, CancellationToken ct) => document.FollowAsync(happened.AppointmentId, ct);
}

internal sealed class OnAppointmentEnded(FollowAppointment document) : IHandle<AppointmentEnded>
{
    public Task HandleAsync(AppointmentEnded happened, CancellationToken ct) => document.FollowAsync(happened.AppointmentId, ct);
}
