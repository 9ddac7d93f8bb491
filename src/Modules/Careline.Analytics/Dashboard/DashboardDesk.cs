using Careline.Analytics.Figures;

namespace Careline.Analytics.Dashboard;

/// <summary>Puts the figures of a scope together.</summary>
internal sealed class DashboardDesk(FigureReader reader)
{
    public async Task<DashboardResponse> ReadAsync(Scope scope, Stretch days, CancellationToken ct)
    {
        // The days before stand next to these: one reading takes both.
        var both = new Stretch(days.Before.First, days.Last);
        var visits = await reader.VisitsAsync(scope, both, ct);
        var answers = scope.SeesAll ? await reader.SatisfactionAsync(scope, both, ct) : [];
        var people = scope.Kind == ScopeKind.Platform ? await reader.PeopleAsync(both, ct) : [];
        var money = scope.SeesAll ? await reader.MoneyAsync(scope, both, ct) : [];
        var now = new Sums([.. visits.Where(d => d.Day >= days.First)], [.. answers.Where(d => d.Day >= days.First)], [.. people.Where(d => d.Day >= days.First)]);
        var before = new Sums([.. visits.Where(d => d.Day < days.First)], [.. answers.Where(d => d.Day < days.First)], [.. people.Where(d => d.Day < days.First)]);
        return new DashboardResponse
        {
            Scope = scope.Kind,
            ClinicId = scope.ClinicId,
            DoctorId = scope.DoctorId,
            StartDate = days.First,
            EndDate = days.Last,
            AsOf = await reader.AsOfAsync(scope, ct),
            Figures = [.. FigureCatalogue.Of(scope).Select(f => new FigureResponse(f.Name, f.Unit, f.Of(now), f.Of(before), f.Definition))],
            Money = [.. money.GroupBy(d => d.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => MoneyOf(g.Key, [.. g], days))],
            Modalities = new ModalityFigures(
                (long)now.Visits(d => d.ByVideo), (long)now.Visits(d => d.ByAudio), (long)now.Visits(d => d.ByChat), (long)now.Visits(d => d.InPerson)),
            Days = [.. visits.Where(d => d.Day >= days.First).Select(d => new VisitsOfDay(d.Day, d.Booked, d.Completed, d.Cancelled, d.Missed))],
        };
    }

    private static MoneyFigure MoneyOf(string currency, List<MoneyDay> all, Stretch days)
    {
        var now = all.Where(d => d.Day >= days.First).ToList();
        return new MoneyFigure(
            currency,
            now.Sum(d => d.Payments),
            now.Sum(d => d.Captured),
            now.Sum(d => d.Refunded),
            now.Sum(d => d.ChargedBack),
            now.Sum(d => d.Net),
            all.Where(d => d.Day < days.First).Sum(d => d.Net));
    }
}
