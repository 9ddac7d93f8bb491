using System.Text.Json.Serialization;

namespace Careline.Platform.Web;

/// <summary>The answer to a request that succeeded, readable by clients of both documented styles.</summary>
/// <typeparam name="T">What <c>data</c> holds.</typeparam>
/// <param name="Success">Always true.</param>
/// <param name="Status">Always <c>success</c>.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Data">The answer itself.</param>
/// <param name="Timestamp">When it was answered, UTC.</param>
public sealed record Envelope<T>(bool Success, string Status, string Message, T Data, DateTimeOffset Timestamp);

/// <summary>One page of a list.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Success">Always true.</param>
/// <param name="Status">Always <c>success</c>.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Data">The rows.</param>
/// <param name="Meta">Where this page lies in the list.</param>
/// <param name="Timestamp">When it was answered, UTC.</param>
public sealed record ListEnvelope<T>(bool Success, string Status, string Message, IReadOnlyList<T> Data, PageMeta Meta, DateTimeOffset Timestamp);

/// <summary>Where a page lies in its list.</summary>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">Rows a page, at most 100.</param>
/// <param name="Total">Rows in all.</param>
/// <param name="TotalPages">Pages in all.</param>
/// <param name="Next">Path of the next page, or null at the last.</param>
/// <param name="Previous">Path of the page before, or null at the first.</param>
public sealed record PageMeta(int Page, int PageSize, long Total, long TotalPages, string? Next, string? Previous);

/// <summary>A piece of a long list.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Success">Always true.</param>
/// <param name="Status">Always <c>success</c>.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Data">The rows, the newest first.</param>
/// <param name="Meta">How to read on.</param>
/// <param name="Timestamp">When it was answered, UTC.</param>
public sealed record FeedEnvelope<T>(bool Success, string Status, string Message, IReadOnlyList<T> Data, FeedMeta Meta, DateTimeOffset Timestamp);

/// <summary>How to read on in a long list.</summary>
/// <param name="Limit">Rows asked for, at most 100.</param>
/// <param name="NextCursor">The <c>cursor</c> of what follows, or null at the end.</param>
/// <param name="Next">Path of what follows, or null at the end.</param>
public sealed record FeedMeta(int Limit, string? NextCursor, string? Next);

/// <summary>The answer to a request that failed.</summary>
/// <param name="Success">Always false.</param>
/// <param name="Status">Always <c>error</c>.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Errors">Faults by field, where there are any.</param>
/// <param name="Error">The stable code and its details.</param>
/// <param name="Timestamp">When it was answered, UTC.</param>
/// <param name="TraceId">Finds the log line.</param>
public sealed record ErrorEnvelope(
    bool Success,
    string Status,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors,
    ErrorDetail Error,
    DateTimeOffset Timestamp,
    string TraceId);

/// <summary>What went wrong, for programs.</summary>
/// <param name="Code">Stable, upper case.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Details">Facts beside the code.</param>
public sealed record ErrorDetail(
    string Code, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Details);
