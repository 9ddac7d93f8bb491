using Careline.Platform.Security;

namespace Careline.Host.CommandLine;

// `cli rotate-keys`: one line for each column that was sealed anew.
internal static class RotateKeys
{
    public static async Task<int> RunAsync(WebApplication app, CancellationToken ct)
    {
        await CarelineApplication.MigrateAsync(app, ct);
        var outcome = await app.Services.GetRequiredService<KeyRotation>().RotateAsync(
            (column, count) => Terminal.Say($"careline: {column.Table}.{column.Column}: {count} values"), ct);
        foreach (var place in outcome.Unreadable)
        {
            Terminal.Answer($"BAD  {place} is opened by no key and was left as it is.");
        }

        Terminal.Answer($"ok   {outcome.Resealed} values are sealed with key {outcome.Key}.");
        return outcome.Unreadable.Count == 0 ? 0 : StartFailure.Failed;
    }
}
