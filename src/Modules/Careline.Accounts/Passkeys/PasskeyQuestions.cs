using Careline.Accounts.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Careline.Accounts.Passkeys;

/// <summary>A question for the device.</summary>
/// <param name="ChallengeId">Send it with the answer.</param>
/// <param name="ExpiresIn">Seconds for which an answer is awaited.</param>
/// <param name="PublicKey">For <c>navigator.credentials</c>, by parseCreationOptionsFromJSON or parseRequestOptionsFromJSON.</param>
public sealed record PasskeyQuestion(Guid ChallengeId, int ExpiresIn, JsonElement PublicKey);

/// <summary>Puts questions to devices and judges their answers (Web Authentication Level 3) by Identity's handler.</summary>
internal sealed class PasskeyQuestions(CarelineDb db, IPasskeyHandler<Account> handler, RelyingParty party)
{
    private const int LongestAnswer = 32 * 1024;

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
        return Ask(PasskeyPurpose.Registration, account.Id, asked.AttestationState!, asked.CreationOptionsJson);
    }

    /// <summary>Asks somebody who is known already, by the keys of the account; the caller saves.</summary>
    public async Task<PasskeyQuestion> AskOwnerAsync(PasskeyPurpose purpose, Account account, HttpContext http)
    {
        party.MustBeKnown();
        var asked = await handler.MakeRequestOptionsAsync(account, http);
        return Ask(purpose, account.Id, asked.AssertionState!, asked.RequestOptionsJson);
    }

    /// <summary>
    /// Asks anybody; the caller saves. No keys are listed, whoever is meant: a list, however well it is padded with keys that no device has, tells by its
    /// length and by its change that there is an account. So a device must keep its keys itself, which registration asks of it.
    /// </summary>
    public async Task<PasskeyQuestion> AskToSignInAsync(HttpContext http)
    {
        party.MustBeKnown();
        var asked = await handler.MakeRequestOptionsAsync(null, http);
        return Ask(PasskeyPurpose.SignIn, null, asked.AssertionState!, asked.RequestOptionsJson);
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
        if (state is null || TextOf(answer.Credential) is not { } text)
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

    private PasskeyQuestion Ask(PasskeyPurpose purpose, Guid? accountId, string state, string options)
    {
        var challenge = PasskeyChallenge.Ask(purpose, accountId, state, db.Now);
        db.Append(challenge);
        return new PasskeyQuestion(challenge.Id, (int)PasskeyChallenge.Life.TotalSeconds, JsonSerializer.Deserialize<JsonElement>(options));
    }
}
