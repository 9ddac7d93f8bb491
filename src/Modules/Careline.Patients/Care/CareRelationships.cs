namespace Careline.Patients.Care;

/// <summary>Opens and closes by statement, where an upsert settles two openings at once; what is certainly new joins the caller's save.</summary>
internal sealed class CareRelationships(CarelineDb db) : ICareRelationships
{
    public void Begin(CareRelationshipOpening opening) => db.Append(CareRelationship.OfOpening(opening, db.Now));

    public Task OpenAsync(CareRelationshipOpening opening, CancellationToken ct)
    {
        var reason = EnumText<CareReason>.Of(opening.Reason);
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO patients.care_relationships (patient_id, account_id, reason, source_id, starts_at, ends_at)
            VALUES ({opening.PatientId}, {opening.AccountId}, {reason}, {opening.SourceId}, {db.Now}, {opening.Until})
            ON CONFLICT (source_id, account_id) DO UPDATE SET ends_at = excluded.ends_at
            """,
            ct);
    }

    public Task CloseAsync(Guid sourceId, CancellationToken ct)
    {
        var now = db.Now;
        return db.Database.ExecuteSqlAsync(
            $"UPDATE patients.care_relationships SET ends_at = {now} WHERE source_id = {sourceId} AND (ends_at IS NULL OR ends_at > {now})", ct);
    }
}
