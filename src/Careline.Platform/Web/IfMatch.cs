namespace Careline.Platform.Web;

/// <summary>The <c>If-Match</c> header (RFC 9110, section 13.1.1): a change is refused when the caller's copy is stale.</summary>
public sealed class IfMatch
{
    private readonly string[]? _tags;

    private IfMatch(string[]? tags) => _tags = tags;

    /// <summary>Reads the header for a handler's parameter.</summary>
    public static ValueTask<IfMatch> BindAsync(HttpContext http)
    {
        var header = http.Request.Headers.IfMatch;
        return ValueTask.FromResult(new IfMatch(
            header.Count == 0 ? null : [.. header.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries))]));
    }

    /// <summary>Goes on when the header is absent or names the present version.</summary>
    /// <exception cref="PreconditionFailed">It names another.</exception>
    public void Check(IVersioned row)
    {
        if (_tags is not null && !_tags.Contains("*") && !_tags.Contains(WireAnswer.TagOf(row)))
        {
            throw new PreconditionFailed();
        }
    }
}
