using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Careline.Accounts.Tokens;

/// <summary>What an access token says: who, in which sign-in, of which generation.</summary>
internal sealed record AccessClaims(Guid AccountId, Guid SessionId, int Generation);

/// <summary>
/// Issues and verifies access tokens: JWT (RFC 7519) of one pinned kind, HS256 with type <c>at+jwt</c> (RFC 9068). The header must be, byte for
/// byte, the one we write, so that no other algorithm, key reference or critical extension is ever looked at (RFC 8725, section 3).
/// </summary>
internal sealed class AccessTokens
{
    private const int LongestToken = 4096;
    private const int MostKnown = 5000;

    private static readonly SearchValues<char> _alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly TimeSpan _skew = TimeSpan.FromSeconds(30);

    // Tokens that were found to be ours and whole: nothing but the time can change that. Every request brings one, and most have been seen before.
    private readonly ConcurrentDictionary<string, Payload> _known = new(StringComparer.Ordinal);
    private readonly Lazy<byte[]> _key;
    private readonly TimeProvider _clock;
    private readonly TokenOptions _options;
    private readonly string _header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"at+jwt"}"""u8);
    private int _added;

    public AccessTokens(MasterSecret secret, TimeProvider clock, IOptions<TokenOptions> options)
        : this(() => secret.Derive("access-token"), clock, options)
    {
    }

    internal AccessTokens(Func<byte[]> key, TimeProvider clock, IOptions<TokenOptions> options) =>
        (_key, _clock, _options) = (new Lazy<byte[]>(key), clock, options.Value);

    /// <summary>Life of a token in seconds.</summary>
    public int LifeSeconds => _options.AccessMinutes * 60;

    public string Issue(AccessClaims claims)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Payload(
            _options.Issuer, _options.Issuer, claims.AccountId, claims.SessionId, claims.Generation, now, now, now + LifeSeconds, Guid.CreateVersion7(_clock.GetUtcNow())), _payloadJson);
        var signed = _header + "." + Base64Url.EncodeToString(payload);
        return signed + "." + Base64Url.EncodeToString(HMACSHA256.HashData(_key.Value, Encoding.ASCII.GetBytes(signed)));
    }

    /// <summary>The claims of a token that is ours, whole and in force; null for every other text.</summary>
    public AccessClaims? Verify(string token)
    {
        var isKnown = _known.TryGetValue(token, out var payload);
        payload ??= ReadWhole(token);
        if (payload is null || !IsInForce(payload))
        {
            return null;
        }

        if (!isKnown)
        {
            Remember(token, payload);
        }

        return new AccessClaims(payload.Sub, payload.Sid, payload.Ver);
    }

    private void Remember(string token, Payload payload)
    {
        if (Interlocked.Increment(ref _added) > MostKnown)
        {
            _known.Clear();
            Volatile.Write(ref _added, 0);
        }

        _known[token] = payload;
    }

    private Payload? ReadWhole(string token)
    {
        if (token.Length > LongestToken || !Ascii.IsValid(token))
        {
            return null;
        }

        var last = token.LastIndexOf('.');
        if (last < 0 || token.IndexOf('.', StringComparison.Ordinal) != _header.Length
            || !token.StartsWith(_header, StringComparison.Ordinal) || last == _header.Length)
        {
            return null;
        }

        var expected = HMACSHA256.HashData(_key.Value, Encoding.ASCII.GetBytes(token[..last]));
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var signature = token.AsSpan(last + 1);
        if (!TryDecode(signature, given) || !CryptographicOperations.FixedTimeEquals(expected, given))
        {
            return null;
        }

        return Read(token.AsSpan(_header.Length + 1, last - _header.Length - 1));
    }

    // A signature has exactly one spelling: 43 characters whose unused bits are zero. Others would let one token look like many.
    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes) =>
        text.Length == 43 && Base64Url.IsValid(text, out var length) && length == bytes.Length
        && Base64Url.TryDecodeFromChars(text, bytes, out _)
        && text.SequenceEqual(Base64Url.EncodeToString(bytes));

    private static Payload? Read(ReadOnlySpan<char> payload)
    {
        try
        {
            // The decoder would pass over padding and spaces: then one token could be spelled in many ways.
            if (payload.ContainsAnyExcept(_alphabet))
            {
                return null;
            }

            return JsonSerializer.Deserialize<Payload>(Base64Url.DecodeFromChars(payload), _payloadJson);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return null;
        }
    }

    private bool IsInForce(Payload claims)
    {
        var now = _clock.GetUtcNow();
        return claims.Iss == _options.Issuer && claims.Aud == _options.Issuer
            && claims.Iat >= 0 && claims.Exp - claims.Iat <= LifeSeconds && claims.Exp > now.ToUnixTimeSeconds()
            && claims.Nbf <= (now + _skew).ToUnixTimeSeconds();
    }

    private static readonly JsonSerializerOptions _payloadJson = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        MaxDepth = 4,
    };

    private sealed record Payload(string Iss, string Aud, Guid Sub, Guid Sid, int Ver, long Iat, long Nbf, long Exp, Guid Jti);
}
