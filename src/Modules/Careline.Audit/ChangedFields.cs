namespace Careline.Audit;

/// <summary>The names of the fields that a change of a row touches, for its history and the audit.</summary>
internal static class ChangedFields
{
    public static string[] Of(CarelineDb db, object row)
    {
        var entry = db.Entry(row);
        entry.DetectChanges();
        return [.. entry.Properties.Where(p => p.IsModified).Select(p => SnakeCase.Of(p.Metadata.Name)).Where(name => name != "updated_at").Order(StringComparer.Ordinal)];
    }
}
