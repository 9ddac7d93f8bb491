using System.Globalization;
using System.Linq.Expressions;
using Microsoft.Extensions.Validation;

namespace Careline.Platform.Web;

/// <summary>
/// The query string of a list: paging, ordering, search and named filters. Readers collect every fault; <see cref="Check"/> answers them all
/// at once. Only names that the route declares with <c>WithFilters</c> may be read, so that the OpenAPI document shows what there is.
/// </summary>
#pragma warning disable ASP0029 // Says what is so, at no risk should the attribute change.
[SkipValidation]
#pragma warning restore ASP0029
public sealed class ListQuery
{
    private const int MaxPageSize = 100;

    private readonly IQueryCollection _query;
    private readonly IReadOnlySet<string> _declared;
    private readonly Dictionary<string, string[]> _faults = [];

    private ListQuery(HttpContext http)
    {
        _query = http.Request.Query;
        _declared = http.GetEndpoint()?.Metadata.GetMetadata<ListFilters>()?.Names ?? new HashSet<string>();
        Page = Number("page", 1, 1, int.MaxValue / MaxPageSize);
        PageSize = Number("page_size", 20, 1, MaxPageSize);
    }

    /// <summary>From 1.</summary>
    public int Page { get; }

    /// <summary>Rows a page: 20 unless asked, at most 100.</summary>
    public int PageSize { get; }

    /// <summary>Rows before this page.</summary>
    public int Skip => (Page - 1) * PageSize;

    /// <summary>The words to search for, or null.</summary>
    public string? Search => Text("search", 200);

    /// <summary>The words of the search, each as a pattern of ILIKE, in which the caller's own wildcards stand for themselves.</summary>
    public IReadOnlyList<string> SearchPatterns =>
    [
        .. (Search ?? "").Split((char[]?)null, 10, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => $"%{word.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
                .Replace("_", @"\_", StringComparison.Ordinal)}%"),
    ];

    /// <summary>Reads the query string for a handler's parameter.</summary>
    public static ValueTask<ListQuery> BindAsync(HttpContext http) => ValueTask.FromResult(new ListQuery(http));

    /// <summary>A filter by text, or null.</summary>
    public string? Text(string name, int maxLength = 200)
    {
        var value = Raw(name);
        return value is not null && (value.Length > maxLength || value.Contains('\0', StringComparison.Ordinal))
            ? Fault<string?>(name, $"At most {maxLength} characters.") : value;
    }

    /// <summary>A filter by id, or null.</summary>
    public Guid? Id(string name) =>
        Raw(name) is not { } text ? null : Guid.TryParse(text, out var id) ? id : Fault<Guid?>(name, "Must be a UUID.");

