using Careline.Prescriptions.Contracts;

namespace Careline.Host.CommandLine;

// `cli check-safety-data`, `import-medicines` and `import-interactions`: one line for each fault.
internal static class SafetyTables
{
    public static async Task<int> CheckAsync(WebApplication app, string? folder)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var state = scope.ServiceProvider.GetRequiredService<ISafetyStock>().Examine(folder);
        foreach (var fault in state.Faults)
        {
            Terminal.Answer($"BAD  {fault}");
        }

        Terminal.Answer($"{(state.IsWhole ? "ok  " : "BAD ")} release {state.Version}: {state.Medicines} ingredients, {state.Interactions} rules about interactions, {state.Faults.Count} faults.");
        return state.IsWhole ? 0 : StartFailure.Failed;
    }

    public static Task<int> ImportMedicinesAsync(WebApplication app, string file, CancellationToken ct) =>
        ImportAsync(app, file, "medicines", (services, table) => services.GetRequiredService<IMedicineCatalogue>().ImportAsync(table, ct), ct);

    public static Task<int> ImportInteractionsAsync(WebApplication app, string file, CancellationToken ct) =>
        ImportAsync(app, file, "rules", (services, table) => services.GetRequiredService<ISafetyStock>().ImportInteractionsAsync(table, ct), ct);

    private static async Task<int> ImportAsync(
        WebApplication app, string file, string noun, Func<IServiceProvider, TextReader, Task<TableImport>> import, CancellationToken ct)
    {
        if (!File.Exists(file))
        {
            throw new StartFailure($"{file} is not there.");
        }

        await CarelineApplication.MigrateAsync(app, ct);
        await using var scope = app.Services.CreateAsyncScope();
        using var table = File.OpenText(file);
        var outcome = await import(scope.ServiceProvider, table);
        foreach (var fault in outcome.Faults)
        {
            Terminal.Answer($"BAD  {fault}");
        }

        Terminal.Answer(outcome.Faults.Count == 0 ? $"ok   {outcome.Rows} {noun} taken in." : $"BAD  {outcome.Faults.Count} faults: nothing was taken in.");
        return outcome.Faults.Count == 0 ? 0 : StartFailure.Failed;
    }
}
