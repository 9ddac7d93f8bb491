namespace Careline.Labs.Imports;

internal sealed class ResultFiles(IServiceProvider services) : IResultFiles
{
    public async Task<IReadOnlyList<TakenMessage>> ImportAsync(ReadOnlyMemory<byte> file, CancellationToken ct)
    {
        var taken = new List<TakenMessage>();
        foreach (var message in MllpFrame.Messages(file))
        {
            var outcome = await ResultImport.TakeAloneAsync(services, message, new ImportOrigin(ImportChannel.CommandLine, null, null), ct);
            taken.Add(new TakenMessage(outcome.Code, outcome.Text, outcome.Count.Imported, outcome.Count.Unchanged, outcome.Count.Quarantined, outcome.IsRepeated));
        }

        return taken;
    }
}
