using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Careline.Gateways.Sandbox;

/// <summary>Answers in a gateway's place what would have gone over the network, each call in a transaction of its own.</summary>
internal sealed partial class SandboxHandler(ISandboxPlayer player, IServiceScopeFactory scopes, ILogger<SandboxHandler> log) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        SandboxAnswer answer;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            answer = await player.AnswerAsync(await ReadAsync(request, cancellationToken), new SandboxBooks(db, player), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(log, player.Name, error.GetType().Name);
            answer = new SandboxAnswer(500, "the sandbox failed");
        }

        return new HttpResponseMessage((System.Net.HttpStatusCode)answer.Status)
        {
            Content = new StringContent(answer.Body.ToJsonString(), Encoding.UTF8, "application/json"),
            RequestMessage = request,
        };
    }

    private static async Task<SandboxCall> ReadAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(ct);
        var isForm = request.Content?.Headers.ContentType?.MediaType == "application/x-www-form-urlencoded";
        return new SandboxCall(
            request.Method.Method,
            request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries),
            Fields(request.RequestUri.Query),
            isForm ? Fields(Encoding.UTF8.GetString(body)) : new Dictionary<string, string>(),
            isForm ? default : GatewayJson.Parse(body),
            request.Headers.Authorization?.ToString(),
            Header(request, "Idempotency-Key") ?? Header(request, "X-Refund-Idempotency"));
    }

    private static Dictionary<string, string> Fields(string text) => QueryHelpers.ParseQuery(text).ToDictionary(p => p.Key, p => p.Value[^1] ?? "");

    private static string? Header(HttpRequestMessage request, string name) => request.Headers.TryGetValues(name, out var values) ? values.First() : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "The sandbox of {Gateway} failed: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, Gateway gateway, string errorType);
}
