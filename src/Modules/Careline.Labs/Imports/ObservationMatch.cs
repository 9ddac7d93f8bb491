using Careline.Clinics.Contracts;
using Careline.Labs.Catalogue;
using Careline.Labs.Orders;
using Careline.Labs.Results;
using Careline.Labs.Samples;
using Careline.Labs.Units;
using Careline.Patients.Contracts;

namespace Careline.Labs.Imports;

/// <summary>
/// Finds whose each observation is, for which order and of which test, and has it taken. Nothing is guessed: patient number, order or sample number and LOINC code must
/// each be known, name one, and agree. Everything is read once for the whole message.
/// </summary>
internal sealed class ObservationMatch(CarelineDb db, ResultDesk desk)
{
    private readonly Dictionary<string, Known> _patients = [];
    private readonly Dictionary<string, LabOrder> _orders = [];
    private readonly Dictionary<string, LabTest> _tests = [];
    private readonly Dictionary<Guid, string> _zones = [];
    private HashSet<string> _rejected = [];

    /// <summary>What became of the observations.</summary>
    public sealed record Taken(int Imported, int Unchanged, IReadOnlyList<(SentObservation Sent, Unmatched Why)> Quarantined, IReadOnlyCollection<Guid> PatientIds);

    /// <summary>Takes what fits one of these orders; of others the sender learns as little as of those that there are not.</summary>
    public async Task<Taken> TakeAsync(IReadOnlyList<SentObservation> observations, IQueryable<LabOrder> within, CancellationToken ct)
    {
        _patients.Clear();
        _orders.Clear();
        _tests.Clear();
        await ReadAsync(observations, within, ct);
        var (unchanged, quarantined, said) = (0, new List<(SentObservation, Unmatched)>(), new List<(LabOrder Order, ResultDesk.Said Said)>());
        var seen = new HashSet<(Guid Order, Guid Test, string Sub)>();
        foreach (var sent in observations.Where(o => !o.IsPending))
        {
            var (order, test, why) = Match(sent);
            if (why is null && !seen.Add((order!.Id, test!.Id, sent.SubId)))
            {
                why = Unmatched.OfOrder(QuarantineReason.Duplicate, order);
            }

            if (why is not null)
            {
                quarantined.Add((sent, why));
                continue;
            }

            var outcome = await SayAsync(sent, order!, test!, ct);
            if (outcome.Why is not null)
            {
                quarantined.Add((sent, outcome.Why));
            }
            else if (outcome.Said is { } one)
            {
                said.Add((order!, one));
            }
            else
            {
                unchanged++;
            }
        }

        await desk.FinishAsync([.. said.GroupBy(s => s.Order, s => s.Said)], ct);
        return new Taken(said.Count, unchanged, quarantined, [.. said.Select(s => s.Order.PatientId).ToHashSet()]);
    }

    private (LabOrder? Order, LabTest? Test, Unmatched? Why) Match(SentObservation sent)
    {
        var patients = sent.PatientNumbers.Select(_patients.GetValueOrDefault).OfType<Known>().Distinct().ToList();
        if (patients is not [var patient])
        {
            return (null, null, new Unmatched(patients.Count == 0 ? QuarantineReason.UnknownPatient : QuarantineReason.Ambiguous));
        }

        var orders = sent.OrderNumbers.Concat(sent.Accessions).Select(_orders.GetValueOrDefault).OfType<LabOrder>().Distinct().ToList();
        if (orders is not [var order])
        {
            return (null, null, new Unmatched(orders.Count == 0 ? QuarantineReason.UnknownOrder : QuarantineReason.Ambiguous, patient.Id));
        }

        if (order.PatientId != patient.Id || (sent.BirthDate is { } birth && patient.BirthDate is { } known && birth != known))
        {
            return (order, null, new Unmatched(QuarantineReason.PatientMismatch, null, order.ClinicId));
        }

        if (order.Status == LabOrderStatus.Cancelled)
        {
            return (order, null, Unmatched.OfOrder(QuarantineReason.OrderCancelled, order));
        }

        if (sent.Accessions.Any(_rejected.Contains))
        {
            return (order, null, Unmatched.OfOrder(QuarantineReason.SampleRejected, order));
        }

        return sent.Loincs.Select(_tests.GetValueOrDefault).OfType<LabTest>().FirstOrDefault() is { } test
            ? (order, test, null) : (order, null, Unmatched.OfOrder(QuarantineReason.UnknownTest, order));
    }

