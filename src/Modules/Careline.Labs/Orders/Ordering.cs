using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Labs.Catalogue;
using Careline.Labs.Collections;
using Careline.Patients.Contracts;
using Careline.Payments.Contracts;

namespace Careline.Labs.Orders;

internal sealed class Ordering(CarelineDb db, CollectionDesk desk, IPayments payments) : ILabs
{
    private const int MostLines = 200;

    public IQueryable<LabOrderRow> Orders => Rows(db, db.Set<LabOrder>());

    public async Task<LabOrderRow> OrderAsync(LabVisit visit, LabOrderForm form, CancellationToken ct)
    {
        if (form.ClinicId is { } clinic && !await db.Set<ClinicRow>().AnyAsync(c => c.Id == clinic && c.IsOpen, ct))
        {
            throw new InvalidInput("clinic_id", "There is no such clinic.");
        }

        var lines = await LinesAsync(form, ct);
        var order = LabOrder.Place(db.NewId(), visit, form, lines, db.Now);
        db.Add(order);
        await db.SaveChangesAsync(ct);
        return await Orders.FirstAsync(o => o.Id == order.Id, ct);
    }

    public async Task WithdrawAsync(Guid consultationId, CancellationToken ct)
    {
        var orders = await db.Set<LabOrder>().AsTracking().Where(o => o.ConsultationId == consultationId && o.Status == LabOrderStatus.Ordered).ToListAsync(ct);
        orders.ForEach(order => order.Cancel("The visit was called off.", db.Now));
        await desk.CallOffAsync(orders, ct);
        foreach (var order in orders)
        {
            await payments.SettleAsync(new PaymentEnd(PayableKind.LabOrder, order.Id, 0, RefundReason.ConsultationCancelled), ct);
        }
    }

    public static IQueryable<LabOrderRow> Rows(CarelineDb db, IQueryable<LabOrder> orders) =>
        from order in orders
        join patient in db.Set<PatientRow>() on order.PatientId equals patient.Id
        join doctor in db.Set<DoctorRow>() on order.DoctorId equals doctor.Id
        select new LabOrderRow
        {
            Id = order.Id,
            Number = order.Number,
            Status = order.Status,
            Priority = order.Priority,
            Patient = new LabParty { Id = patient.Id, Name = patient.Name, Number = patient.Number },
            Doctor = new LabParty { Id = doctor.Id, Name = doctor.Name },
            ConsultationId = order.ConsultationId,
            ClinicId = order.ClinicId,
            ClinicalQuestion = order.ClinicalQuestion,
            IsPregnant = order.IsPregnant,
            Lines = order.Lines.Select(line => new LabOrderLineRow
            {
                Id = line.Id,
                Position = line.Position,
                TestId = line.TestId,
                TestCode = line.TestCode,
                TestName = line.TestName,
                PanelId = line.PanelId,
                PanelName = line.PanelName,
                PriceAmount = line.PriceAmount,
                PriceCurrency = line.PriceCurrency,
            }).ToList(),
            CancelReason = order.CancelReason,
            OrderedAt = order.OrderedAt,
            ClosedAt = order.ClosedAt,
            UpdatedAt = order.UpdatedAt,
            Version = order.Version,
        };

    // A test that comes with several panels, or with one and by itself, is done once.
    private async Task<List<LabOrderLine>> LinesAsync(LabOrderForm form, CancellationToken ct)
    {
        var lines = new List<LabOrderLine>();
        var (panelCodes, panelIds) = Named(form.Panels);
        var (testCodes, testIds) = Named(form.Tests);
        var panels = InOrder(
            form.Panels, "panels",
            await db.Set<Panel>().Include(p => p.Tests).Where(p => p.IsActive && (panelCodes.Contains(p.Code) || panelIds.Contains(p.Id))).ToListAsync(ct),
            p => (p.Id, p.Code));
        var tests = InOrder(
            form.Tests, "tests",
            await db.Set<LabTest>().Where(t => t.IsActive && (testCodes.Contains(t.Code) || testIds.Contains(t.Id))).ToListAsync(ct),
            t => (t.Id, t.Code));
        var inPanels = panels.SelectMany(p => p.Tests).Select(t => t.TestId).ToHashSet();
        var known = (await db.Set<LabTest>().Where(t => inPanels.Contains(t.Id)).ToListAsync(ct)).Concat(tests).DistinctBy(t => t.Id).ToDictionary(t => t.Id);
        foreach (var panel in panels)
        {
            var isFirst = true;
            foreach (var test in panel.Tests.OrderBy(t => t.Position).Select(t => known[t.TestId]).Where(t => lines.All(l => l.TestId != t.Id)))
            {
                lines.Add(LabOrderLine.OfPanel(db.NewId(), lines.Count + 1, test, panel, isFirst));
                isFirst = false;
            }
        }

        foreach (var test in tests.Where(t => lines.All(l => l.TestId != t.Id)))
        {
            lines.Add(LabOrderLine.OfTest(db.NewId(), lines.Count + 1, test));
        }

        return lines.Count <= MostLines ? lines : throw new InvalidInput("tests", $"At most {MostLines} tests in one order.");
    }

    private static (string[] Codes, Guid[] Ids) Named(IReadOnlyList<string>? words) =>
        ([.. (words ?? []).Select(Code)], [.. (words ?? []).Select(w => Guid.TryParse(w, out var id) ? id : Guid.Empty)]);

    private static List<T> InOrder<T>(IReadOnlyList<string>? words, string field, List<T> found, Func<T, (Guid Id, string Code)> key)
        where T : class =>
    [
        .. (words ?? []).Select(word => found.Find(f => key(f).Code == Code(word) || (Guid.TryParse(word, out var id) && key(f).Id == id))
            ?? throw new InvalidInput(field, $"'{word}' is not offered.")).Distinct(),
    ];

    private static string Code(string word) => word.Trim().ToUpperInvariant();
}
