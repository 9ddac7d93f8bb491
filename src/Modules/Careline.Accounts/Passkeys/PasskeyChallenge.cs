namespace Careline.Accounts.Passkeys;

/// <summary>What a device is asked to sign for.</summary>
internal enum PasskeyPurpose
{
    Registration,
    SignIn,
    SecondFactor,
    StepUp,
}

/// <summary>A question to a device: five minutes, one answer.</summary>
internal sealed class PasskeyChallenge
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public Guid Id { get; private set; }

    public PasskeyPurpose Purpose { get; private set; }

    public Guid? AccountId { get; private set; }

    /// <summary>As Identity made it: the challenge, and whom it was put to.</summary>
    public string State { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public static PasskeyChallenge Ask(PasskeyPurpose purpose, Guid? accountId, string state, DateTimeOffset now) =>
        new() { Id = Ids.New(now), Purpose = purpose, AccountId = accountId, State = state, CreatedAt = now, ExpiresAt = now + Life };

    /// <summary>Takes a question away: of two who answer it at once, one is heard. Outside of a transaction, so that a wrong answer uses it up too.</summary>
    public static async Task<string?> TakeAsync(CarelineDb db, Guid id, PasskeyPurpose purpose, Guid? accountId, CancellationToken ct)
    {
        var taken = await db.Database.SqlQuery<string>(
            $"""
            DELETE FROM accounts.passkey_challenges
            WHERE id = {id} AND purpose = {EnumText<PasskeyPurpose>.Of(purpose)} AND account_id IS NOT DISTINCT FROM {accountId}::uuid AND expires_at > {db.Now}
            RETURNING state AS "Value"
            """).ToListAsync(ct);
        return taken.SingleOrDefault();
    }
}
