using Careline.Platform.Jobs;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Careline.Platform.Figures;

/// <summary>How much there is of something, as it was counted last: <c>db.Set&lt;Figure&gt;()</c>.</summary>
public sealed class Figure
{
    /// <summary>What it is of, such as <c>appointments</c>.</summary>
    public string Area { get; init; } = "";

    /// <summary>Of which kind or state.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many.</summary>
    public long Value { get; init; }

    /// <summary>When it was counted.</summary>
    public DateTimeOffset CountedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Figure>
    {
        public void Configure(EntityTypeBuilder<Figure> builder)
        {
            builder.ToTable("figures", "platform");
            builder.HasKey(f => new { f.Area, f.Name });
        }
    }
}

/// <summary>What a module counts of its own.</summary>
/// <param name="Area">What it is of.</param>
/// <param name="Sql">Answers <c>"Name"</c> (text) and <c>"Value"</c> (bigint), a row for each kind; nothing that names anybody.</param>
public sealed record FigureSource(string Area, FormattableString Sql);

/// <summary>Registers what is counted.</summary>
public static class FigureRegistration
{
    /// <summary>Lets <c>GET /api/system/statistics/</c> show these figures.</summary>
    public static IServiceCollection AddFigures(this IServiceCollection services, string area, FormattableString sql) => services.AddSingleton(new FigureSource(area, sql));
}

/// <summary>Counts what there is, so that looking at it costs nothing.</summary>
internal sealed class CountFigures(IEnumerable<FigureSource> sources) : IRecurringJob
{
    public string Name => "platform.count-figures";

    public TimeSpan Every => TimeSpan.FromMinutes(15);

    public async Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        foreach (var source in sources)
        {
            var counted = await db.Database.SqlQuery<Count>(source.Sql).ToListAsync(ct);
            var (names, values) = (counted.Select(c => c.Name).ToArray(), counted.Select(c => c.Value).ToArray());
            await db.Database.ExecuteSqlAsync(
                $"""
                WITH gone AS (DELETE FROM platform.figures WHERE area = {source.Area} AND name <> ALL ({names}))
                INSERT INTO platform.figures (area, name, value, counted_at) SELECT {source.Area}, n, v, {db.Now} FROM unnest({names}, {values}) AS c (n, v)
                ON CONFLICT (area, name) DO UPDATE SET value = excluded.value, counted_at = excluded.counted_at
                """,
                ct);
        }
    }

    private sealed class Count
    {
        public string Name { get; init; } = "";

        public long Value { get; init; }
    }
}
