using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Careline.Accounts.Accounts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Careline.Accounts.Passkeys;

/// <summary>A question for the device.</summary>
/// <param name="ChallengeId">Send it with the answer.</param>
/// <param name="ExpiresIn">Seconds for which an answer is awaited.</param>
/// <param name="PublicKey">For <c>navigator.credentials</c>, by parseCreationOptionsFromJSON or parseRequestOptionsFromJSON.</param>
public sealed record PasskeyQuestion(Guid ChallengeId, int ExpiresIn, JsonElement PublicKey);

/// <summary>Puts questions to devices and judges their answers (Web Authentication Level 3) by Identity's handler.</summary>
internal sealed class PasskeyQuestions(CarelineDb db, IPasskeyHandler<Account> handler, RelyingParty party, MasterSecret secret)
{
    private const int LongestAnswer = 32 * 1024;

    // The lengths that devices give to the ids of their keys.
    private static readonly int[] _lengths = [16, 20, 32, 64];

    /// <summary>Asks for a new key; the caller saves.</summary>
    public async Task<PasskeyQuestion> AskToRegisterAsync(Account account, HttpContext http)
    {
        party.MustBeKnown();
        var person = new PasskeyUserEntity
        {
            Id = account.Id.ToString(),
            Name = account.Email ?? account.UserName!,
            DisplayName = $"{account.FirstName} {account.LastName}".Trim(),
        };
        var asked = await handler.MakeCreationOptionsAsync(person, http);
        return Ask(PasskeyPurpose.Registration, account.Id, asked.AttestationState!, JsonNode.Parse(asked.CreationOptionsJson)!);
    }

    /// <summary>Asks somebody who is known already, by the keys of the account; the caller saves.</summary>
    public async Task<PasskeyQuestion> AskOwnerAsync(PasskeyPurpose purpose, Account account, HttpContext http)
    {
        party.MustBeKnown();
        var asked = await handler.MakeRequestOptionsAsync(account, http);
        return Ask(purpose, account.Id, asked.AssertionState!, JsonNode.Parse(asked.RequestOptionsJson)!);
    }

    /// <summary>
    /// Asks anybody; the caller saves. A name only chooses which keys are listed, for devices that need to be told. Who has none, or is not known, is
    /// given keys that no device has, always the same ones, so that the list tells nothing of the account.
    /// </summary>
    public async Task<PasskeyQuestion> AskToSignInAsync(string? userName, Guid? accountId, HttpContext http, CancellationToken ct)
    {
        party.MustBeKnown();
        var asked = await handler.MakeRequestOptionsAsync(null, http);
        var options = JsonNode.Parse(asked.RequestOptionsJson)!;
        if (userName is not null)
        {
            var known = await db.Set<Passkey>().Where(p => p.AccountId == accountId).OrderBy(p => p.Id).Select(p => p.CredentialId).ToListAsync(ct);
            options["allowCredentials"] = new JsonArray([.. (known.Count > 0 ? known : [DecoyOf(userName)])
                .Select(id => new JsonObject { ["type"] = "public-key", ["id"] = Base64Url.EncodeToString(id), ["transports"] = new JsonArray() })]);
        }

        return Ask(PasskeyPurpose.SignIn, null, asked.AssertionState!, options);
    }

    /// <summary>The key that an answer proves to be in the device, or null.</summary>
    public async Task<UserPasskeyInfo?> RegisterAsync(Guid challengeId, Guid accountId, JsonElement credential, HttpContext http, CancellationToken ct)
    {
        var state = await PasskeyChallenge.TakeAsync(db, challengeId, PasskeyPurpose.Registration, accountId, ct);
        if (state is null || TextOf(credential) is not { } text)
        {
            return null;
        }

        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = text, AttestationState = state });
        return result.Succeeded ? result.Passkey : null;
    }

    /// <summary>Who answered, with what the key says now, or null. Nothing is written yet but that the question is used up.</summary>
    public async Task<(Account Account, UserPasskeyInfo Passkey)?> JudgeAsync(
        PasskeyPurpose purpose, Guid? accountId, PasskeyAnswer answer, HttpContext http, CancellationToken ct)
    {
        var state = await PasskeyChallenge.TakeAsync(db, answer.ChallengeId, purpose, accountId, ct);
        if (state is null || TextOf(await WithUserHandleAsync(answer.Credential, ct)) is not { } text)
        {
            return null;
        }

        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = text, AssertionState = state });
        return result is { Succeeded: true, User: { } account } ? (account, result.Passkey) : null;
    }

    /// <summary>Moves the key's counter forward in the present transaction: of two answers with one count, one is heard.</summary>
    public async Task<bool> UseAsync(UserPasskeyInfo passkey, CancellationToken ct)
    {
        var (id, count, isBackedUp, now) = (passkey.CredentialId, (long)passkey.SignCount, passkey.IsBackedUp, db.Now);
        return await db.Set<Passkey>().Where(p => p.CredentialId == id && (p.SignCount < count || (p.SignCount == 0 && count == 0)))
            .ExecuteUpdateAsync(
                p => p.SetProperty(x => x.SignCount, count).SetProperty(x => x.IsBackedUp, isBackedUp).SetProperty(x => x.LastUsedAt, now), ct) == 1;
    }

    private static string? TextOf(JsonElement credential) =>
        credential.ValueKind == JsonValueKind.Object && credential.GetRawText() is { Length: <= LongestAnswer } text ? text : null;

    private PasskeyQuestion Ask(PasskeyPurpose purpose, Guid? accountId, string state, JsonNode options)
    {
        var challenge = PasskeyChallenge.Ask(purpose, accountId, state, db.Now);
        db.Append(challenge);
        return new PasskeyQuestion(challenge.Id, (int)PasskeyChallenge.Life.TotalSeconds, JsonSerializer.SerializeToElement(options));
    }

    // Keys that must be listed do not say whose they are (section 6.3.3); the owner of the key is whom its signature will be checked against.
    private async Task<JsonElement> WithUserHandleAsync(JsonElement credential, CancellationToken ct)
    {
        if (credential.ValueKind != JsonValueKind.Object || JsonNode.Parse(credential.GetRawText()) is not JsonObject answer
            || answer["response"] is not JsonObject response || response["userHandle"] is not null
            || answer["id"] is not JsonValue value || !value.TryGetValue<string>(out var text) || !Base64Url.IsValid(text))
        {
            return credential;
        }

        var id = Base64Url.DecodeFromChars(text);
        var owner = await db.Set<Passkey>().Where(p => p.CredentialId == id).Select(p => (Guid?)p.AccountId).FirstOrDefaultAsync(ct);
        response["userHandle"] = owner is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(owner.Value.ToString()));
        return JsonSerializer.SerializeToElement(answer);
    }

    private byte[] DecoyOf(string userName)
    {
        var hash = HMACSHA512.HashData(secret.Derive("passkey-decoy"), Encoding.UTF8.GetBytes(AccountNames.Normalize(userName)));
        return hash[..(_lengths[hash[^1] % _lengths.Length])];
    }
}
