using Careline.Files.Contracts;
using Microsoft.Extensions.Options;

namespace Careline.Host.CommandLine;

// `cli check-files`: one line for each file that cannot be read any more.
internal static class FilesCheck
{
    public static async Task<int> RunAsync(WebApplication app, CancellationToken ct)
    {
        await CarelineApplication.MigrateAsync(app, ct);
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        var outcome = await app.Services.GetRequiredService<IFileCheck>().VerifyAsync(read => Terminal.Say($"careline: {read} files"), ct);
        foreach (var broken in outcome.Broken)
        {
            Terminal.Answer($"BAD  file {broken.FileId} ({broken.Copy}): {broken.Fault.Replace('_', ' ')}.");
        }

        Terminal.Answer($"{(outcome.Broken.Count == 0 ? "ok  " : "BAD ")} {outcome.Whole} files are whole, {outcome.Bytes >> 20} MiB; {outcome.Broken.Count} are not.");
        return outcome.Broken.Count == 0 ? 0 : StartFailure.Failed;
    }
}
