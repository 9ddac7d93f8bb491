using Careline.Labs.Contracts;

namespace Careline.Host.CommandLine;

// `cli import-results`: one line for each message of a file.
internal static class ResultsImport
{
    public static async Task<int> RunAsync(WebApplication app, string file, CancellationToken ct)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(file, ct);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new StartFailure($"the file cannot be read: {unreadable.Message}");
        }

        await CarelineApplication.MigrateAsync(app, ct);
        var messages = await app.Services.GetRequiredService<IResultFiles>().ImportAsync(bytes, ct);
        foreach (var (message, number) in messages.Select((message, i) => (message, i + 1)))
        {
            var outcome = message.IsRepeated ? "was taken before" : $"{message.Imported} imported, {message.Unchanged} known already, {message.Quarantined} set aside";
            var refusal = message.Code == "AR" ? $"refused: {message.Acknowledgement.Split('|')[^1].Trim()}" : outcome;
            Terminal.Answer($"{(message.Code == "AA" ? "ok  " : "BAD ")} message {number} {message.Code}: {refusal}");
        }

        if (messages.Count == 0)
        {
            Terminal.Answer("BAD  the file holds no message: none begins with MSH.");
        }

        return messages.Count > 0 && messages.All(m => m.Code == "AA") ? 0 : StartFailure.Failed;
    }
}
