using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Careline.Platform.Delivery;

namespace Careline.Notifications.Push;

/// <summary>
/// Web Push (RFC 8030): a message goes to every browser that its account subscribed, and was delivered when one push service took it. A subscription that
/// a service no longer knows (404, 410) is removed. Browsers show a delivery once, by its id.
/// </summary>
internal sealed class PushTransport(IServiceScopeFactory scopes, IHttpClientFactory clients, Vapid vapid, FieldCipher cipher, TimeProvider clock) : IMessageTransport
{
    public const string Client = "push";

    private const int LongestText = 1500;

    // Chosen by us where nobody said how long the message is of use.
    private static readonly TimeSpan _usualLife = TimeSpan.FromHours(4);

    public Channel Channel => Channel.Push;

    public string Name => "webpush";

    public async Task SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var accountId = Guid.Parse(message.To);
        var subscriptions = await db.Set<PushSubscription>().Where(s => s.AccountId == accountId).OrderBy(s => s.Id).ToListAsync(ct);

        // All at once: a service that hangs must not use up the patience that others need.
        var outcomes = await Task.WhenAll(subscriptions.Select(s => TryAsync(message, s, ct)));
        await NoteAsync(db, [.. outcomes.Where(o => o.IsTaken).Select(o => o.Id)], [.. outcomes.Where(o => o is { IsTaken: false, Error: null }).Select(o => o.Id)], ct);
        if (!outcomes.Any(o => o.IsTaken))
        {
            throw outcomes.Select(o => o.Error).FirstOrDefault(e => e is not null and not NotDeliverable)
                ?? outcomes.Select(o => o.Error).FirstOrDefault(e => e is not null) ?? new NotDeliverable("NO_SUBSCRIPTION");
        }
    }

    private async Task<(Guid Id, bool IsTaken, Exception? Error)> TryAsync(OutgoingMessage message, PushSubscription subscription, CancellationToken ct)
    {
        try
        {
            return (subscription.Id, subscription.Open(cipher) is { } target && await HandOverAsync(message, target, ct), null);
        }
        catch (Exception error) when (error is HttpRequestException or NotDeliverable || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return (subscription.Id, false, error);
        }
    }

    /// <summary>False where the push service knows the subscription no longer.</summary>
    private async Task<bool> HandOverAsync(OutgoingMessage message, PushTarget target, CancellationToken ct)
    {
        using var client = clients.CreateClient(Client);
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Endpoint);
        try
        {
            request.Content = new ByteArrayContent(PushEncryption.Encrypt(Text(message), target));
        }
        catch (CryptographicException)
        {
            return false;
        }

        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.TryAddWithoutValidation("Authorization", await vapid.AuthorizationAsync(target.Endpoint, ct));
        var life = (message.NotAfter ?? clock.GetUtcNow() + _usualLife) - clock.GetUtcNow();
        request.Headers.Add("TTL", Math.Max(0, (long)life.TotalSeconds).ToString(CultureInfo.InvariantCulture));

        // A repeated delivery takes the place of the former one that a browser has not fetched yet (RFC 8030, section 5.4: at most 32 characters).
        request.Headers.Add("Topic", message.Id.ToString("N"));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return false;
        }

        // 4xx speaks of this message or of our key: the same again would be refused again. 408 and 429 ask for another try; a redirect is not followed.
        if ((int)response.StatusCode is >= 300 and < 500 and not (408 or 429))
        {
            throw new NotDeliverable(string.Create(CultureInfo.InvariantCulture, $"PUSH_{(int)response.StatusCode}"));
        }

        response.EnsureSuccessStatusCode();
        return true;
    }

    private static byte[] Text(OutgoingMessage message)
    {
        var body = message.Text.Length > LongestText ? message.Text[..LongestText] : message.Text;
        var text = JsonSerializer.SerializeToUtf8Bytes(new { id = message.Id, title = message.Subject, body });
        return text.Length <= PushEncryption.LongestText ? text : JsonSerializer.SerializeToUtf8Bytes(new { id = message.Id, title = message.Subject });
    }

    private async Task NoteAsync(CarelineDb db, Guid[] taken, Guid[] gone, CancellationToken ct)
    {
        if (gone.Length > 0)
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM notifications.push_subscriptions WHERE id = ANY ({gone})", ct);
        }

        if (taken.Length > 0)
        {
            await db.Database.ExecuteSqlAsync($"UPDATE notifications.push_subscriptions SET last_used_at = {clock.GetUtcNow()} WHERE id = ANY ({taken})", ct);
        }
    }
}
