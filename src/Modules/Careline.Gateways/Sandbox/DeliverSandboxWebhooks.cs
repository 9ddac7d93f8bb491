using System.Text;
using Careline.Platform.Jobs;
using Microsoft.Extensions.Logging;

namespace Careline.Gateways.Sandbox;

/// <summary>Brings the sandbox's webhooks that are due, signed as they leave; one that is not taken comes again later.</summary>
internal sealed partial class DeliverSandboxWebhooks(SandboxPlayers players, IServiceScopeFactory scopes, ILogger<DeliverSandboxWebhooks> log) : IRecurringJob
{
    private const int AtOnce = 200;

    public string Name => "payments.sandbox-webhooks";

    public TimeSpan Every => players.IsOn ? TimeSpan.FromSeconds(1) : TimeSpan.FromDays(1);

    public Task RunAsync(IServiceProvider scope, CancellationToken ct) =>
        players.IsOn ? DeliverAsync(scope.GetRequiredService<CarelineDb>(), TakeAsync, ct) : Task.CompletedTask;

    /// <summary>Brings what is due by the application's clock to who takes it; false asks for it again later, as an error does.</summary>
    public async Task DeliverAsync(CarelineDb db, Func<Gateway, WebhookRequest, CancellationToken, Task<bool>> take, CancellationToken ct)
    {
        var now = db.Now;
        var due = await db.Set<SandboxDelivery>().AsTracking()
            .Where(d => d.DeliveredAt == null && d.DueAt <= now && d.Tries < SandboxDelivery.MostTries).OrderBy(d => d.DueAt).ThenBy(d => d.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var delivery in due)
        {
            var headers = players.Of(delivery.Gateway)!.Sign(delivery, db.Now);
            try
            {
                if (await take(delivery.Gateway, new WebhookRequest(HeaderOf, Encoding.UTF8.GetBytes(delivery.Body), db.Now), ct))
                {
                    delivery.Delivered(db.Now);
                }
                else
                {
                    LogFailed(log, delivery.Gateway, "Forged");
                    delivery.Failed(db.Now);
                }
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                LogFailed(log, delivery.Gateway, error.GetType().Name);
                delivery.Failed(db.Now);
            }

            await db.SaveChangesAsync(ct);

            string? HeaderOf(string name) => headers.FirstOrDefault(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
        }
    }

    // In a scope of its own, as a request has one: what failed leaves nothing behind for the next.
    private async Task<bool> TakeAsync(Gateway gateway, WebhookRequest request, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IWebhookDoor>().TakeAsync(gateway, request, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sandbox webhook of {Gateway} was not taken: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, Gateway gateway, string errorType);
}
