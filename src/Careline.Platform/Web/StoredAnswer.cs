using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Careline.Platform.Web;

/// <summary>
/// The <c>Idempotency-Key</c> header: the key is claimed and the answer kept in the transaction of the effect, so that a retry after any
/// fault either finds both or neither. Two requests with one key at the same time: the second waits at the primary key and replays.
/// </summary>
internal sealed class StoredAnswer
{
    private const string Header = "Idempotency-Key";

    private readonly Guid _actorId;
    private readonly string _key;
    private readonly string _route;
    private readonly byte[] _hash;

    private StoredAnswer(Guid actorId, string key, string route, byte[] hash)
    {
        _actorId = actorId;
        _key = key;
        _route = route;
        _hash = hash;
    }

    /// <summary>Whether the caller sent a key.</summary>
    public static bool IsAskedFor(HttpContext http) => HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.ContainsKey(Header);

    /// <summary>Makes the body readable a second time, before the framework binds it.</summary>
    public static void PrepareBody(HttpContext http)
    {
        // A file is not kept in the clear on the way to where it is encrypted; no route that takes one keeps its answer.
        if (IsAskedFor(http) && !http.Request.HasFormContentType)
        {
            http.Request.EnableBuffering();
        }
    }

    /// <summary>The caller's claim, or null when there is no key.</summary>
    public static async Task<StoredAnswer?> ReadAsync(HttpContext http, Guid actorId)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var header))
        {
            return null;
        }

        var key = header.ToString();
        if (key.Length is 0 or > 255 || key.Any(c => c is < ' ' or > '~'))
        {
            throw new InvalidInput("idempotency_key", "The Idempotency-Key header must be 1 to 255 printable ASCII characters.");
        }

        if (!http.Request.Body.CanSeek)
        {
            throw new InvalidInput("idempotency_key", "Only a JSON body is sent with an Idempotency-Key here.");
        }

        http.Request.Body.Position = 0;
        var hash = await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted);
        return new StoredAnswer(actorId, key, http.Request.Path.Value!.TrimEnd('/'), hash);
    }

    /// <summary>Claims the key in the present transaction; false when an earlier request already did.</summary>
    public async Task<bool> ClaimAsync(CarelineDb db, CancellationToken ct) => await db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO platform.idempotency_keys (actor_id, key, route, body_hash, created_at)
        VALUES ({_actorId}, {_key}, {_route}, {_hash}, {db.Now}) ON CONFLICT DO NOTHING
        """,
        ct) == 1;

    /// <summary>The first answer, or a refusal when the key was used for something else.</summary>
    public async Task<IResult> ReplayAsync(CarelineDb db, CancellationToken ct)
    {
        var first = await db.Database.SqlQuery<Row>(
            $"""
            SELECT route AS "Route", body_hash AS "BodyHash", status AS "Status", answer AS "Answer", etag AS "Etag"
            FROM platform.idempotency_keys WHERE actor_id = {_actorId} AND key = {_key}
            """)
            .FirstOrDefaultAsync(ct) ?? throw new Unavailable();
        return first.Route == _route && first.BodyHash.AsSpan().SequenceEqual(_hash) && first.Status is { } status
            ? new Replay(status, first.Answer, first.Etag) : throw new IdempotencyKeyReused();
    }

    /// <summary>Keeps the answer beside its effect, and gives out those very bytes: a replay repeats the first answer to the letter.</summary>
    public async Task<IResult> KeepAsync(CarelineDb db, HttpContext http, WireAnswer answer)
    {
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = answer.Body(json, db.Now, http.Request);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE platform.idempotency_keys SET status = {answer.Status}, answer = {body}, etag = {answer.ETag}
            WHERE actor_id = {_actorId} AND key = {_key}
            """,
            http.RequestAborted);
        return new Kept(answer.Status, body, answer.ETag);
    }

    private sealed class Row
    {
        public string Route { get; init; } = "";

        public byte[] BodyHash { get; init; } = [];

        public int? Status { get; init; }

        public byte[]? Answer { get; init; }

        public string? Etag { get; init; }
    }

    private sealed class Kept(int status, byte[]? body, string? etag) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WireAnswer.WriteAsync(httpContext, status, body, etag);
    }

    private sealed class Replay(int status, byte[]? body, string? etag) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers["Idempotency-Replayed"] = "true";
            return WireAnswer.WriteAsync(httpContext, status, body, etag);
        }
    }
}
