namespace Careline.Analytics.Figures;

/// <summary>Reads figures: those of the platform and of clinics as they are kept, those of a doctor as they stand, since a doctor's work is little and found by an index.</summary>
internal sealed class FigureReader(CarelineDb db)
{
    public async Task<List<VisitDay>> VisitsAsync(Scope scope, Stretch days, CancellationToken ct) => scope.DoctorId is null
        ? await db.Set<VisitDay>().Where(d => d.ScopeId == scope.Id && d.Day >= days.First && d.Day <= days.Last).OrderBy(d => d.Day).ToListAsync(ct)
        : [.. (await db.Set<VisitDay>().FromSql(VisitDay.Counting(days, scope.DoctorId)).ToListAsync(ct)).Where(d => d.ScopeId == scope.Id).OrderBy(d => d.Day)];

    public async Task<List<MoneyDay>> MoneyAsync(Scope scope, Stretch days, CancellationToken ct) => scope.DoctorId is null
        ? await db.Set<MoneyDay>().Where(d => d.ScopeId == scope.Id && d.Day >= days.First && d.Day <= days.Last).ToListAsync(ct)
        : [.. (await db.Set<MoneyDay>().FromSql(MoneyDay.Counting(days, scope.DoctorId)).ToListAsync(ct)).Where(d => d.ScopeId == scope.Id)];

    public async Task<List<SatisfactionDay>> SatisfactionAsync(Scope scope, Stretch days, CancellationToken ct) => scope.DoctorId is null
        ? await db.Set<SatisfactionDay>().Where(d => d.ScopeId == scope.Id && d.Day >= days.First && d.Day <= days.Last).OrderBy(d => d.Day).ToListAsync(ct)
        : [.. (await db.Set<SatisfactionDay>().FromSql(SatisfactionDay.Counting(days, scope.DoctorId)).ToListAsync(ct)).Where(d => d.ScopeId == scope.Id).OrderBy(d => d.Day)];

    public Task<List<PeopleDay>> PeopleAsync(Stretch days, CancellationToken ct) =>
        db.Set<PeopleDay>().Where(d => d.Day >= days.First && d.Day <= days.Last).OrderBy(d => d.Day).ToListAsync(ct);

    /// <summary>Up to when all that happened is counted, by kind of days; none before anything was. What is counted when it is asked for is as of now.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> FreshnessAsync(Scope scope, CancellationToken ct) => scope.DoctorId is null
        ? await db.Set<Freshness>().ToDictionaryAsync(f => f.Figures, f => f.ComputedAt, ct)
        : new[] { VisitDay.Name, MoneyDay.Name, SatisfactionDay.Name }.ToDictionary(kind => kind, _ => db.Now);

    /// <summary>The same of one kind.</summary>
    public async Task<DateTimeOffset?> AsOfAsync<T>(Scope scope, CancellationToken ct)
        where T : class, IFigures<T> => (await FreshnessAsync(scope, ct)).TryGetValue(T.Name, out var at) ? at : null;
}
