using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace Careline.Platform.Web;

/// <summary>A place in a list that is ordered by time and id, opaque to clients: what is added meanwhile moves nothing.</summary>
/// <param name="At">The time of the last row read.</param>
/// <param name="Id">Its id.</param>
public readonly record struct FeedCursor(DateTimeOffset At, Guid Id)
{
    private const int Bytes = sizeof(long) + 16;

    /// <summary>As it is sent.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At.UtcTicks);
        Id.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads what was sent.</summary>
    public static bool TryParse(string text, out FeedCursor cursor)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        cursor = default;
        if (text.Length != Base64Url.GetEncodedLength(Bytes) || !Base64Url.TryDecodeFromChars(text, bytes, out var length) || length != Bytes)
        {
            return false;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        cursor = new FeedCursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[sizeof(long)..], bigEndian: true));
        return true;
    }
}

/// <summary>Which piece of a long list is asked for.</summary>
/// <param name="Limit">Rows, at most 100.</param>
/// <param name="After">The place to read on from, or null for the newest.</param>
public sealed record FeedPlace(int Limit, FeedCursor? After)
{
    /// <summary>Reads <c>limit</c> and <c>cursor</c>; faults are the query's.</summary>
    public static FeedPlace Of(ListQuery query)
    {
        FeedCursor? after = null;
        if (query.Text("cursor") is { } text)
        {
            if (FeedCursor.TryParse(text, out var cursor))
            {
                after = cursor;
            }
            else
            {
                query.Fault("cursor", "Must be a cursor from an answer.");
            }
        }

        return new FeedPlace(query.Integer("limit", 1, 100) ?? 20, after);
    }
}

/// <summary>A piece of a long list.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Rows">The rows, the newest first.</param>
/// <param name="Limit">Rows asked for.</param>
/// <param name="Next">Where to read on, or null at the end.</param>
public sealed record Feed<T>(IReadOnlyList<T> Rows, int Limit, FeedCursor? Next)
{
    /// <summary>Where to read on in a list that is read by a number: the parameter, and its value.</summary>
    public (string Name, long Value)? NextNumber { get; init; }

    /// <summary>The same piece with its rows told otherwise.</summary>
    public Feed<TOther> Select<TOther>(Func<T, TOther> tell) => new([.. Rows.Select(tell)], Limit, Next) { NextNumber = NextNumber };

    internal FeedMeta MetaFor(HttpRequest request)
    {
        var cursor = Next?.ToString();
        var (name, value) = NextNumber is { } number ? (number.Name, number.Value.ToString(CultureInfo.InvariantCulture)) : ("cursor", cursor);
        if (value is null)
        {
            return new FeedMeta(Limit, null, null);
        }

        var query = new QueryBuilder(request.Query.Where(pair => pair.Key != name)
            .SelectMany(pair => pair.Value.Select(given => KeyValuePair.Create(pair.Key, given ?? ""))))
        {
            { name, value },
        };
        return new FeedMeta(Limit, cursor, request.Path + query.ToString());
    }
}
