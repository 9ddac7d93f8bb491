using Careline.Doctors.Contracts;
using Careline.Files.Contracts;
using Careline.Labs.Catalogue;
using Careline.Labs.Notices;
using Careline.Labs.Orders;
using Careline.Labs.Ranges;
using Careline.Patients.Contracts;
using Careline.Vitals.Contracts;

namespace Careline.Labs.Results;

/// <summary>
/// Takes results in, whether somebody types them or a laboratory's system sends them. The caller holds the order's row, and saves; what follows for the order and
/// for the people follows once for all of them together.
/// </summary>
internal sealed class ResultDesk(CarelineDb db, LabNews news, IClinicalAlerts alerts, IFiles files)
{
    private HashSet<Guid> _tracked = [];
    private readonly Dictionary<Guid, RangeSubject> _subjects = [];

    /// <summary>Something that was said anew, of a result that there was not yet or that said something else until now.</summary>
    public sealed record Said(LabResult Result, bool IsNew, bool IsOther);

    /// <summary>Reads at once what there is of orders of which much will be said; again, whenever the context was emptied.</summary>
    public async Task TrackAsync(IReadOnlyCollection<LabOrder> orders, CancellationToken ct)
    {
        _tracked = [.. orders.Select(o => o.Id)];
        await db.Set<LabResult>().AsTracking().Where(r => _tracked.Contains(r.OrderId)).LoadAsync(ct);
        await ReadSubjectsAsync([.. orders.Select(o => o.PatientId)], ct);
    }

    /// <summary>Says something of a test; null where it was said already, word for word.</summary>
    public async Task<Said?> SayAsync(LabOrder order, LabTest test, string subId, Measured measured, ResultState state, DateTimeOffset observedAt, ResultAuthor author, CancellationToken ct)
    {
        if (order.Status == LabOrderStatus.Cancelled)
        {
            throw new RuleViolation("ORDER_CANCELLED", "A cancelled order takes no results.");
        }

        var reading = await ReadAsync(order, test, measured, state, observedAt, author, ct);
        var result = await FindAsync(order, test, subId, ct);
        if (result is not null && result.State == state && IsSame(result.Reading, reading))
        {
            return null;
        }

        var (isNew, isOther) = (result is null, result is not null && !IsSame(result.Reading with { Note = null }, reading with { Note = null }));
        if (result is null)
        {
            result = LabResult.Begin(db.NewId(), order, test, subId, db.Now);
            db.Add(result);
        }

        var report = result.ReportFileId;
        db.Add(result.Say(reading, state, author, db.Now));
        if (report is { } former && result.ReportFileId is null)
        {
            await files.ReleaseAsync(former, null, ct);
        }

        return new Said(result, isNew, isOther);
    }

    /// <summary>
    /// The same of a result that a laboratory's system sends, which may not know what was said here: a final one that says otherwise is a correction, whether it is called
    /// one or not. What would take a step back is refused, a final one over one that was corrected too: it may be from before the correction, sent late or again.
    /// </summary>
    public async Task<(Said? Said, bool IsRefused)> SaySentAsync(
        LabOrder order, LabTest test, string subId, Measured measured, ResultState state, DateTimeOffset observedAt, CancellationToken ct)
    {
        var former = await FindAsync(order, test, subId, ct);
        var author = new ResultAuthor(null, ResultSource.Imported, state switch
        {
            ResultState.Corrected => "Corrected by the laboratory.",
            ResultState.Cancelled => "Taken back by the laboratory.",
            ResultState.Final when former is { State: ResultState.Final } => "Sent again with another content.",
            _ => null,
        });
        var isAgain = state == ResultState.Final && former is { Holds: true };
        var meant = isAgain ? former!.State : state;
        if (former is not null && meant == former.State && IsSame(former.Reading, await ReadAsync(order, test, measured, meant, observedAt, author, ct)))
        {
            return (null, false);
        }

        meant = isAgain ? ResultState.Corrected : state;
        return former is not null && ((isAgain && former.State == ResultState.Corrected) || !ResultMoves.Allows(former.State, meant))
            ? (null, true) : (await SayAsync(order, test, subId, measured, meant, observedAt, author, ct), false);
    }

    /// <summary>What follows for the order, and whom it is told.</summary>
    public Task FinishAsync(LabOrder order, IReadOnlyList<Said> said, CancellationToken ct) => FinishAsync([.. said.GroupBy(_ => order)], ct);

