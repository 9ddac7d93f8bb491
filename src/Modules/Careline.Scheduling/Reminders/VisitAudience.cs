using Careline.Doctors.Contracts;
using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;
using Careline.Scheduling.Appointments;

namespace Careline.Scheduling.Reminders;

/// <summary>Somebody whom a visit concerns.</summary>
internal sealed record Concerned(Reader Reader, bool IsDoctor);

/// <summary>A visit as messages need it: no word of what it is about.</summary>
internal sealed class VisitFacts
{
    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required AppointmentStatus Status { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>The doctor's zone when the visit was agreed.</summary>
    public required string TimeZone { get; init; }

    public required Urgency Urgency { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid? PatientAccountId { get; init; }

    public required Guid DoctorAccountId { get; init; }

    /// <summary>How often it was moved.</summary>
    public required int Moves { get; init; }

    /// <summary>When its present time was agreed.</summary>
    public required DateTimeOffset? AgreedAt { get; init; }

    /// <summary>From which state it was last moved to another.</summary>
    public required AppointmentStatus? FormerStatus { get; init; }

    /// <summary>When the clinic has its patients reminded; null where it did not say.</summary>
    public int[]? ClinicOffsets { get; init; }

    public int StartVersion => Moves + 1;

    public bool IsAgreed => Status is AppointmentStatus.Scheduled or AppointmentStatus.Confirmed;

    public bool IsUrgent => Urgency == Urgency.Emergency;

    public IReadOnlyList<Concerned> Concerned { get; set; } = [];

    /// <summary>The zone of the patient, as far as it is known.</summary>
    public string PatientZone => Concerned.FirstOrDefault(c => c.Reader.AccountId == PatientAccountId && !c.IsDoctor)?.Reader.TimeZone ?? TimeZone;
}

/// <summary>Finds whom visits concern, and how they are reached: the patient, by the account or else by the record; who books for the patient; the doctor.</summary>
internal sealed class VisitAudience(CarelineDb db, IReaders readers, IPatientAddresses patients)
{
    private static readonly IReadOnlyList<AppointmentEventKind> _agreements =
        [AppointmentEventKind.Booked, AppointmentEventKind.Accepted, AppointmentEventKind.Rescheduled];

    public async Task<IReadOnlyList<VisitFacts>> ReadAsync(IReadOnlyCollection<Guid> appointmentIds, CancellationToken ct)
    {
        var visits = await FactsAsync(appointmentIds, ct);
        var (now, patientIds) = (db.Now, visits.Select(v => v.PatientId).Distinct().ToList());
        var proxies = (await db.Set<ProxyRow>()
            .Where(p => patientIds.Contains(p.PatientId) && p.CanBook && p.From <= now && (p.Until == null || now < p.Until))
            .Select(p => new { p.PatientId, p.AccountId }).ToListAsync(ct)).ToLookup(p => p.PatientId, p => p.AccountId);
        var addresses = await patients.OfAsync(patientIds, ct);
        var accounts = visits.Select(v => v.DoctorAccountId).Concat(visits.Select(v => v.PatientAccountId).OfType<Guid>()).Concat(proxies.SelectMany(p => p)).Distinct();
        var known = await readers.OfAsync([.. accounts], ct);
        foreach (var visit in visits)
        {
            visit.Concerned = [.. Of(visit, proxies[visit.PatientId], addresses.GetValueOrDefault(visit.PatientId), known)];
        }

        return visits;
    }

    private IEnumerable<Concerned> Of(
        VisitFacts visit, IEnumerable<Guid> proxies, PatientAddress? address, IReadOnlyDictionary<Guid, Reader> known)
    {
        if (visit.PatientAccountId is { } own && known.TryGetValue(own, out var patient))
        {
            yield return new Concerned(patient with { Language = patient.Language ?? address?.Language }, false);
        }
        else if (address is { Email: not null } or { Phone: not null })
        {
            yield return new Concerned(readers.OfRecord(address.Email, address.Phone, address.Language), false);
        }

        foreach (var proxy in proxies.Distinct().Where(p => p != visit.PatientAccountId && p != visit.DoctorAccountId))
        {
            if (known.TryGetValue(proxy, out var reader))
            {
                yield return new Concerned(reader, false);
            }
        }

        if (visit.DoctorAccountId != visit.PatientAccountId && known.TryGetValue(visit.DoctorAccountId, out var doctor))
        {
            yield return new Concerned(doctor, true);
        }
    }

    private Task<List<VisitFacts>> FactsAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        (from a in db.Set<Appointment>()
         join d in db.Set<DoctorRow>() on a.DoctorId equals d.Id
         join p in db.Set<PatientRow>() on a.PatientId equals p.Id
         where ids.Contains(a.Id)
         select new VisitFacts
         {
             Id = a.Id,
             Number = a.Number,
             Status = a.Status,
             StartsAt = a.StartsAt,
             EndsAt = a.EndsAt,
             TimeZone = a.TimeZone,
             Urgency = a.Urgency,
             PatientId = a.PatientId,
             PatientAccountId = p.AccountId,
             DoctorAccountId = d.AccountId,
             ClinicOffsets = db.Set<ClinicReminders>().Where(c => c.ClinicId == a.ClinicId).Select(c => c.Offsets).FirstOrDefault(),
             Moves = db.Set<AppointmentEvent>().Count(e => e.AppointmentId == a.Id && e.Kind == AppointmentEventKind.Rescheduled),
             AgreedAt = db.Set<AppointmentEvent>().Where(e => e.AppointmentId == a.Id && _agreements.Contains(e.Kind)).Max(e => (DateTimeOffset?)e.At),
             FormerStatus = db.Set<AppointmentEvent>().Where(e => e.AppointmentId == a.Id && e.FromStatus != e.ToStatus)
                 .OrderByDescending(e => e.Id).Select(e => e.FromStatus).FirstOrDefault(),
         }).ToListAsync(ct);
}
