using System.Buffers.Text;
using System.Linq.Expressions;
using System.Security.Cryptography;
using Careline.Platform.Delivery;
using Microsoft.Extensions.Options;

namespace Careline.Notifications.Push;

/// <summary>What a browser's <c>PushSubscription.toJSON()</c> says (W3C Push API).</summary>
/// <param name="Endpoint">Where the browser's push service is written to.</param>
/// <param name="Keys">The browser's keys.</param>
public sealed record SubscribeRequest([Required, MaxLength(2000)] string Endpoint, [Required] SubscriptionKeys Keys);

/// <summary>A browser's keys, in base64url.</summary>
/// <param name="P256dh">Its P-256 public key.</param>
/// <param name="Auth">Its secret of 16 bytes.</param>
public sealed record SubscriptionKeys([Required, MaxLength(200)] string P256dh, [Required, MaxLength(100)] string Auth);

/// <summary>A browser that shows what the caller is told. Its endpoint is a secret and not shown.</summary>
/// <param name="Id">The subscription.</param>
/// <param name="UserAgent">What the browser called itself.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="LastUsedAt">When its push service last took a message.</param>
public sealed record SubscriptionResponse(Guid Id, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt)
{
    internal static Expression<Func<PushSubscription, SubscriptionResponse>> Projection { get; } =
        s => new SubscriptionResponse(s.Id, s.UserAgent, s.CreatedAt, s.LastUsedAt);
}

/// <summary>What a browser binds its subscription to.</summary>
/// <param name="PublicKey">The <c>applicationServerKey</c>: an uncompressed P-256 point in base64url (RFC 8292, section 3.2).</param>
public sealed record PushKeyResponse(string PublicKey);

internal static class Subscriptions
{
    private const int MostDevices = 20;
    private const int LongestAgent = 200;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/push-key/", Key).Named("GetPushKey", "The key to which a browser binds its push subscription.").ForSignedIn();
        group.MapGet("/push-subscriptions/", List).Named("ListPushSubscriptions", "Lists the caller's browsers that show notifications.").ForSignedIn();
        group.MapPost("/push-subscriptions/", Subscribe).Named("SubscribeToPush", "Lets a browser show what the caller is told.").ForSignedIn();
        group.MapDelete("/push-subscriptions/{id:guid}/", Delete).Named("UnsubscribeFromPush", "Lets a browser show notifications no longer.").ForSignedIn()
            .VisibleAs<PushSubscription>();
    }

    private static async Task<Answer<PushKeyResponse>> Key(Vapid vapid, IOptions<DeliveryOptions> delivery, CancellationToken ct)
    {
        CheckOffered(delivery.Value);
        return Answer.Ok(new PushKeyResponse(await vapid.PublicKeyAsync(ct)));
    }

    private static async Task<PageAnswer<SubscriptionResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct) => Answer.Page(
        await query.PageAsync(PushSubscription.VisibleTo(db, actor).OrderByDescending(s => s.CreatedAt).ThenBy(s => s.Id), SubscriptionResponse.Projection, ct));

    // A browser belongs to whoever is signed in there now: one that subscribed for somebody else before is taken over, as the person before it left.
    private static async Task<CreatedAnswer<SubscriptionResponse>> Subscribe(
        SubscribeRequest request, HttpRequest http, Actor actor, FieldCipher cipher, IOptions<NotificationsOptions> options, IOptions<DeliveryOptions> delivery,
        CarelineDb db, CancellationToken ct)
    {
        CheckOffered(delivery.Value);
        var target = Read(request, options.Value);
        var agent = http.Headers.UserAgent.ToString();
        var row = PushSubscription.Of(actor.AccountId, target, agent.Length == 0 ? null : agent[..Math.Min(agent.Length, LongestAgent)], cipher, db.Now);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"push:{Convert.ToHexString(row.EndpointHash)}"}, 0))", ct);
        await db.Set<PushSubscription>().Where(s => s.EndpointHash == row.EndpointHash).ExecuteDeleteAsync(ct);
        if (await PushSubscription.VisibleTo(db, actor).CountAsync(ct) >= MostDevices)
        {
            throw new RuleViolation("TOO_MANY_DEVICES", $"At most {MostDevices} browsers show notifications. Remove one first.");
        }

        db.Append(row);
        db.Publish(new Contracts.PreferencesChanged(actor.AccountId));
        await db.SaveChangesAsync(ct);
        return Answer.Created(new SubscriptionResponse(row.Id, row.UserAgent, row.CreatedAt, null), "Notifications will be shown here.");
    }

    private static async Task<DeletedAnswer> Delete(Guid id, Actor actor, CarelineDb db, CancellationToken ct)
    {
        await PushSubscription.VisibleTo(db, actor).Where(s => s.Id == id).ExecuteDeleteAsync(ct);
        return Answer.Deleted();
    }

    private static void CheckOffered(DeliveryOptions delivery)
    {
        if (delivery.Push.Length == 0)
        {
            throw new RuleViolation("PUSH_NOT_OFFERED", "This installation sends nothing to browsers.");
        }
    }

    private static PushTarget Read(SubscribeRequest request, NotificationsOptions options)
    {
        var faults = new Dictionary<string, string[]>();
        if (!Uri.TryCreate(request.Endpoint, UriKind.Absolute, out var endpoint) || PushAddresses.Complaint(endpoint, options.PushHosts) is not null)
        {
            faults["endpoint"] = [endpoint is null ? "Must be an https address of a push service." : PushAddresses.Complaint(endpoint, options.PushHosts)!];
        }

        var (key, secret) = (Decode(request.Keys.P256dh), Decode(request.Keys.Auth));
        if (key is null || !IsPoint(key))
        {
            faults["keys.p256dh"] = ["Must be an uncompressed point of P-256 in base64url."];
        }

        if (secret is not { Length: 16 })
        {
            faults["keys.auth"] = ["Must be 16 bytes in base64url."];
        }

        return faults.Count == 0 ? new PushTarget(endpoint!, key!, secret!) : throw new InvalidInput(faults);
    }

    // Some browsers' libraries pad.
    private static byte[]? Decode(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text.TrimEnd('='));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsPoint(byte[] key)
    {
        try
        {
            using var theirs = ECDiffieHellman.Create(PushEncryption.Parameters(key));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
