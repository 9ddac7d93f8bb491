using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Hours.Contracts;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Slots;

namespace Careline.Scheduling.Appointments;

/// <summary>What a visit costs and how long it lasts, where its clinic says otherwise than its doctor.</summary>
internal static class VisitTerms
{
    /// <summary>At a clinic that has a fee for the doctor and the way to meet, that fee; a service has its own price.</summary>
    /// <exception cref="RuleViolation">Patients cannot book the doctor there.</exception>
    public static async Task<VisitTime> AtClinicAsync(VisitTime time, BookingFacts facts, (Modality Modality, bool ByPractice) visit, CarelineDb db, CancellationToken ct)
    {
        if (time.ClinicId is not { } clinicId)
        {
            return time;
        }

        var (doctorId, modality) = (facts.Doctor.Id, visit.Modality);
        var practice = await db.Set<PracticeRow>().Where(p => p.DoctorId == doctorId && p.ClinicId == clinicId)
            .Select(p => new { p.AcceptsPatients, Fee = db.Set<PracticeFeeRow>().FirstOrDefault(f => f.PracticeId == p.Id && f.Modality == modality) }).FirstOrDefaultAsync(ct);
        return practice is { AcceptsPatients: false } && !visit.ByPractice
            ? throw new RuleViolation("DOCTOR_NOT_BOOKABLE", "This doctor takes no patients at this clinic at present.")
            : practice?.Fee is { } fee && time.ServiceId is null ? time with { Fee = (fee.Amount, fee.Currency) } : time;
    }

    /// <summary>A service is given as its clinic says; and what was told at booking is no way to a dearer visit.</summary>
    /// <exception cref="RuleViolation">It is a service, or costs otherwise in another way and the practice does not ask for it.</exception>
    public static async Task CheckModalityAsync(Appointment visit, Modality wanted, bool byPatient, CarelineDb db, CancellationToken ct)
    {
        if (visit.ServiceId is not null)
        {
            throw new RuleViolation("MODALITY_NOT_OFFERED", "A service is given as its clinic says.");
        }

        var (doctorId, clinicId) = (visit.DoctorId, visit.ClinicId);
        var practice = !byPatient ? null : await db.Set<PracticeRow>().Where(p => p.DoctorId == doctorId && p.ClinicId == clinicId)
            .Select(p => new { Fees = db.Set<PracticeFeeRow>().Where(f => f.PracticeId == p.Id).ToList() }).FirstOrDefaultAsync(ct);
        var (present, other) = (practice?.Fees.Find(f => f.Modality == visit.Modality), practice?.Fees.Find(f => f.Modality == wanted));
        if ((present?.Amount, present?.Currency) != (other?.Amount, other?.Currency))
        {
            throw new RuleViolation("PRICE_DIFFERS", "Another way to meet has another price at this clinic. Book it anew, or ask the practice.");
        }
    }

    /// <summary>The time as a service of the clinic takes it.</summary>
    /// <exception cref="RuleViolation">It is sold elsewhere, given otherwise, or longer than the doctor is there.</exception>
    public static async Task<VisitTime> OfServiceAsync(VisitTime time, BookingFacts facts, ServiceTerms service, CarelineDb db, CancellationToken ct)
    {
        var doctorAccount = facts.Doctor.AccountId;
        if (time.ClinicId is { } clinicId ? clinicId != service.ClinicId
            : !await db.Set<StaffRow>().AnyAsync(s => s.ClinicId == service.ClinicId && s.AccountId == doctorAccount, ct))
        {
            throw Elsewhere();
        }

        var modality = EnumText<Modality>.TryParse(EnumText<ServiceModality>.Of(service.Modality), out var meant) ? meant : Modality.InPerson;
        var fitting = await LastingAsync(time, service.DurationMinutes, facts, null, db, ct);
        return fitting with
        {
            ClinicId = service.ClinicId,
            Modality = time.Meet(modality),
            ServiceId = service.Id,
            Fee = (service.PriceAmount, service.PriceCurrency),
        };
    }

    /// <summary>The same service at another time: as long, and at its clinic.</summary>
    public static async Task<VisitTime> OfServiceAsync(VisitTime time, Appointment appointment, BookingFacts facts, CarelineDb db, CancellationToken ct) =>
        appointment.ServiceId is null ? time
        : time.ClinicId is not null && time.ClinicId != appointment.ClinicId ? throw Elsewhere()
        : await LastingAsync(time, (int)(appointment.EndsAt - appointment.StartsAt).TotalMinutes, facts, appointment.Id, db, ct);

    /// <summary>A visit longer than the time that was chosen goes on through those that follow it.</summary>
    private static async Task<VisitTime> LastingAsync(VisitTime time, int minutes, BookingFacts facts, Guid? moving, CarelineDb db, CancellationToken ct)
    {
        var whole = new Span(time.Start, time.Start.AddMinutes(minutes));
        if (whole.End > time.End)
        {
            var (doctorId, clinicId) = (facts.Doctor.Id, time.ClinicId);
            var times = facts.Doctor.HasSchedule ? await DoctorTimes.ReadAsync(db, doctorId, whole, moving, ct) : null;
            var pause = times?.Hours.Pause ?? TimeSpan.Zero;
            var offered = times is not null
                ? times.Find(whole, db.Now).Where(s => s.IsAvailable && s.ClinicId == clinicId).Select(s => s.Span)
                : (await db.Set<TimeSlot>().Where(s => s.DoctorId == doctorId && s.ClinicId == clinicId && s.DeletedAt == null && s.StartsAt >= whole.Start && s.StartsAt < whole.End)
                    .Select(s => new { s.StartsAt, s.EndsAt }).ToListAsync(ct)).Select(s => new Span(s.StartsAt, s.EndsAt));
            if (!SpanSet.Union(offered.Select(s => s with { End = s.End + pause })).Any(s => s.Start <= whole.Start && s.End - pause >= whole.End))
            {
                throw NearestTimes.Refuse(
                    "OUTSIDE_AVAILABILITY", "The doctor is not free for as long as this takes. Choose another start.", facts.Doctor, time.Start, facts.PatientId!.Value);
            }
        }

        return time with { End = whole.End };
    }

    private static RuleViolation Elsewhere() => new("SERVICE_ELSEWHERE", "The doctor is not at the clinic that sells this service at that time.");
}
