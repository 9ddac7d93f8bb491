using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Careline.Notifications.Push;

/// <summary>Says to push services who writes (RFC 8292): an ES256 token under the installation's key, to which browsers bind what they subscribe.</summary>
internal sealed class Vapid(IServiceScopeFactory scopes, FieldCipher cipher, TimeProvider clock, IOptions<NotificationsOptions> options) : IDisposable
{
    // At most 24 hours (RFC 8292, section 2); half of it leaves room for a push service's clock.
    private static readonly TimeSpan _serves = TimeSpan.FromHours(12);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private ECParameters? _key;

    /// <summary>The public key, as browsers take it: an uncompressed point in base64url.</summary>
    public async Task<string> PublicKeyAsync(CancellationToken ct) => Base64Url.EncodeToString(PushEncryption.PublicOf(await KeyAsync(ct)));

    /// <summary>The value of the <c>Authorization</c> header for one push service.</summary>
    public async Task<string> AuthorizationAsync(Uri endpoint, CancellationToken ct)
    {
        var key = await KeyAsync(ct);
        return $"vapid t={Token(key, endpoint, clock.GetUtcNow() + _serves, options.Value.PushContact)}, k={Base64Url.EncodeToString(PushEncryption.PublicOf(key))}";
    }

    internal static string Token(ECParameters key, Uri endpoint, DateTimeOffset expires, string contact)
    {
        var claims = new Dictionary<string, object> { ["aud"] = endpoint.GetLeftPart(UriPartial.Authority), ["exp"] = expires.ToUnixTimeSeconds() };
        if (contact.Length > 0)
        {
            claims["sub"] = contact;
        }

        var signed = $"{Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        using var signer = ECDsa.Create(key);
        var signature = signer.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose() => _gate.Dispose();

    private async Task<ECParameters> KeyAsync(CancellationToken ct)
    {
        if (_key is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(ct);
        try
        {
            return _key ??= await LoadAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    // Of two hosts that make it at once the second takes the first's. In a scope of its own: a request that is refused must not take the key with it.
    private async Task<ECParameters> LoadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var rows = await ReadAsync(db, ct);
        if (rows.Count == 0)
        {
            var id = db.NewId();
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var wrapped = cipher.Seal(Convert.ToBase64String(made.ExportPkcs8PrivateKey()), PlaceOf(id));
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO notifications.vapid_keys (id, private_key, created_at) VALUES ({id}, {wrapped}, {db.Now}) ON CONFLICT DO NOTHING", ct);
            rows = await ReadAsync(db, ct);
        }

        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(cipher.Open(rows[0].PrivateKey, PlaceOf(rows[0].Id))), out _);
        return key.ExportParameters(includePrivateParameters: true);
    }

    private static Task<List<KeyRow>> ReadAsync(CarelineDb db, CancellationToken ct) => db.Database.SqlQuery<KeyRow>(
        $"""SELECT id AS "Id", private_key AS "PrivateKey" FROM notifications.vapid_keys""").ToListAsync(ct);

    private static string PlaceOf(Guid id) => $"notifications.vapid_keys.private_key:{id}";

    private sealed record KeyRow(Guid Id, byte[] PrivateKey);
}
