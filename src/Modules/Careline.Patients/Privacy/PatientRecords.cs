using Careline.Patients.Care;
using Careline.Patients.Clinics;
using Careline.Patients.Consents;
using Careline.Patients.Grants;
using Careline.Patients.History;
using Careline.Patients.Patients;
using Careline.Patients.Proxies;
using Careline.Patients.Requests;
using Careline.Platform.Privacy;

namespace Careline.Patients.Privacy;

/// <summary>The record, its history (removed entries too: they are still held), and who may or did open it. Staff notes are for staff.</summary>
internal sealed class PatientRecords(CarelineDb db, PersonCipher cipher, SealedFields fields, PatientErasure erasure) : IPersonalRecords
{
    public string Schema => "patients";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var id = person.PatientId;
        yield return new PersonalTable("patients", db.Set<Patient>().Where(p => p.Id == id).Select(p => new
        {
            p.Id,
            p.AccountId,
            p.Number,
            p.FirstName,
            p.LastName,
            p.Name,
            p.Gender,
            p.DateOfBirth,
            p.Phone,
            p.Email,
            p.Address,
            p.City,
            p.Country,
            p.BloodGroup,
            p.Language,
            p.MedicalHistory,
            p.PrimaryDoctorId,
            p.IsActive,
            p.RestrictedAt,
            p.SharingEndedAt,
            p.ErasedAt,
            p.CreatedBy,
            p.CreatedAt,
            p.UpdatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("care_relationships", db.Set<CareRelationship>().Where(r => r.PatientId == id).OrderBy(r => r.StartsAt)
            .Select(r => new { r.PatientId, r.AccountId, r.Reason, r.SourceId, r.StartsAt, r.EndsAt }).AsAsyncEnumerable());
        yield return new PersonalTable("patient_clinics", db.Set<PatientClinic>().Where(c => c.PatientId == id).OrderBy(c => c.Since)
            .Select(c => new { c.PatientId, c.ClinicId, c.Since, c.Source, c.RegisteredBy }).AsAsyncEnumerable());
        yield return new PersonalTable("attendances", db.Set<Attendance>().Where(a => a.PatientId == id).OrderBy(a => a.StartsAt)
            .Select(a => new { a.SourceId, a.PatientId, a.ClinicId, a.StartsAt, a.EndsAt }).AsAsyncEnumerable());
        foreach (var table in Trust(person))
        {
            yield return table;
        }

        yield return new PersonalTable("break_glass", EmergenciesAsync(id));
        yield return new PersonalTable("insurance", InsurancesAsync(id));
        yield return new PersonalTable("consents", db.Set<Consent>().Where(c => c.PatientId == id).OrderBy(c => c.At).ThenBy(c => c.Id)
            .Select(c => new { c.Id, c.PatientId, c.Kind, c.TextVersion, c.Step, c.At, c.AccountId, c.Channel }).AsAsyncEnumerable());
        var requests = db.Set<SubjectRequest>().Where(r => r.PatientId == id);
        yield return new PersonalTable("data_requests", requests.OrderBy(r => r.Id).Select(r => new
        {
            r.Id,
            r.PatientId,
            r.Kind,
            r.Status,
            r.Reason,
            r.Note,
            r.DueAt,
            r.DecidedAt,
            r.DecidedBy,
            r.ClosedAt,
            r.KeptUntil,
            r.RemovedAt,
            r.CreatedBy,
            r.CreatedAt,
            r.UpdatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("data_request_events", (
            from e in db.Set<SubjectRequestEvent>()
            join r in requests on e.RequestId equals r.Id
            orderby e.Id
            select new { e.Id, e.RequestId, e.At, e.ActorId, e.Step, e.Note }).AsAsyncEnumerable());
        foreach (var table in History(id))
        {
            yield return table;
        }
    }

    public async Task<PersonalWords> WordsAsync(PersonKeys person, CancellationToken ct)
    {
        var id = person.PatientId;
        var p = await db.Set<Patient>().FirstOrDefaultAsync(p => p.Id == id, ct);
        var contacts = await db.Set<EmergencyContact>().Where(c => c.PatientId == id).ToListAsync(ct);
        return PersonalWords.Of(
            [p?.FirstName, p?.LastName, .. contacts.Select(c => c.Name)],
            [p?.Email, p?.Phone],
            [p?.Address, .. contacts.Select(c => c.Phone), .. contacts.Select(c => c.Email)]);
    }

    public Task EraseAsync(PersonKeys person, CancellationToken ct) => erasure.EraseAsync(person, ct);

    public Task RemoveKeptAsync(Guid patientId, CancellationToken ct) => erasure.RemoveKeptAsync(patientId, ct);

    // Read at once: the cipher asks the same connection for the key.
    private async IAsyncEnumerable<object> EmergenciesAsync(Guid? id)
    {
        foreach (var e in await db.Set<EmergencyAccess>().Where(e => e.PatientId == id).OrderBy(e => e.Id).ToListAsync())
        {
            var (reason, isReadable) = await e.ReasonAsync(cipher, CancellationToken.None);
            yield return new { e.Id, e.PatientId, e.AccountId, Reason = reason, e.OpenedAt, e.ExpiresAt, IsReadable = isReadable };
        }
    }

    private async IAsyncEnumerable<object> InsurancesAsync(Guid? id)
    {
        await foreach (var i in db.Set<Insurance>().Where(i => i.PatientId == id).OrderBy(i => i.Id).AsAsyncEnumerable())
        {
            i.Open(fields);
            yield return new
            {
                i.Id,
                i.PatientId,
                i.Provider,
                i.Plan,
                i.MemberNumber,
                i.GroupNumber,
                i.Unreadable,
                i.Holder,
                i.Relation,
                i.ValidFrom,
                i.ValidUntil,
                i.IsPrimary,
                i.RecordedBy,
                i.CreatedAt,
                i.UpdatedAt,
                i.RemovedAt,
            };
        }
    }

    /// <summary>Whom the person trusted with the record, and who trusted the person with theirs.</summary>
    private IEnumerable<PersonalTable> Trust(PersonKeys person)
    {
        var (id, account) = (person.PatientId, person.AccountId);
        yield return new PersonalTable("proxies", db.Set<Proxy>().Where(p => p.PatientId == id || p.AccountId == account).OrderBy(p => p.Id).Select(p => new
        {
            p.Id,
            p.PatientId,
            p.AccountId,
            p.Relation,
            p.CanRead,
            p.CanBook,
            p.ValidUntil,
            p.InvitedBy,
            p.Email,
            p.InvitationExpiresAt,
            p.StartsAt,
            p.EndedAt,
            EndReason = p.PatientId == id ? p.EndReason : null,
            p.CreatedAt,
            p.UpdatedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable(
            "access_grants",
            db.Set<AccessGrant>().Where(g => g.PatientId == id || g.AccountId == account).OrderBy(g => g.Id)
                .Select(g => new { g.Id, g.PatientId, g.DoctorId, g.AccountId, g.GrantedBy, Reason = g.PatientId == id ? g.Reason : null, g.GrantedAt, g.Until, g.EndedAt }).AsAsyncEnumerable());
    }

    private IEnumerable<PersonalTable> History(Guid? id)
    {
        yield return new PersonalTable("allergies", db.Set<Allergy>().Where(a => a.PatientId == id).OrderBy(a => a.Id).Select(a => new
        {
            a.Id,
            a.PatientId,
            a.Substance,
            a.Code,
            a.Reaction,
            a.Severity,
            a.Status,
            a.NotedOn,
            a.RecordedBy,
            a.CreatedAt,
            a.UpdatedAt,
            a.RemovedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("conditions", db.Set<Condition>().Where(c => c.PatientId == id).OrderBy(c => c.Id).Select(c => new
        {
            c.Id,
            c.PatientId,
            c.Text,
            c.Code,
            c.Status,
            c.OnsetOn,
            c.ResolvedOn,
            c.RecordedBy,
            c.CreatedAt,
            c.UpdatedAt,
            c.RemovedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("medications", db.Set<Medication>().Where(m => m.PatientId == id).OrderBy(m => m.Id).Select(m => new
        {
            m.Id,
            m.PatientId,
            m.Name,
            m.Dosage,
            m.Frequency,
            m.StartedOn,
            m.EndedOn,
            m.Status,
            m.RecordedBy,
            m.CreatedAt,
            m.UpdatedAt,
            m.RemovedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("immunisations", db.Set<Immunisation>().Where(i => i.PatientId == id).OrderBy(i => i.Id).Select(i => new
        {
            i.Id,
            i.PatientId,
            i.Vaccine,
            i.GivenOn,
            i.Lot,
            i.RecordedBy,
            i.CreatedAt,
            i.UpdatedAt,
            i.RemovedAt,
        }).AsAsyncEnumerable());
        yield return new PersonalTable("emergency_contacts", db.Set<EmergencyContact>().Where(c => c.PatientId == id).OrderBy(c => c.Id).Select(c => new
        {
            c.Id,
            c.PatientId,
            c.Name,
            c.Relation,
            c.Phone,
            c.Email,
            c.RecordedBy,
            c.CreatedAt,
            c.UpdatedAt,
            c.RemovedAt,
        }).AsAsyncEnumerable());
    }
}
