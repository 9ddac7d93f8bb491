using Careline.Accounts.Accounts;
using Careline.Platform.Delivery;
using Microsoft.Extensions.Options;

namespace Careline.Accounts.OneTimeCodes;

/// <summary>Asks for a code by SMS.</summary>
/// <param name="Phone">With its country code.</param>
public sealed record SendOtpRequest([Required, MaxLength(40)] string Phone);

/// <summary>A code is on its way; says the same of every number.</summary>
/// <param name="ChallengeId">Send it back with the code.</param>
/// <param name="ExpiresIn">Seconds for which the code serves.</param>
/// <param name="ResendIn">Seconds until another code may be asked for.</param>
public sealed record SendOtpResponse(Guid ChallengeId, int ExpiresIn, int ResendIn);

/// <summary>
/// Anybody may ask for a code to any number, known or not: what is sent is bounded by number, counted in the database so that more hosts do not
/// mean more messages, and a new code ends the one before.
/// </summary>
internal static class SendOtp
{
    private static readonly (TimeSpan Within, int Most)[] _limits =
        [(TimeSpan.FromMinutes(1), 1), (TimeSpan.FromMinutes(15), 3), (TimeSpan.FromDays(1), 10)];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/send-otp/", Handle)
        .Named("SendOtp", "Sends a code to a phone, to sign in or up with.").ForAnyone("People without a password sign in by it.").LimitedAsAuth(countsSuccess: true);

    private static async Task<Answer<SendOtpResponse>> Handle(
        SendOtpRequest request, HttpRequest http, CarelineDb db, OtpKey key, Postbox post, Phrases phrases, IOptionsMonitor<RateLimitOptions> limits, CancellationToken ct)
    {
        var phone = AccountNames.ToPhone(request.Phone)
            ?? throw new InvalidInput("phone", "Enter the number with its country code, such as +2348012345678.");
        var now = db.Now;

        // Two requests for one number at once are counted one after the other.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({phone}, 7))", ct);
        if (limits.CurrentValue.Enabled)
        {
            await RefuseTooManyAsync(db, phone, now, ct);
        }

        await db.Set<OtpChallenge>().Where(c => c.Phone == phone && c.EndedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.EndedAt, now), ct);
        var (challenge, code) = OtpChallenge.Make(phone, key.Value, now);
        db.Append(challenge);
        post.Sms(phone, phrases.Say("accounts.code", http.Languages(), ("code", code)).Text, OtpChallenge.Life);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(
            new SendOtpResponse(challenge.Id, (int)OtpChallenge.Life.TotalSeconds, (int)_limits[0].Within.TotalSeconds), "A code is on its way.");
    }

    private static async Task RefuseTooManyAsync(CarelineDb db, string phone, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - _limits[^1].Within;
        var sent = await db.Set<OtpChallenge>().Where(c => c.Phone == phone && c.CreatedAt > since)
            .OrderByDescending(c => c.CreatedAt).Select(c => c.CreatedAt).Take(_limits[^1].Most).ToListAsync(ct);
        foreach (var (within, most) in _limits)
        {
            if (sent.Count >= most && sent[most - 1] > now - within)
            {
                throw new RateLimited((int)Math.Ceiling((sent[most - 1] + within - now).TotalSeconds));
            }
        }
    }
}

/// <summary>The key of the hashes of codes.</summary>
internal sealed class OtpKey(MasterSecret secret)
{
    private readonly Lazy<byte[]> _value = new(() => secret.Derive("otp"));

    public byte[] Value => _value.Value;
}
