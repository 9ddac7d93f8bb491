using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Careline.Gateways;

/// <summary>
/// The line to one gateway. What is asked twice without harm is asked again when nothing came; when most goes wrong, it is left alone for a while. Every way
/// in which a call can end is an answer, <see cref="GatewayRefused"/> or <see cref="GatewayAway"/>.
/// </summary>
internal sealed partial class GatewayLine(Gateway gateway, IHttpClientFactory clients, ILogger<GatewayLine> log, TimeSpan? pause = null)
{
    private const int MostBytes = 256 * 1024;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly ResiliencePropertyKey<bool> _isRepeatable = new("careline.repeatable");

    private readonly ResiliencePipeline<Reply> _pipeline = new ResiliencePipelineBuilder<Reply>()
        .AddTimeout(Patience)
        .AddRetry(new RetryStrategyOptions<Reply>
        {
            MaxRetryAttempts = 2,
            Delay = pause ?? TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is GatewayAway && args.Context.Properties.GetValue(_isRepeatable, false)),
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Reply>
        {
            FailureRatio = 0.5,
            MinimumThroughput = 20,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(15),
            ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is GatewayAway),
        })
        .Build();

    public static string ClientOf(Gateway gateway) => "payments." + gateway;

    /// <summary>Sends a request and answers the JSON that came back.</summary>
    /// <param name="request">Makes the request; called once for each try.</param>
    /// <param name="isRepeatable">It reads, or carries a key by which the gateway knows it again.</param>
    /// <param name="codeOf">Where a refusal says why.</param>
    /// <param name="ct">The caller's patience.</param>
    public async Task<JsonElement> SendAsync(Func<HttpRequestMessage> request, bool isRepeatable, Func<JsonElement, string?> codeOf, CancellationToken ct)
    {
        var reply = await TryAsync(request, isRepeatable, ct);
        var body = GatewayJson.Parse(reply.Body);
        return reply.Status switch
        {
            // The same is being done for somebody else who asked with the same key.
            409 => throw Away("HTTP_409", null),
            >= 400 => throw new GatewayRefused(GatewayJson.Code(codeOf(body), Http(reply.Status))),
            _ when body.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) => throw Away("NO_JSON", null),
            _ => body,
        };
    }

    /// <summary>How something stands that was asked for already: who will not say does not thereby take it back.</summary>
    public static async Task<T> QuestionAsync<T>(Task<T> question)
    {
        try
        {
            return await question;
        }
        catch (GatewayRefused refused)
        {
            throw new GatewayAway(refused.Code, refused);
        }
    }

    private async Task<Reply> TryAsync(Func<HttpRequestMessage> request, bool isRepeatable, CancellationToken ct)
    {
        var context = ResilienceContextPool.Shared.Get(ct);
        context.Properties.Set(_isRepeatable, isRepeatable);
        try
        {
            return await _pipeline.ExecuteAsync(static async (context, state) => await state.Line.OnceAsync(state.Request, context.CancellationToken), context, (Line: this, Request: request));
        }
        catch (GatewayAway away)
        {
            LogAway(log, gateway, away.Code);
            throw;
        }
        catch (TimeoutRejectedException slow)
        {
            throw Away("TIMEOUT", slow);
        }
        catch (BrokenCircuitException open)
        {
            throw Away("LEFT_ALONE", open);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<Reply> OnceAsync(Func<HttpRequestMessage> make, CancellationToken ct)
    {
        try
        {
            using var client = clients.CreateClient(ClientOf(gateway));
            using var request = make();
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var status = (int)response.StatusCode;
            return status is >= 500 or 408 or 429 or (>= 300 and < 400)
                ? throw new GatewayAway(Http(status)) : new Reply(status, await ReadAsync(response, ct));
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new GatewayAway("UNREACHABLE", error);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var bytes = new byte[MostBytes + 1];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return read > MostBytes ? throw new GatewayAway("TOO_LARGE") : bytes[..read];
    }

    private GatewayAway Away(string code, Exception? inner)
    {
        LogAway(log, gateway, code);
        return new GatewayAway(code, inner);
    }

    private static string Http(int status) => string.Create(CultureInfo.InvariantCulture, $"HTTP_{status}");

    [LoggerMessage(Level = LogLevel.Warning, Message = "Gateway {Gateway} is away: {Code}")]
    private static partial void LogAway(ILogger logger, Gateway gateway, string code);

    private sealed record Reply(int Status, byte[] Body);
}
