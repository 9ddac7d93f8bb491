namespace Careline.Prescriptions.Safety;

internal sealed class TableDesk(IMedicineCatalogue catalogue, ISafetyStock stock) : ITableCommands
{
    public async Task<TableVerdict> RunAsync(string verb, string? path, CancellationToken ct)
    {
        if (verb == TableCommands.Check)
        {
            var state = stock.Examine(path);
            return new TableVerdict(
                state.Faults, $"release {state.Version}: {state.Medicines} ingredients, {state.Interactions} rules about interactions, {state.Faults.Count} faults.");
        }

        if (!File.Exists(path))
        {
            return new TableVerdict([$"{path} is not there."], "nothing was taken in.");
        }

        using var table = File.OpenText(path);
        var import = await (verb == TableCommands.Medicines ? catalogue.ImportAsync(table, ct) : stock.ImportInteractionsAsync(table, ct));
        return new TableVerdict(import.Faults, import.Faults.Count == 0 ? $"{import.Rows} rows taken in." : $"{import.Faults.Count} faults: nothing was taken in.");
    }
}
