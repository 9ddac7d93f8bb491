using System.Text.Json;

namespace Careline.Portal.Screens.Admin.Reports;

/// <summary>A question that stands in the address of a page, so that it can be gone back to and sent on.</summary>
internal sealed class ReportAsk(IQueryCollection asked)
{
    private static readonly string[] _places = ["by", "then", "last"];
    private static readonly string[] _others = ["period", "start_date", "end_date", "ordering"];

    public string? Dataset => One("dataset");

    public IReadOnlyList<string> Measures => All("measures");

    public IReadOnlyList<string> Dimensions => [.. _places.Select(One).Where(d => d is not null).Select(d => d!).Distinct()];

    public Dictionary<string, string[]> Filters => asked.Where(q => q.Key.StartsWith("only-", StringComparison.Ordinal) && q.Value.Any(v => v is { Length: > 0 }))
        .ToDictionary(q => q.Key["only-".Length..], q => q.Value.Where(v => v is { Length: > 0 }).Select(v => v!).ToArray());

    public bool IsComplete => Dataset is not null && Measures.Count > 0;

    /// <summary>As the API wants it.</summary>
    public object Question => new
    {
        dataset = Dataset,
        measures = Measures,
        dimensions = Dimensions,
        filters = Filters.Count == 0 ? null : Filters,
        period = One("start_date") is null ? One("period") ?? "this_month" : null,
        start_date = One("start_date"),
        end_date = One("end_date"),
        ordering = One("ordering"),
    };

    public string? One(string name) => asked[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The address of a kept question.</summary>
    public static string AddressOf(Thing question, Guid? report)
    {
        var query = new Query().With("dataset", question.Text("dataset")).With("report", report);
        foreach (var measure in question["measures"].Items)
        {
            query.With("measures", measure.ToString());
        }

        foreach (var (name, dimension) in _places.Zip(question.Maybe("dimensions").Items))
        {
            query.With(name, dimension.ToString());
        }

        foreach (var (name, values) in question.Maybe("filters").Members)
        {
            foreach (var value in values.Json.ValueKind == JsonValueKind.Array ? values.Items : [values])
            {
                query.With("only-" + name, value.ToString());
            }
        }

        foreach (var name in _others)
        {
            query.With(name, question.Maybe(name).ToString());
        }

        return "/admin/reports/new" + query;
    }

    private IReadOnlyList<string> All(string name) => [.. asked[name].Where(v => v is { Length: > 0 }).Select(v => v!)];
}
