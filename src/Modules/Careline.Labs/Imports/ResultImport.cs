using System.Security.Cryptography;
using Careline.Labs.Hl7;
using Careline.Labs.Orders;

namespace Careline.Labs.Imports;

/// <summary>What became of a message.</summary>
/// <param name="Code">AA, AE or AR.</param>
/// <param name="Text">The answer to send.</param>
/// <param name="Count">What became of its observations.</param>
/// <param name="IsRepeated">It was taken before.</param>
/// <param name="PatientIds">Whom it concerned.</param>
internal sealed record ImportOutcome(string Code, string Text, ImportCount Count, bool IsRepeated, IReadOnlyCollection<Guid> PatientIds);

/// <summary>
/// Takes the results of a message (ORU^R01) in, all of it in one transaction, which the caller has begun, saves and commits. What cannot be matched is set aside and told to the
/// sender; the rest is not held up by it.
/// </summary>
internal sealed class ResultImport(CarelineDb db, ObservationMatch match, QuarantineNews quarantine, FieldCipher cipher)
{
    private const int LongestControlId = 199;

    public async Task<ImportOutcome> TakeAsync(ReadOnlyMemory<byte> bytes, ImportOrigin origin, CancellationToken ct)
    {
        var id = db.NewId();
        var (message, fault) = Hl7Message.Read(bytes.Span);
        fault ??= message is null ? null : FaultOf(message);
        if (message is null || fault is not null)
        {
            return Refuse(message?.Header, id, fault!);
        }

        var key = new MessageKey($"{message.Header.Text(3)}|{message.Header.Text(4)}", message.Header.Text(10), SHA256.HashData(bytes.Span));
        if (await FindAsync(key, ct) is { } known)
        {
            return known.ContentHash.AsSpan().SequenceEqual(key.ContentHash)
                ? new ImportOutcome(known.Quarantined == 0 ? "AA" : "AE", known.Acknowledgement, new ImportCount(known.Imported, known.Unchanged, known.Quarantined), true, [])
                : Refuse(message.Header, id, new Hl7Fault("205", "This control id was used for another message.", "MSH^1^10"));
        }

        var observations = ObservationReader.Read(message);
        if (observations.Count == 0)
        {
            return Refuse(message.Header, id, new Hl7Fault("101", "The message holds no OBX segment.", "OBX^1"));
        }

        var taken = await match.TakeAsync(observations, origin.Within ?? db.Set<LabOrder>(), ct);
        var text = Acknowledgement.Taken(message, id, [.. taken.Quarantined.Select(q => (q.Sent.Position, q.Why.Reason))], db.Now);
        var count = new ImportCount(taken.Imported, taken.Unchanged, taken.Quarantined.Count);
        db.Add(ImportedMessage.Of(id, origin, key, count, text, db.Now));
        var waiting = taken.Quarantined.Select(q => (Row: QuarantinedResult.Of(id, q.Sent, q.Why, origin.ClinicId, cipher, db.Now), q.Sent, q.Why)).ToList();
        db.AddRange(waiting.Select(w => w.Row));
        await quarantine.TellAsync(waiting, ct);
        return new ImportOutcome(count.Quarantined == 0 ? "AA" : "AE", text, count, false, taken.PatientIds);
    }

    private ImportOutcome Refuse(Hl7Segment? header, Guid id, Hl7Fault fault) =>
        new("AR", Acknowledgement.Refused(header, id, fault, db.Now), new ImportCount(0, 0, 0), false, []);

    // Two that bring the same message at once: the second waits, and finds what the first has done.
    private async Task<ImportedMessage?> FindAsync(MessageKey key, CancellationToken ct)
    {
        var name = $"labs.message:{key.Sender}|{key.ControlId}";
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", ct);
        return await db.Set<ImportedMessage>().FirstOrDefaultAsync(m => m.Sender == key.Sender && m.ControlId == key.ControlId, ct);
    }

    private static Hl7Fault? FaultOf(Hl7Message message)
    {
        var header = message.Header;
        return header.Text(9) != "ORU" || header.Text(9, 2) is not ("R01" or "") ? new Hl7Fault("200", "Only ORU^R01 is taken.", "MSH^1^9")
            : header.Text(11) != "P" ? new Hl7Fault("202", "Only messages of production are taken: MSH-11 is P.", "MSH^1^11")
            : !header.Text(12).StartsWith("2.", StringComparison.Ordinal) ? new Hl7Fault("203", "Only HL7 version 2 is taken.", "MSH^1^12")
            : header.Text(10).Length is 0 or > LongestControlId ? new Hl7Fault("101", "A message needs a control id of its own.", "MSH^1^10")
            : header.Text(3).Length + header.Text(4).Length > 400 ? new Hl7Fault("102", "The sender's name is too long.", "MSH^1^3")
            : null;
    }

    /// <summary>The same outside of a request, in a transaction of its own, tried again where it lost a race.</summary>
    public static async Task<ImportOutcome> TakeAloneAsync(IServiceProvider services, ReadOnlyMemory<byte> bytes, ImportOrigin origin, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                var import = scope.ServiceProvider.GetRequiredService<ResultImport>();
                var outcome = await import.TakeAsync(bytes, origin, ct);
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(CancellationToken.None);
                return outcome;
            }
            catch (Exception error) when (attempt < 3 && PostgresError.In(error)?.SqlState is "40P01" or "40001")
            {
            }
        }
    }
}