    /// <summary>A filter by day, or null.</summary>
    public DateOnly? Date(string name) => Raw(name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year is >= 1900 and <= 2200 ? date
        : Fault<DateOnly?>(name, "Must be a date such as 2030-01-31.");

    /// <summary>A filter by instant, RFC 3339 or a day's first moment in UTC, or null.</summary>
    public DateTimeOffset? Instant(string name) => Raw(name) is not { } text ? null
        : DateTimeOffset.TryParseExact(
            text.Replace(' ', '+'), ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && at.Year is >= 1900 and <= 2200 ? at.ToUniversalTime()
        : Fault<DateTimeOffset?>(name, "Must be an instant such as 2030-01-31T09:00:00Z.");

    /// <summary>A filter by truth, or null.</summary>
    public bool? Flag(string name) => Raw(name)?.ToLowerInvariant() switch
    {
        null => null,
        "true" or "1" or "yes" => true,
        "false" or "0" or "no" => false,
        _ => Fault<bool?>(name, "Must be true or false."),
    };

    /// <summary>A filter by number within bounds, or null.</summary>
    public decimal? Decimal(string name, decimal min, decimal max) => Raw(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max ? value
        : Fault<decimal?>(name, string.Create(CultureInfo.InvariantCulture, $"Must be a number from {min} to {max}."));

    /// <summary>A filter by whole number within bounds, or null.</summary>
    public int? Integer(string name, int min, int max) => Raw(name) is null ? null : Number(name, min, min, max);

    /// <summary>A filter by one of an enumeration's values, or null.</summary>
    public T? Enum<T>(string name)
        where T : struct, Enum => Raw(name) is not { } text ? null
        : EnumText<T>.TryParse(text, out var value) ? value
        : Fault<T?>(name, $"Must be one of: {string.Join(", ", EnumText<T>.All)}.");

    /// <summary>A filter by several of an enumeration's values, separated by commas; empty when absent.</summary>
    public IReadOnlyList<T> Enums<T>(string name)
        where T : struct, Enum
    {
        var values = new List<T>();
        foreach (var text in Raw(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            if (EnumText<T>.TryParse(text, out var value))
            {
                values.Add(value);
            }
            else
            {
                Fault<bool>(name, $"Must be among: {string.Join(", ", EnumText<T>.All)}.");
            }
        }

        return values;
    }

    /// <summary>The name to order by and its direction, out of a fixed list; the first is the default.</summary>
    public (string Name, bool Descending) Ordering(params string[] names)
    {
        var text = Raw("ordering") ?? names[0];
        var descending = text.StartsWith('-');
        var name = descending ? text[1..] : text;
        return names.Any(n => n.TrimStart('-') == name)
            ? (name, descending)
            : Fault(
                "ordering",
                $"Must be one of: {string.Join(", ", names.Select(n => n.TrimStart('-')))}, with '-' in front for descending.",
                (names[0].TrimStart('-'), false));
    }

    /// <summary>Records a fault that only the caller could see, such as an end before its start.</summary>
    public void Fault(string name, string message) => Fault<bool>(name, message);

    /// <summary>Answers 400 with every fault found so far.</summary>
    /// <exception cref="InvalidInput">There is at least one.</exception>
    public void Check()
    {
        if (_faults.Count > 0)
        {
            throw new InvalidInput(_faults);
        }
    }

    /// <summary>Checks, counts and reads this page of an ordered query.</summary>
    public async Task<Page<T>> PageAsync<T>(IQueryable<T> rows, CancellationToken ct)
    {
        Check();
        var total = await rows.LongCountAsync(ct);
        var page = total > Skip ? await rows.Skip(Skip).Take(PageSize).ToListAsync(ct) : [];
        return new Page<T>(page, total, Page, PageSize);
    }

    /// <summary>Checks, counts and reads this page, projecting only the rows that are shown.</summary>
    public async Task<Page<TRow>> PageAsync<T, TRow>(IQueryable<T> rows, Expression<Func<T, TRow>> project, CancellationToken ct)
    {
        Check();
        var total = await rows.LongCountAsync(ct);
        var page = total > Skip ? await rows.Skip(Skip).Take(PageSize).Select(project).ToListAsync(ct) : [];
        return new Page<TRow>(page, total, Page, PageSize);
    }

    private int Number(string name, int absent, int min, int max) => Raw(name) is not { } text ? absent
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value
        : Fault(name, $"Must be a whole number from {min} to {max}.", absent);

    private string? Raw(string name)
    {
        if (!ListFilters.Always.Contains(name) && !_declared.Contains(name))
        {
            throw new InvalidOperationException($"The route does not declare the filter '{name}'.");
        }

        return _query.TryGetValue(name, out var values) && values.Count > 0 && !string.IsNullOrEmpty(values[^1]) ? values[^1] : null;
    }

    private T Fault<T>(string name, string message, T absent = default!)
    {
        _faults[name] = [message];
        return absent;
    }
}

/// <summary>The names that a list can be filtered by, shown in the OpenAPI document.</summary>
/// <param name="Names">Query parameters beside paging.</param>
/// <param name="IsFeed">Paged by <c>limit</c> and <c>cursor</c>, which are among the names, instead of by page.</param>
public sealed record ListFilters(IReadOnlySet<string> Names, bool IsFeed = false)
{
    internal static readonly HashSet<string> Always = ["page", "page_size", "ordering", "search"];
}
