using Careline.Platform.Privacy;

namespace Careline.Gateways.Sandbox;

/// <summary>What the sandbox was told of payers, in Development: nothing to give out, and gone with the person.</summary>
internal sealed class SandboxRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "gateways";

    public IEnumerable<PersonalTable> Export(PersonKeys person) => [];

    public Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        string[] words = [.. person.Words.Addresses, .. person.AccountId is { } account ? [account.ToString("N"), account.ToString()] : Array.Empty<string>()];
        return db.Database.ExecuteSqlAsync(
            $"UPDATE gateways.sandbox_orders SET sent = '' WHERE EXISTS (SELECT FROM unnest({words}) AS word WHERE position(lower(word) IN lower(sent)) > 0)", ct);
    }
}
