using Careline.Platform.Jobs;

namespace Careline.Analytics.Figures;

/// <summary>Brings the figures up to date: those of today always, those of other days when their visits moved.</summary>
internal sealed class RefreshFigures : IRecurringJob
{
    public string Name => "analytics.refresh-figures";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public Task RunAsync(IServiceProvider scope, CancellationToken ct) => scope.GetRequiredService<FigureKeeper>().RefreshAsync(ct);
}

/// <summary>Counts the last weeks and the next ones anew, once a day: what somebody put right in the database is then right here too.</summary>
internal sealed class RecountFigures : IRecurringJob
{
    private const int DaysBack = 35;
    private const int DaysAhead = 90;

    public string Name => "analytics.recount-figures";

    public TimeSpan Every => TimeSpan.FromDays(1);

    public Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var today = Stretch.DayOf(scope.GetRequiredService<CarelineDb>().Now);
        return scope.GetRequiredService<FigureKeeper>().RebuildAsync(new Stretch(today.AddDays(-DaysBack), today.AddDays(DaysAhead)), ct);
    }
}
