using Careline.Prescriptions.Safety.Loading;
using Microsoft.Extensions.Options;

namespace Careline.Prescriptions.Safety;

/// <summary>Keeps the safety data of this process, and reads it anew when the site's own rules have changed, on whichever host that was.</summary>
internal sealed class SafetyShelf(IOptions<SafetyOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Kept? _kept;

    public string Folder => options.Value.FolderInUse;

    public async Task<SafetyTables> TablesAsync(CarelineDb db, CancellationToken ct)
    {
        var version = await VersionAsync(db, ct);
        if (_kept is { } kept && kept.SiteVersion == version)
        {
            return kept.Tables;
        }

        await _gate.WaitAsync(ct);
        try
        {
            if (_kept is not { } latest || latest.SiteVersion != version)
            {
                latest = new Kept(version, SafetyTables.Load(Folder, await RulesAsync(db, version, ct)));
                _kept = latest;
            }

            return latest.Tables;
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed record Kept(string SiteVersion, SafetyTables Tables);

    public void Dispose() => _gate.Dispose();

    private static async Task<string> VersionAsync(CarelineDb db, CancellationToken ct) =>
        await db.Set<SiteInteraction>().MaxAsync(rule => (DateTimeOffset?)rule.ImportedAt, ct) is { } at
            ? at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.ffffff", CultureInfo.InvariantCulture) : "";

    private static async Task<SiteRules> RulesAsync(CarelineDb db, string version, CancellationToken ct) => version.Length == 0 ? SiteRules.None : new SiteRules(
        version,
        [
            .. (await db.Set<SiteInteraction>().OrderBy(rule => rule.Code).ToListAsync(ct))
                .Select(rule => new SiteRule(rule.Code, rule.A, rule.B, EnumText<Contracts.SafetySeverity>.Of(rule.Severity), rule.Mechanism, rule.Advice, rule.Source)),
        ]);
}
