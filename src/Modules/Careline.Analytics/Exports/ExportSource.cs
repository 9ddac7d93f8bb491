using Careline.Analytics.Reports;
using Npgsql;

namespace Careline.Analytics.Exports;

/// <summary>Writes what an export asks for into its file, row by row as the database gives them.</summary>
internal sealed class ExportSource(NpgsqlDataSource database, ReportRunner runner, TimeProvider clock)
{
    /// <summary>The most rows of a file: what a worksheet can hold, less its head.</summary>
    public const int MostRows = 1_000_000;

    // One picture of the facts for the count and the rows; a plan of its own, since it is made for this period and no other.
    private const string Settings =
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL work_mem = '32MB'; SET LOCAL plan_cache_mode = 'force_custom_plan'; SET LOCAL statement_timeout = '9min'";

    public Days DaysOf(Export export)
    {
        var facts = export.Content == ExportContent.Report ? export.ReportAsked.Facts : export.ListAsked.Facts;
        return facts.DaysAt(clock.GetUtcNow());
    }

    public async Task WriteAsync(Export export, Days days, FigureScope scope, Stream file, ExportProgress progress, CancellationToken ct)
    {
        await using var limited = new LimitedStream(file);
        await (export.Content == ExportContent.Report
            ? WriteReportAsync(export, days, scope, limited, progress, ct) : WriteListAsync(export, days, scope, limited, progress, ct));
    }

    private async Task WriteReportAsync(Export export, Days days, FigureScope scope, Stream file, ExportProgress progress, CancellationToken ct)
    {
        var plan = RunReport.PlanOf(export.ReportAsked);
        var table = await runner.ReadAsync(plan, scope, days, ct);
        progress.IsTruncated = table.IsTruncated;
        await progress.BeginAsync(table.Rows.Count, ct);
        var about = new ExportSubject(export, days, plan);
        await using var writer = ExportFormats.Of(export.Format).Open(file, table.Columns, about);
        await writer.BeginAsync(ct);
        foreach (var row in table.Rows)
        {
            await writer.WriteAsync(row, ct);
            await progress.NextAsync(ct);
        }

        await writer.EndAsync(ct);
    }

    private async Task WriteListAsync(Export export, Days days, FigureScope scope, Stream file, ExportProgress progress, CancellationToken ct)
    {
        var question = export.ListAsked;
        var faults = new Dictionary<string, string[]>();
        var choice = question.Facts.Read((field, message) => faults[field] = [message]);
        if (choice is null || faults.Count > 0)
        {
            throw new InvalidInput(faults);
        }

        var columns = question.ColumnsOf(choice.Dataset);
        var statement = new FactStatement(choice, scope, days, question.TimeZone);
        var rows = statement.From(Joins.Doctor | Joins.Patient | Joins.Clinic, choice.Filters.Select(f => f.Dimension)) + $" AND {choice.Dataset.Listed}";
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var settings = new NpgsqlCommand(Settings, connection))
        {
            await settings.ExecuteNonQueryAsync(ct);
        }

        try
        {
            await using (var count = statement.Command($"SELECT count(*){rows}", connection))
            {
                await progress.BeginAsync(Math.Min((long)(await count.ExecuteScalarAsync(ct))!, MostRows), ct);
            }

            await using var writer = ExportFormats.Of(export.Format)
                .Open(file, [.. columns.Select(c => new ReportColumn(c.Name, c.Kind, false, c.Kind == ValueKind.Money ? "minor_units" : null))], new ExportSubject(export, days, null));
            await writer.BeginAsync(ct);
            await using var command = statement.Command(
                $"SELECT {string.Join(", ", columns.Select(c => c.Sql))}, f.patient_id{rows} ORDER BY {choice.Dataset.Moment}, f.id LIMIT {MostRows + 1}", connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                if (progress.Rows == MostRows)
                {
                    progress.IsTruncated = true;
                    break;
                }

                var row = ReportRunner.ValuesOf(reader);
                if (row[^1] is Guid patient)
                {
                    progress.Patients.Add(patient);
                }

                await writer.WriteAsync(row[..^1], ct);
                await progress.NextAsync(ct);
            }

            await writer.EndAsync(ct);
        }
        catch (PostgresException error) when (ReportRunner.Meaning(error) is { } meaning)
        {
            throw meaning;
        }
    }
}

/// <summary>What a file is about, for those that say so.</summary>
internal sealed record ExportSubject(Export Export, Days Days, ReportPlan? Plan);
