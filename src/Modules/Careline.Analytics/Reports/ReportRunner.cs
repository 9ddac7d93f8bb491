using Microsoft.Extensions.Options;
using Npgsql;

namespace Careline.Analytics.Reports;

/// <summary>Runs reports: read-only, within a time, on a connection of their own.</summary>
internal sealed class ReportRunner(NpgsqlDataSource database, TimeProvider clock, IOptions<AnalyticsOptions> options) : IDisposable
{
    public const int MostRows = 10_000;

    // Each may take some hundred megabytes of the database's memory: a crowd that asks at once must not take all of it.
    private const int MostAtOnce = 2;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    // Grouping takes memory, and a plan must know the period: one made for any period reads all there is. Where patients are told apart there are nearly as many groups as
    // facts, which workers would each group in vain before it is done again: half as much processor time without them.
    private const string Settings =
        """
        SELECT set_config('transaction_read_only', 'on', true), set_config('work_mem', '64MB', true), set_config('plan_cache_mode', 'force_custom_plan', true),
            set_config('statement_timeout', $1, true),
            set_config('max_parallel_workers_per_gather', CASE WHEN $2 THEN '0' ELSE current_setting('max_parallel_workers_per_gather') END, true)
        """;

    private readonly SemaphoreSlim _turns = new(MostAtOnce);

    /// <summary>What the report comes to now, for whoever asks.</summary>
    /// <exception cref="RuleViolation">REPORT_TOO_SLOW.</exception>
    public async Task<ReportResult> RunAsync(ReportPlan plan, FigureScope scope, CancellationToken ct)
    {
        var (now, question) = (clock.GetUtcNow(), plan.Question);
        var days = question.Facts.DaysAt(now);
        var table = await ReadAsync(plan, scope, days, ct);
        return new ReportResult(
            question.Dataset,
            days.First,
            days.Last,
            question.TimeZone,
            table.Columns,
            [.. table.Rows.Select(row => table.Columns.Index().ToDictionary(c => c.Item.Name, c => row[c.Index]))],
            table.IsTruncated,
            plan.DescribesPatients,
            now);
    }

    /// <exception cref="Unavailable">Others' reports took too long.</exception>
    public async Task<ReportTable> ReadAsync(ReportPlan plan, FigureScope scope, Days days, CancellationToken ct)
    {
        if (!await _turns.WaitAsync(_patience, ct))
        {
            throw new Unavailable("Too many reports are being made. Try again shortly.");
        }

        try
        {
            return await ReadInTurnAsync(plan, scope, days, ct);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task<ReportTable> ReadInTurnAsync(ReportPlan plan, FigureScope scope, Days days, CancellationToken ct)
    {
        var facts = new FactStatement(plan.Facts, scope, days, plan.Question.TimeZone);
        var rows = new List<object?[]>();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var settings = new NpgsqlCommand(Settings, connection))
        {
            settings.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"{options.Value.ReportSeconds}s" });
            settings.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = ReportStatement.IsByPatient(plan) });
            await settings.ExecuteNonQueryAsync(ct);
        }

        try
        {
            await using var command = facts.Command(ReportStatement.Of(plan, facts, MostRows), connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                rows.Add(ValuesOf(reader));
            }
        }
        catch (PostgresException error) when (Meaning(error) is { } meaning)
        {
            throw meaning;
        }

        var isTruncated = rows.Count > MostRows;
        return new ReportTable(ColumnsOf(plan), isTruncated ? rows[..MostRows] : rows, isTruncated);
    }

    public void Dispose() => _turns.Dispose();

    public static IReadOnlyList<ReportColumn> ColumnsOf(ReportPlan plan) =>
    [
        .. plan.Dimensions.SelectMany(d => d.NamedBy is null
            ? [new ReportColumn(d.Name, d.Kind, false, null)]
            : (ReportColumn[])[new ReportColumn(d.Name + "_id", ValueKind.Id, false, null), new ReportColumn(d.Name, ValueKind.Text, false, null)]),
        .. plan.Measures.Select(m => new ReportColumn(m.Name, m.Kind, true, m.Unit)),
    ];

    /// <summary>A row as it is; null for what is not there, a day as a day.</summary>
    public static object?[] ValuesOf(NpgsqlDataReader reader)
    {
        var values = new object?[reader.FieldCount];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.IsDBNull(i) ? null : reader.GetDataTypeName(i) switch
            {
                "date" => reader.GetFieldValue<DateOnly>(i),
                "timestamp with time zone" => reader.GetFieldValue<DateTimeOffset>(i),
                _ => reader.GetValue(i),
            };
        }

        return values;
    }

    /// <summary>What an error of the database means to whoever asked; null where it is a fault of ours.</summary>
    public static Refusal? Meaning(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.QueryCanceled => new RuleViolation("REPORT_TOO_SLOW", "This takes too long to be answered at once. Ask for a shorter period or fewer dimensions, or have it exported."),
        PostgresErrorCodes.InvalidParameterValue => new InvalidInput("time_zone", "The database does not know this zone."),
        _ => null,
    };
}
