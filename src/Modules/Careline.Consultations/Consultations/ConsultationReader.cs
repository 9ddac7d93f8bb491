using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Addenda;
using Careline.Consultations.Diagnoses;
using Careline.Consultations.Notes;
using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Prescriptions.Contracts;
using Careline.Scheduling.Contracts;
using Careline.Vitals.Contracts;

namespace Careline.Consultations.Consultations;

/// <summary>Reads consultations as a given person may see them.</summary>
internal sealed class ConsultationReader(CarelineDb db, IVitals vitals, IPrescriptions prescriptions, AuditTrail trail)
{
    private const int Embedded = 100;

    /// <summary>A consultation that the actor may see.</summary>
    /// <exception cref="Refusal">It is absent, or not the actor's to see.</exception>
    public async Task<Consultation> FindAsync(Guid id, Actor actor, CancellationToken ct) =>
        await Consultation.VisibleTo(db, actor).FirstOrDefaultAsync(c => c.Id == id, ct) ?? throw ClinicalCare.Refuse(actor);

    /// <summary>
    /// A page of what belongs to a consultation: its notes, diagnoses, vital signs or prescriptions. Whoever may not read its text yet sees none of them. The
    /// reading is recorded.
    /// </summary>
    /// <exception cref="Refusal">The consultation is absent, or not the actor's to see.</exception>
    public async Task<PageAnswer<T>> PageOfAsync<T>(Guid id, IQueryable<T> parts, ListQuery query, Actor actor, CancellationToken ct)
    {
        var consultation = await FindAsync(id, actor, ct);
        trail.About("consultation", id).Concerns(consultation.PatientId);
        var shows = await consultation.ShowsTextToAsync(db, actor, ct);
        return Answer.Page(await query.PageAsync(parts.Where(_ => shows), ct));
    }

    /// <summary>The document with all that belongs to it, in a fixed number of queries however much that is.</summary>
    public async Task<ConsultationResponse> ReadAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var consultation = await FindAsync(id, actor, ct);
        var overview = await Overviews(db.Set<Consultation>().Where(c => c.Id == id), actor).FirstAsync(ct);
        return !await consultation.ShowsTextToAsync(db, actor, ct) ? new ConsultationResponse(overview, new ConsultationText())
            : new ConsultationResponse(overview, consultation.ReadAs(actor))
            {
                VitalSigns = Oldest(await vitals.Sets.Where(s => s.ConsultationId == id)
                    .OrderByDescending(s => s.RecordedAt).ThenByDescending(s => s.Id).Take(Embedded).ToListAsync(ct)),
                Prescriptions = Oldest(await prescriptions.Lines.Where(l => l.ConsultationId == id)
                    .OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Position).Take(Embedded).ToListAsync(ct)),
                Notes = Oldest(await ConsultationNoteResponse.From(db, id).Take(Embedded).ToListAsync(ct)),
                Diagnoses = Oldest(await DiagnosisResponse.From(db, id).Take(Embedded).ToListAsync(ct)),
                Addenda = Oldest(await AddendumResponse.From(db, id).Take(Embedded).ToListAsync(ct)),
            };
    }

    /// <summary>Rows of a list.</summary>
    public IQueryable<ConsultationOverview> Overviews(IQueryable<Consultation> consultations, Actor actor)
    {
        var (isClinician, me, doctorId) = (ClinicalCare.IsClinician(actor), actor.PatientId, actor.DoctorId);
        var actedFor = ClinicalCare.OnlyActedForBy(db, actor);
        return from c in consultations
               join appointment in db.Set<AppointmentRow>() on c.AppointmentId equals appointment.Id
               join patient in db.Set<PatientRow>() on c.PatientId equals patient.Id
               join doctor in db.Set<DoctorRow>() on c.DoctorId equals doctor.Id
               let shows = c.StartedAt != null || (isClinician && c.PatientId != me && (c.DoctorId == doctorId || !actedFor.Contains(c.PatientId)))
               select new ConsultationOverview
               {
                   Id = c.Id,
                   AppointmentId = c.AppointmentId,
                   AppointmentNumber = appointment.Number,
                   AppointmentStart = appointment.StartsAt,
                   Status = c.Status,
                   Doctor = new ConsultationDoctor
                   {
                       Id = doctor.Id,
                       UserId = doctor.AccountId,
                       Name = doctor.Name,
                       Specializations = doctor.Specializations,
                   },
                   Patient = new ConsultationPatient
                   {
                       Id = patient.Id,
                       Number = patient.Number,
                       Name = patient.Name,
                       DateOfBirth = patient.DateOfBirth,
                   },
                   ChiefComplaint = shows ? c.ChiefComplaint : null,
                   Diagnosis = shows ? c.Diagnosis : null,
                   ReviewDate = shows ? c.ReviewDate : null,
                   StartedAt = c.StartedAt,
                   EndedAt = c.EndedAt,
                   DurationMinutes = c.DurationMinutes,
                   CreatedAt = c.CreatedAt,
                   UpdatedAt = c.UpdatedAt,
                   Version = c.Version,
               };
    }

    private static List<T> Oldest<T>(List<T> newestFirst)
    {
        newestFirst.Reverse();
        return newestFirst;
    }
}
