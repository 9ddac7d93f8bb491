using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Careline.Accounts;
using Careline.Accounts.Tokens;
using Careline.Platform.Security;
using Careline.Platform.Time;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Careline.Tests.Corpora;

/// <summary>Only a token that we wrote, whole and in force, opens anything.</summary>
public sealed class TokenTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public void No_vector_of_wycheproof_is_taken_for_one_of_ours()
    {
        var seen = 0;
        var accepted = new List<string>();
        foreach (var group in Corpus.Wycheproof("json_web_signature_test.json").GetProperty("testGroups").EnumerateArray())
        {
            var key = Key(group);
            var tokens = new AccessTokens(() => key, TimeProvider.System, Options.Create(new TokenOptions()));
            foreach (var vector in group.GetProperty("tests").EnumerateArray())
            {
                seen++;

                // Also those the corpus calls valid: sound signatures over what is no access token of ours.
                var jws = vector.GetProperty("jws");
                if (tokens.Verify(jws.ValueKind == JsonValueKind.String ? jws.GetString()! : jws.GetRawText()) is not null)
                {
                    accepted.Add($"{vector.GetProperty("tcId")} {vector.GetProperty("comment")}");
                }
            }

            tokens.Verify(tokens.Issue(new AccessClaims(Guid.CreateVersion7(), Guid.CreateVersion7(), 1))).ShouldNotBeNull("one of ours under the same key is accepted");
        }

        accepted.ShouldBeEmpty();
        seen.ShouldBe(401);
    }

    [Fact]
    public void The_frameworks_hmac_agrees_with_wycheproof()
    {
        foreach (var group in Corpus.Wycheproof("hmac_sha256_test.json").GetProperty("testGroups").EnumerateArray())
        {
            foreach (var vector in group.GetProperty("tests").EnumerateArray())
            {
                var tag = Convert.FromHexString(vector.GetProperty("tag").GetString()!);
                var made = HMACSHA256.HashData(Convert.FromHexString(vector.GetProperty("key").GetString()!), Convert.FromHexString(vector.GetProperty("msg").GetString()!))[..tag.Length];
                CryptographicOperations.FixedTimeEquals(made, tag).ShouldBe(vector.GetProperty("result").GetString() == "valid", vector.GetProperty("tcId").ToString());
            }
        }
    }

    [Fact]
    public async Task A_forged_altered_or_stale_token_is_refused_and_the_real_one_is_not()
    {
        using var person = await app.PatientAsync();
        var offenders = new List<string>();
        var hostile = Hostile(person.Access);

        foreach (var (why, token) in hostile)
        {
            token.ShouldNotBe(person.Access, why);
            using var client = app.NewClient(null);
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            var reply = await client.AskAsync("/api/auth/profile/");
            if (reply.Status != 401 || reply.Headers.WwwAuthenticate.Count == 0)
            {
                offenders.Add($"{why}: {reply.Status}");
            }
        }

        offenders.ShouldBeEmpty();
        hostile.Count.ShouldBeGreaterThan(100);
        (await person.GetAsync("/api/auth/profile/")).Status.ShouldBe(200);
        using var rebuilt = app.NewClient(Forge("""{"alg":"HS256","typ":"at+jwt"}""", Claims(person.Access)));
        (await rebuilt.AskAsync("/api/auth/profile/")).Status.ShouldBe(200, "the forger of this test knows how a real one is made");
    }

    [Fact]
    public void A_token_that_was_good_before_ends_at_its_time()
    {
        var clock = new CarelineClock();
        var tokens = new AccessTokens(() => new byte[32], clock, Options.Create(new TokenOptions()));
        var token = tokens.Issue(new AccessClaims(Guid.CreateVersion7(), Guid.CreateVersion7(), 1));
        tokens.Verify(token).ShouldNotBeNull();
        tokens.Verify(token).ShouldNotBeNull("known by now");

        clock.Offset += TimeSpan.FromSeconds(tokens.LifeSeconds);

        tokens.Verify(token).ShouldBeNull();
    }

    [Theory]
    [InlineData("Basic {0}")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer  {0} x")]
    [InlineData("Bearer {0}, Bearer {0}")]
    [InlineData("Bearer\t{0}")]
    [InlineData("{0}")]
    [InlineData("Bearer \"{0}\"")]
    public async Task A_header_of_another_form_signs_nobody_in(string header)
    {
        using var person = await app.PatientAsync();
        using var client = app.NewClient(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header.Replace("{0}", person.Access, StringComparison.Ordinal));

        (await client.AskAsync("/api/auth/profile/")).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    [InlineData("Token")]
    [InlineData("token")]
    public async Task No_spelling_of_the_scheme_makes_a_forged_token_good(string scheme)
    {
        using var person = await app.PatientAsync();

        (await AskAsync($"{scheme} {person.Access}")).Status.ShouldBe(200, "the scheme is read without regard to case (RFC 9110, section 11.1)");
        (await AskAsync($"{scheme} {Forge("""{"alg":"none","typ":"at+jwt"}""", Claims(person.Access))}")).Status.ShouldBe(401);
        (await AskAsync($"{scheme} {person.Refresh}")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_token_of_an_ended_session_or_of_two_people_opens_nothing()
    {
        using var left = await app.PatientAsync();
        using var other = await app.PatientAsync();
        (await left.PostAsync("/api/auth/logout/")).Status.ShouldBe(200);
        var of = (string token, string claim) => JsonNode.Parse(Claims(token))![claim]!.DeepClone();

        (await left.GetAsync("/api/auth/profile/")).Status.ShouldBe(401);
        foreach (var (why, claims) in new (string, string)[]
        {
            ("an ended session under a new token", Claims(left.Access)),
            ("one's own name in another's session", Claims(left.Access, c => c["sid"] = of(other.Access, "sid"))),
            ("another's name in an ended session", Claims(left.Access, c => c["sub"] = of(other.Access, "sub"))),
            ("a generation yet to come", Claims(other.Access, c => c["ver"] = 99)),
        })
        {
            (await AskAsync($"Bearer {Forge("""{"alg":"HS256","typ":"at+jwt"}""", claims)}")).Status.ShouldBe(401, why);
        }

        (await other.GetAsync("/api/auth/profile/")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("Cookie", "access={0}")]
    [InlineData("X-Authorization", "Bearer {0}")]
    [InlineData("Proxy-Authorization", "Bearer {0}")]
    [InlineData("X-Access-Token", "{0}")]
    [InlineData("Sec-WebSocket-Protocol", "{0}")]
    public async Task A_token_in_another_header_signs_nobody_in(string name, string value)
    {
        using var person = await app.PatientAsync();

        (await app.Anonymous.SendAsync("GET", "/api/auth/profile/", null, (name, value.Replace("{0}", person.Access, StringComparison.Ordinal)))).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("/api/auth/profile/?access_token={0}")]
    [InlineData("/api/auth/profile/?Authorization=Bearer%20{0}")]
    [InlineData("/api/auth/profile/?token={0}")]
    public async Task A_token_in_a_query_string_signs_nobody_in(string path)
    {
        using var person = await app.PatientAsync();

        (await app.Anonymous.AskAsync(path.Replace("{0}", person.Access, StringComparison.Ordinal))).Status.ShouldBe(401);
    }

    private List<(string Why, string Token)> Hostile(string real)
    {
        const string header = """{"alg":"HS256","typ":"at+jwt"}""";
        var parts = real.Split('.');
        var now = app.Now.ToUnixTimeSeconds();
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        using var rsa = RSA.Create(2048);
        var found = new List<(string, string)>
        {
            ("empty", "x"),
            ("dots only", ".."),
            ("three dots", "..."),
            ("no signature", $"{parts[0]}.{parts[1]}."),
            ("two parts", $"{parts[0]}.{parts[1]}"),
            ("four parts", real + ".x"),
            ("five parts", real + ".x.y"),
            ("extra dot in front", "." + real),
            ("header twice", $"{parts[0]}.{real}"),
            ("padding on the signature", real + "="),
            ("padding on the payload", Sign($"{parts[0]}.{parts[1]}=")),
            ("last character of the signature re-encoded", real[..^1] + Neighbour(real[^1])),
            ("first character of the signature changed", $"{parts[0]}.{parts[1]}.{Neighbour(parts[2][0])}{parts[2][1..]}"),
            ("standard base64 alphabet", $"{parts[0]}.{parts[1]}.{Convert.ToBase64String(Base64Url.DecodeFromChars(parts[2])).TrimEnd('=')}/"),
            ("a space inside", $"{parts[0]}. {parts[1]}.{parts[2]}"),
            ("a truncated signature", real[..^2]),
            ("a longer signature", real + "AA"),
            ("an 8 KB token", Forge(header, Claims(real, c => c["pad"] = new string('x', 8192)))),
            ("8 KB of rubbish", new string('a', 8192)),
            ("another key", Forge(header, payload, RandomNumberGenerator.GetBytes(32))),
            ("an empty key", Forge(header, payload, [])),
            ("claims twice", Forge(header, payload[..^1] + $",\"exp\":{now + 900}}}")),
            ("claims in capitals", Forge(header, payload.Replace("\"exp\"", "\"EXP\"", StringComparison.Ordinal))),
            ("no JSON", Forge(header, "claims")),
            ("an array", Forge(header, $"[{payload}]")),
            ("trailing JSON", Forge(header, payload + "{}")),
            ("UTF-16", Sign($"{parts[0]}.{Base64Url.EncodeToString(Encoding.Unicode.GetBytes(payload))}")),
            ("one byte over 4 KB", OfLength(real, 4097)),
            ("a payload whose last bits mean nothing", Sign($"{parts[0]}.{Respelled(real)}")),
            ("a zero byte at the end", real + "%00"),
            ("the public key of another algorithm as the secret", Forge(header, payload, rsa.ExportSubjectPublicKeyInfo())),
            ("the same as text", Forge("""{"alg":"RS256","typ":"at+jwt"}""", payload, Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()))),
            ("signed by RSA", SignRsa(rsa, """{"alg":"RS256","typ":"at+jwt"}""", payload)),
            ("signed by RSA, called HS256", SignRsa(rsa, header, payload)),
            ("the signature of the header alone", $"{parts[0]}.{parts[1]}.{Sign(parts[0]).Split('.')[1]}"),
            ("sub twice", Forge(header, payload[..^1] + $",\"sub\":\"{Guid.CreateVersion7()}\"}}")),
            ("ver twice, the same", Forge(header, payload[..^1] + ",\"ver\":1}")),
            ("a byte order mark", Forge(header, "\uFEFF" + payload)),
            ("encrypted by name", $"{Base64Url.EncodeToString("""{"alg":"dir","enc":"A256GCM"}"""u8)}..{parts[1]}.{parts[2]}."),
            ("deep nesting", Forge(header, Claims(real, c => c["pad"] = JsonNode.Parse(new string('[', 40) + new string(']', 40))))),
        };
        foreach (var alg in new[] { "none", "None", "NONE", "nOnE", "", "HS384", "HS512", "RS256", "ES256", "hs256", "A256KW" })
        {
            var head = $$"""{"alg":"{{alg}}","typ":"at+jwt"}""";
            found.Add(($"alg {alg} signed", Forge(head, payload)));
            found.Add(($"alg {alg} unsigned", $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(head))}.{parts[1]}."));
        }

        foreach (var head in new[]
        {
            """{"typ":"at+jwt","alg":"HS256"}""", """{"alg":"HS256"}""", """{"alg":"HS256","typ":"JWT"}""", """{"alg": "HS256","typ":"at+jwt"}""", """{"alg":"HS256","typ":"at+jwt","kid":"../../dev/null"}""",
            """{"alg":"HS256","typ":"at+jwt","kid":"' UNION SELECT 'AA' --"}""", """{"alg":"HS256","typ":"at+jwt","kid":"/proc/sys/kernel/randomize_va_space"}""",
            """{"alg":"HS256","typ":"at+jwt","x5u":"https://evil.test/cert"}""", """{"alg":"HS256","typ":"at+jwt","x5c":["AA"]}""", """{"alg":"HS256","typ":"at+jwt","zip":"DEF"}""",
            """{"alg":["HS256"],"typ":"at+jwt"}""", """{"alg":"HS256","typ":"at+jwt","typ":"at+jwt"}""", """{"alg":"HS256","typ":"AT+JWT"}""", """{"alg":"HS256","typ":"application/at+jwt"}""",
            """{"alg":"HS256","typ":"at+jwt","jwk":{"kty":"oct","k":"AA"}}""", """{"alg":"HS256","typ":"at+jwt","jku":"https://evil.test/keys"}""", """{"alg":"HS256","typ":"at+jwt","crit":["exp"]}""",
            """{"alg":"HS256","alg":"none","typ":"at+jwt"}""", """{"alg":"HS256","typ":"at+jwt","b64":false}""", """{}""",
        })
        {
            found.Add(($"header {head}", Forge(head, payload)));
        }

        foreach (var (why, change) in new (string, Action<JsonObject>)[]
        {
            ("exp as text", c => c["exp"] = $"{now + 900}"), ("exp as a fraction", c => c["exp"] = now + 900.5), ("exp null", c => c["exp"] = null), ("exp missing", c => c.Remove("exp")),
            ("exp huge", c => c["exp"] = long.MaxValue), ("exp beyond our life", c => c["exp"] = now + 86400), ("exp past", c => c["exp"] = now - 1), ("exp zero", c => c["exp"] = 0), ("exp negative", c => c["exp"] = -1),
            ("nbf in the future", c => c["nbf"] = now + 3600), ("nbf missing", c => c.Remove("nbf")), ("iat missing", c => c.Remove("iat")), ("iat lowest", c => c["iat"] = long.MinValue), ("wrong iss", c => c["iss"] = "evil"), ("wrong aud", c => c["aud"] = "other"), ("aud as an array", c => c["aud"] = new JsonArray("careline")),
            ("iss missing", c => c.Remove("iss")), ("aud missing", c => c.Remove("aud")), ("another's sub", c => c["sub"] = Guid.CreateVersion7().ToString()), ("sub no uuid", c => c["sub"] = "admin"),
            ("unknown sid", c => c["sid"] = Guid.CreateVersion7().ToString()), ("sid missing", c => c.Remove("sid")), ("wrong ver", c => c["ver"] = 2), ("ver as text", c => c["ver"] = "1"), ("ver missing", c => c.Remove("ver")),
        })
        {
            found.Add((why, Forge(header, Claims(real, change))));
        }

        return found;
    }

    private static string Claims(string token, Action<JsonObject>? change = null)
    {
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();
        change?.Invoke(claims);
        return claims.ToJsonString();
    }

    private string Forge(string header, string payload, byte[]? key = null) =>
        Sign($"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}", key);

    private static string SignRsa(RSA rsa, string header, string payload)
    {
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    // One of ours in every respect but its length.
    private string OfLength(string real, int length) =>
        Enumerable.Range(2600, 200).Select(i => Forge("""{"alg":"HS256","typ":"at+jwt"}""", Claims(real, c => c["pad"] = new string('x', i)))).First(t => t.Length >= length);

    // The last character of a payload that does not fill its group carries bits that mean nothing and must be zero.
    private static string Respelled(string real)
    {
        var bytes = Enumerable.Range(0, 3).Select(i => Encoding.UTF8.GetBytes(Claims(real, c => c["pad"] = new string('x', i)))).First(b => b.Length % 3 == 1);
        var text = Base64Url.EncodeToString(bytes);
        return text[..^1] + Neighbour(text[^1]);
    }

    private async Task<Reply> AskAsync(string authorization)
    {
        using var client = app.NewClient(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        return await client.AskAsync("/api/auth/profile/");
    }

    private string Sign(string text, byte[]? key = null) =>
        text + "." + Base64Url.EncodeToString(HMACSHA256.HashData(key ?? app.Services.GetRequiredService<MasterSecret>().Derive("access-token"), Encoding.ASCII.GetBytes(text)));

    // Differs in the lowest bit: in the last character of a signature those bits mean nothing and must be zero.
    private static char Neighbour(char c)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return alphabet[alphabet.IndexOf(c, StringComparison.Ordinal) ^ 1];
    }

    private static byte[] Key(JsonElement group) =>
        group.TryGetProperty("private", out var jwk) && jwk.ValueKind == JsonValueKind.Object && jwk.TryGetProperty("k", out var k) ? Base64Url.DecodeFromChars(k.GetString()) : new byte[32];
}