    /// <summary>The same for several orders.</summary>
    public async Task FinishAsync(IReadOnlyCollection<IGrouping<LabOrder, Said>> all, CancellationToken ct)
    {
        if (all.Count == 0)
        {
            return;
        }

        var (orders, doctors) = (all.Select(o => o.Key.Id).ToArray(), all.Select(o => o.Key.DoctorId).ToArray());
        var kept = await db.Set<LabResult>().Where(r => orders.Contains(r.OrderId)).Select(r => new { r.Id, r.OrderId, r.TestId, r.State }).ToListAsync(ct);
        var accounts = await db.Set<DoctorRow>().Where(d => doctors.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.AccountId, ct);
        foreach (var said in all)
        {
            var order = said.Key;
            var done = kept.Where(r => r.OrderId == order.Id && said.All(s => s.Result.Id != r.Id)).Select(r => (r.TestId, r.State))
                .Concat(said.Select(s => (s.Result.TestId, s.Result.State)))
                .Where(r => r.State != ResultState.Preliminary).Select(r => r.TestId).ToHashSet();
            order.Resulted(order.Lines.TrueForAll(l => done.Contains(l.TestId)), db.Now);
            await news.ResultsCameAsync(order, accounts[order.DoctorId], [.. said.Select(s => s.Result)], ct);
            foreach (var one in said)
            {
                await CallAsync(order, one, accounts[order.DoctorId], ct);
            }
        }
    }

    // Preliminary ones too: whoever waits for the laboratory to verify may wait too long.
    private async Task CallAsync(LabOrder order, Said said, Guid doctor, CancellationToken ct)
    {
        var origin = new AlertOrigin(AlertSource.LabResult, said.Result.Id);
        if (said.Result is { IsCritical: true, State: not ResultState.Cancelled })
        {
            var notice = new ClinicalAlertNotice(origin, AlertTitle.CriticalResult, AlertSeverity.Critical, order.PatientId)
            {
                ResponsibleAccountId = doctor,
                ClinicId = order.ClinicId,
                IsChanged = said.IsOther,
            };
            await alerts.RaiseAsync(notice, ct);
        }
        else if (!said.IsNew)
        {
            await alerts.ResolveAsync(origin, ct);
        }
    }

    private async Task<LabResult?> FindAsync(LabOrder order, LabTest test, string subId, CancellationToken ct) =>
        db.Set<LabResult>().Local.FirstOrDefault(r => r.OrderId == order.Id && r.TestId == test.Id && r.SubId == subId)
            ?? (_tracked.Contains(order.Id) ? null
                : await db.Set<LabResult>().AsTracking().FirstOrDefaultAsync(r => r.OrderId == order.Id && r.TestId == test.Id && r.SubId == subId, ct));

    private async Task<Reading> ReadAsync(
        LabOrder order, LabTest test, Measured measured, ResultState state, DateTimeOffset observedAt, ResultAuthor author, CancellationToken ct) =>
        state == ResultState.Cancelled
            ? new Reading { Flag = Interpretation.NotJudged, Note = author.Reason ?? measured.Note, ObservedAt = observedAt }
            : measured.Read(test, await SubjectAsync(order, ct), observedAt);

    private async Task<RangeSubject> SubjectAsync(LabOrder order, CancellationToken ct)
    {
        if (!_subjects.ContainsKey(order.PatientId))
        {
            await ReadSubjectsAsync([order.PatientId], ct);
        }

        var subject = _subjects[order.PatientId];
        return subject with { IsPregnant = order.IsPregnant ?? subject.IsPregnant };
    }

    private async Task ReadSubjectsAsync(Guid[] ids, CancellationToken ct)
    {
        var patients = await db.Set<PatientRow>().Where(p => ids.Contains(p.Id))
            .Select(p => new { p.Id, p.DateOfBirth, p.Gender, IsPregnant = db.Set<PregnancyRow>().Any(r => r.PatientId == p.Id) }).ToListAsync(ct);
        foreach (var patient in patients)
        {
            // Who is not among the pregnant may be so all the same.
            _subjects[patient.Id] = new RangeSubject(patient.DateOfBirth, patient.Gender, patient.IsPregnant ? true : null);
        }
    }

    // The moment of measuring does not make another result of the same words; that somebody calls them critical does.
    private static bool IsSame(Reading one, Reading other) =>
        one with { ObservedAt = default, Low = null, High = null, CriticalLow = null, CriticalHigh = null, Flag = Called(one) }
        == other with { ObservedAt = default, Low = null, High = null, CriticalLow = null, CriticalHigh = null, Flag = Called(other) };

    private static Interpretation Called(Reading reading) => reading.Flag == Interpretation.Critical ? Interpretation.Critical : Interpretation.NotJudged;
}
