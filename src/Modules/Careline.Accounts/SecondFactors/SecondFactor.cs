using Careline.Accounts.Accounts;
using Careline.Accounts.Passkeys;

namespace Careline.Accounts.SecondFactors;

/// <summary>Checks what comes after the password: a code of the app or, where the phone is lost, a recovery code.</summary>
internal sealed class SecondFactor(FieldCipher cipher)
{
    /// <summary>Whether the account asks for one.</summary>
    public static async Task<bool> IsOnAsync(CarelineDb db, Guid accountId, CancellationToken ct) => (await MethodsAsync(db, accountId, ct)).Count > 0;

    /// <summary>Whether an authenticator app is in use.</summary>
    public static Task<bool> HasAppAsync(CarelineDb db, Guid accountId, CancellationToken ct) =>
        db.Set<Authenticator>().AnyAsync(a => a.AccountId == accountId && a.ConfirmedAt != null, ct);

    /// <summary>What the account may show as its second factor; nothing where it has none.</summary>
    public static async Task<IReadOnlyList<string>> MethodsAsync(CarelineDb db, Guid accountId, CancellationToken ct)
    {
        var has = await db.Set<Account>().Where(a => a.Id == accountId).Select(a => new
        {
            App = db.Set<Authenticator>().Any(x => x.AccountId == a.Id && x.ConfirmedAt != null),
            Passkey = db.Set<Passkey>().Any(x => x.AccountId == a.Id),
        }).SingleAsync(ct);
        return (has.App, has.Passkey) switch
        {
            (true, true) => ["totp", "passkey", "recovery_code"],
            (true, false) => ["totp", "recovery_code"],
            (false, true) => ["passkey", "recovery_code"],
            _ => [],
        };
    }

    /// <summary>Recovery codes stand in for a factor: without any they would be a way in by themselves.</summary>
    public static async Task DropRecoveryCodesIfLastAsync(CarelineDb db, Guid accountId, CancellationToken ct)
    {
        if (!await IsOnAsync(db, accountId, ct))
        {
            await db.Set<RecoveryCode>().Where(c => c.AccountId == accountId).ExecuteDeleteAsync(ct);
        }
    }

    /// <summary>
    /// Whether the code is right; it is used up in the present transaction. A wrong one is counted, and the count must be committed by the caller.
    /// </summary>
    public async Task<bool> TakeAsync(CarelineDb db, Guid accountId, string code, CancellationToken ct)
    {
        var typed = code.Trim();
        if (typed.Length > 6)
        {
            return await TakeRecoveryCodeAsync(db, accountId, typed, ct);
        }

        var authenticators = db.Set<Authenticator>().Where(a => a.AccountId == accountId);
        var authenticator = await authenticators.FirstOrDefaultAsync(a => a.ConfirmedAt != null && a.Failures < Authenticator.MostFailures, ct);
        if (authenticator is null)
        {
            return false;
        }

        // The step moves forward in one statement: of two who show the same code at once, one is let in.
        if (authenticator.StepOf(typed, cipher, db.Now) is { } step
            && await authenticators.Where(a => a.LastStep < step)
                .ExecuteUpdateAsync(a => a.SetProperty(x => x.LastStep, step).SetProperty(x => x.Failures, 0), ct) == 1)
        {
            return true;
        }

        await authenticators.ExecuteUpdateAsync(a => a.SetProperty(x => x.Failures, x => x.Failures + 1), ct);
        return false;
    }

    /// <summary>New recovery codes in the place of all earlier ones, shown this once; the caller saves.</summary>
    public static async Task<IReadOnlyList<string>> IssueRecoveryCodesAsync(CarelineDb db, Guid accountId, CancellationToken ct)
    {
        await db.Set<RecoveryCode>().Where(c => c.AccountId == accountId).ExecuteDeleteAsync(ct);
        var codes = Enumerable.Range(0, RecoveryCode.Issued).Select(_ => RecoveryCode.Issue(accountId, db.Now)).ToList();
        codes.ForEach(c => db.Append(c.Row));
        return [.. codes.Select(c => c.Text)];
    }

    private static async Task<bool> TakeRecoveryCodeAsync(CarelineDb db, Guid accountId, string typed, CancellationToken ct)
    {
        var (hash, now) = (RecoveryCode.HashOf(accountId, typed), db.Now);
        var taken = await db.Set<RecoveryCode>().Where(c => c.AccountId == accountId && c.Hash == hash && c.UsedAt == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), ct) == 1;
        if (taken)
        {
            await db.Set<Authenticator>().Where(a => a.AccountId == accountId).ExecuteUpdateAsync(a => a.SetProperty(x => x.Failures, 0), ct);
        }

        return taken;
    }
}
