using System.Text;
using Careline.Platform.Data;
using Careline.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Careline.Payments.Gateways.Sandbox;

/// <summary>Brings the sandbox's webhooks that are due, signed as they leave; one that is not taken comes again later.</summary>
internal sealed partial class DeliverSandboxWebhooks(SandboxPlayers players, ILogger<DeliverSandboxWebhooks> log) : IRecurringJob
{
    private const int AtOnce = 200;

    public string Name => "payments.sandbox-webhooks";

    public TimeSpan Every => players.IsOn ? TimeSpan.FromSeconds(1) : TimeSpan.FromDays(1);

    public Task RunAsync(IServiceProvider scope, CancellationToken ct) =>
        players.IsOn && scope.GetService<IWebhookDoor>() is { } door ? DeliverAsync(scope.GetRequiredService<CarelineDb>(), door, ct) : Task.CompletedTask;

    /// <summary>Brings what is due by the application's clock.</summary>
    public async Task DeliverAsync(CarelineDb db, IWebhookDoor door, CancellationToken ct)
    {
        var now = db.Now;
        var due = await db.Set<SandboxDelivery>().AsTracking()
            .Where(d => d.DeliveredAt == null && d.DueAt <= now && d.Tries < SandboxDelivery.MostTries).OrderBy(d => d.DueAt).ThenBy(d => d.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var delivery in due)
        {
            var headers = players.Of(delivery.Gateway)!.Sign(delivery, db.Now);
            try
            {
                if (await door.TakeAsync(delivery.Gateway, new WebhookRequest(HeaderOf, Encoding.UTF8.GetBytes(delivery.Body), db.Now), ct))
                {
                    delivery.Delivered(db.Now);
                }
                else
                {
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sandbox webhook of {Gateway} was not taken: {ErrorType}")]
    private static partial void LogFailed(ILogger logger, Gateway gateway, string errorType);
}
