using Careline.Audit.Events;
using Careline.Platform.Privacy;

namespace Careline.Audit.Privacy;

/// <summary>
/// Who did and saw what of the person, and what the person did. Other people who stand in the same row are left out, with the things of theirs that
/// were touched or asked for in vain; and so are the keyed hash of an address, others' sessions, and the names of fields that others changed: some,
/// like private notes, the person is not to know of.
/// </summary>
internal sealed class AuditRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "audit";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var (account, patient) = (person.AccountId, person.PatientId);
        yield return new PersonalTable("events", db.Set<AuditEvent>()
            .FromSql($"SELECT * FROM audit.events WHERE patient_ids @> ARRAY[{patient}]::uuid[] OR actor_id = {account}")
            .OrderBy(e => e.At).ThenBy(e => e.Id)
            .Select(e => new
            {
                e.Id,
                e.At,
                e.ActorId,
                e.Roles,
                SessionId = e.ActorId == account ? e.SessionId : null,
                e.Action,
                e.Resource,
                ResourceId = e.Outcome == "success" && (e.PatientIds.Length == 0 || e.PatientIds.Contains(patient ?? Guid.Empty)) ? e.ResourceId : null,
                e.Purpose,
                e.Outcome,
                Fields = e.ActorId == account ? e.Fields : null,
                e.RequestId,
            }).AsAsyncEnumerable());
    }

    // Ids only, sealed in a chain that nobody may change: without the rows they point to they name nobody.
    public Task EraseAsync(PersonKeys person, CancellationToken ct) => Task.CompletedTask;
}
