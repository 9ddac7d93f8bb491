namespace Careline.Accounts.SecondFactors;

/// <summary>A sign-in whose first factor was right. Five tries for the second, five minutes, once.</summary>
internal sealed class MfaChallenge
{
    public const int MostTries = 5;

    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public byte[] Hash { get; private set; } = [];

    public Guid AccountId { get; private set; }

    public int Tries { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public static (MfaChallenge Row, string Text) Issue(Guid accountId, DateTimeOffset now)
    {
        var (text, hash) = OpaqueToken.Issue();
        return (new MfaChallenge { Hash = hash, AccountId = accountId, CreatedAt = now, ExpiresAt = now + Life }, text);
    }
}
