using Careline.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Careline.Analytics.Figures;

/// <summary>Reads figures: those of the platform and of clinics as they are kept, those of a doctor as they stand, since a doctor's work is little and found by an index.</summary>
internal sealed class FigureReader(CarelineDb db)
{
    public async Task<List<VisitDay>> VisitsAsync(Scope scope, Stretch days, CancellationToken ct) => scope.DoctorId is null
        ? await db.Set<VisitDay>().Where(d => d.ScopeId == scope.Id && d.Day >= days.First && d.Day <= days.Last).OrderBy(d => d.Day).ToListAsync(ct)
        : [.. (await VisitDay.CountAsync(db, days, scope.DoctorId, ct)).Where(d => d.ScopeId == scope.Id).OrderBy(d => d.Day)];

    public async Task<List<MoneyDay>> MoneyAsync(Scope scope, Stretch days, CancellationToken ct) => scope.DoctorId is null
        ? await db.Set<MoneyDay>().Where(d => d.ScopeId == scope.Id && d.Day >= days.First && d.Day <= days.Last).ToListAsync(ct)
        : [.. (await MoneyDay.CountAsync(db, days, scope.DoctorId, ct)).Where(d => d.ScopeId == scope.Id)];

    public async Task<List<SatisfactionDay>> SatisfactionAsync(Scope scope, Stretch days, CancellationToken ct) => scope.DoctorId is null
        ? await db.Set<SatisfactionDay>().Where(d => d.ScopeId == scope.Id && d.Day >= days.First && d.Day <= days.Last).OrderBy(d => d.Day).ToListAsync(ct)
        : [.. (await SatisfactionDay.CountAsync(db, days, scope.DoctorId, ct)).Where(d => d.ScopeId == scope.Id).OrderBy(d => d.Day)];

    public Task<List<PeopleDay>> PeopleAsync(Stretch days, CancellationToken ct) =>
        db.Set<PeopleDay>().Where(d => d.Day >= days.First && d.Day <= days.Last).OrderBy(d => d.Day).ToListAsync(ct);

    /// <summary>All that happened before then is counted; null before anything was.</summary>
    public async Task<DateTimeOffset?> AsOfAsync(CancellationToken ct)
    {
        var kinds = await db.Set<Freshness>().Select(f => f.ComputedAt).ToListAsync(ct);
        return kinds.Count == 0 ? null : kinds.Min();
    }

    /// <summary>The same for a scope.</summary>
    public async Task<DateTimeOffset?> AsOfAsync(Scope scope, CancellationToken ct) => scope.DoctorId is null ? await AsOfAsync(ct) : db.Now;
}
