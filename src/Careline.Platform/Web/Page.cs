using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace Careline.Platform.Web;

/// <summary>One page of a list, as found in the database.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Rows">The rows of this page.</param>
/// <param name="Total">Rows in all.</param>
/// <param name="Number">The page, from 1.</param>
/// <param name="Size">Rows a page.</param>
public sealed record Page<T>(IReadOnlyList<T> Rows, long Total, int Number, int Size)
{
    internal PageMeta MetaFor(HttpRequest request)
    {
        var pages = (Total + Size - 1) / Size;
        return new PageMeta(
            Number, Size, Total, pages, Number < pages ? Link(request, Number + 1) : null, Number > 1 ? Link(request, Number - 1) : null);
    }

    private static string Link(HttpRequest request, int page)
    {
        var query = new QueryBuilder(request.Query
            .Where(pair => !string.Equals(pair.Key, "page", StringComparison.Ordinal))
            .SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? ""))))
        {
            { "page", page.ToString(CultureInfo.InvariantCulture) },
        };
        return request.Path + query.ToString();
    }
}
