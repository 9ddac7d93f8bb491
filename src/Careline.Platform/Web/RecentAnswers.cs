using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Careline.Platform.Web;

/// <summary>
/// Answers of a moment ago to questions that everybody asks alike, such as the doctor list. Whatever this host commits ends them all at once,
/// so that nobody who changed something reads what was before; what another host commits shows within a second.
/// </summary>
public sealed class RecentAnswers(TimeProvider clock)
{
    // A page of doctors is some 15 KB.
    private const int Most = 200;

    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private long _commits;

    /// <summary>Counts what this host committed: an answer that was made before a commit is not kept after it.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    internal void Forget() => Interlocked.Increment(ref _commits);

    /// <summary>The answer of a moment ago, or null.</summary>
    public T? Find<T>(string key)
        where T : class => _kept.TryGetValue(key, out var kept) && IsFresh(kept) ? kept.Answer as T : null;

    /// <summary>Keeps an answer for a moment.</summary>
    /// <param name="key">The question.</param>
    /// <param name="answer">The answer, which nobody changes.</param>
    /// <param name="commits">What <see cref="Commits"/> was before the answer was made.</param>
    public void Keep(string key, object answer, long commits)
    {
        if (_kept.Count >= Most)
        {
            foreach (var (old, kept) in _kept)
            {
                if (!IsFresh(kept))
                {
                    _kept.TryRemove(old, out _);
                }
            }
        }

        if (_kept.Count < Most)
        {
            _kept[key] = new Kept(answer, clock.GetUtcNow() + _moment, commits);
        }
    }

    private bool IsFresh(Kept kept) => kept.Commits == Commits && clock.GetUtcNow() < kept.Until;

    private sealed record Kept(object Answer, DateTimeOffset Until, long Commits);
}

/// <summary>Lets a route repeat recent answers.</summary>
public static class RecentAnswersRoutes
{
    /// <summary>
    /// Repeats a recent answer to the same query, whoever asks: only for what is public and the same for everybody. Queries that name
    /// <paramref name="except"/>, whose answer depends on who asks, are always asked anew.
    /// </summary>
    public static RouteHandlerBuilder AnsweredAlike(this RouteHandlerBuilder route, string except) => route.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        if (http.Request.Query.ContainsKey(except))
        {
            return await next(context);
        }

        var recent = http.RequestServices.GetRequiredService<RecentAnswers>();
        var key = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}{http.Request.QueryString}";
        if (recent.Find<byte[]>(key) is { } kept)
        {
            return new Repeated(kept);
        }

        var commits = recent.Commits;
        var result = await next(context);
        if (result is not WireAnswer { Status: StatusCodes.Status200OK, ETag: null } answer)
        {
            return result;
        }

        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = answer.Body(json, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), http.Request)!;
        recent.Keep(key, body, commits);
        return new Repeated(body);
    });

    private sealed class Repeated(byte[] body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WireAnswer.WriteAsync(httpContext, StatusCodes.Status200OK, body, null);
    }
}
