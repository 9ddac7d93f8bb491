using Careline.Prescriptions.Contracts;

namespace Careline.Host.CommandLine;

// `cli check-safety-data`, `import-medicines` and `import-interactions`: one line for each fault.
internal static class MedicineTables
{
    public static async Task<int> RunAsync(WebApplication app, Command.Tables command, CancellationToken ct)
    {
        _ = command.Verb == TableCommands.Check ? 0 : await CarelineApplication.MigrateAsync(app, ct);
        await using var scope = app.Services.CreateAsyncScope();
        var verdict = await scope.ServiceProvider.GetRequiredService<ITableCommands>().RunAsync(command.Verb, command.Path, ct);
        Terminal.Answer(string.Join('\n', verdict.Faults.Select(fault => $"BAD  {fault}").Append($"{(verdict.IsGood ? "ok  " : "BAD ")} {verdict.Words}")));
        return verdict.IsGood ? 0 : StartFailure.Failed;
    }
}