    private async Task<(ResultDesk.Said? Said, Unmatched? Why)> SayAsync(SentObservation sent, LabOrder order, LabTest test, CancellationToken ct)
    {
        Unmatched Set(QuarantineReason reason) => Unmatched.OfOrder(reason, order);

        if (sent.State is not { } state)
        {
            return (null, Set(QuarantineReason.UnknownStatus));
        }

        var measured = state == ResultState.Cancelled ? Measured.Nothing with { Note = sent.Note } : sent.Measured();
        if (measured is null || (measured.Value is not null && test.Kind != ResultKind.Numeric))
        {
            return (null, Set(QuarantineReason.UnreadableValue));
        }

        if (measured.Value is { } value && UnitConversion.Convert(value, measured.Unit ?? UnitTable.AbsentMeans(test.Unit), test.Unit, test.Analyte) is null)
        {
            return (null, Set(QuarantineReason.UnknownUnit));
        }

        var zone = order.ClinicId is { } clinic ? _zones.GetValueOrDefault(clinic, "UTC") : "UTC";
        var observedAt = Hl7Time.Read(sent.Time, zone) is { } at && at < db.Now ? at : db.Now;
        return await desk.SaySentAsync(order, test, sent.SubId, measured, state, observedAt, ct) is { IsRefused: false } outcome
            ? (outcome.Said, null) : (null, Set(QuarantineReason.StateRefused));
    }

    private async Task ReadAsync(IReadOnlyList<SentObservation> observations, IQueryable<LabOrder> within, CancellationToken ct)
    {
        string[] numbers = [.. observations.SelectMany(o => o.PatientNumbers).Distinct()];
        foreach (var patient in await db.Set<PatientRow>().Where(p => numbers.Contains(p.Number)).Select(p => new { p.Id, p.Number, p.DateOfBirth }).ToListAsync(ct))
        {
            _patients[patient.Number] = new Known(patient.Id, patient.DateOfBirth);
        }

        await ReadOrdersAsync([.. observations.SelectMany(o => o.OrderNumbers.Concat(o.Accessions)).Distinct()], within, ct);
        string[] loincs = [.. observations.SelectMany(o => o.Loincs).Distinct()];
        var tests = await db.Set<LabTest>().Include(t => t.Ranges).Where(t => loincs.Contains(t.Loinc) || t.OtherLoincs.Any(o => loincs.Contains(o))).ToListAsync(ct);
        foreach (var loinc in loincs)
        {
            if ((tests.Find(t => t.Loinc == loinc) ?? tests.Find(t => t.OtherLoincs.Contains(loinc))) is { } test)
            {
                _tests[loinc] = test;
            }
        }
    }

    private async Task ReadOrdersAsync(string[] numbers, IQueryable<LabOrder> within, CancellationToken ct)
    {
        var ids = await within.Where(o => numbers.Contains(o.Number) || db.Set<Sample>().Any(s => s.OrderId == o.Id && numbers.Contains(s.Accession)))
            .Select(o => o.Id).ToArrayAsync(ct);
        var orders = await LabStaff.HoldAllAsync(db, ids, ct);
        var samples = await db.Set<Sample>().Where(s => ids.Contains(s.OrderId) && numbers.Contains(s.Accession)).ToListAsync(ct);
        foreach (var order in orders)
        {
            _orders[order.Number] = order;
            samples.FindAll(s => s.OrderId == order.Id).ForEach(s => _orders[s.Accession] = order);
        }

        _rejected = [.. samples.Where(s => s.Status == SampleStatus.Rejected).Select(s => s.Accession)];
        await desk.TrackAsync(orders, ct);
        var clinics = _orders.Values.Select(o => o.ClinicId).OfType<Guid>().Distinct().ToArray();
        foreach (var clinic in await db.Set<ClinicRow>().Where(c => clinics.Contains(c.Id)).Select(c => new { c.Id, c.TimeZone }).ToListAsync(ct))
        {
            _zones[clinic.Id] = clinic.TimeZone;
        }
    }

    private sealed record Known(Guid Id, DateOnly? BirthDate);
}
