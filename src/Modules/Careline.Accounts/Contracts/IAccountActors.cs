namespace Careline.Accounts.Contracts;

/// <summary>Who somebody is at this moment, for a call that carries no sign-in of its own, such as a signed link.</summary>
public interface IAccountActors
{
    /// <summary>The account's person with present roles; null where the account is disabled or gone.</summary>
    Task<Actor?> FindAsync(Guid accountId, CancellationToken ct);
}
