namespace Careline.Accounts.Contracts;

/// <summary>Where people are reached, for those who tell them something.</summary>
public interface IAccountAddresses
{
    /// <summary>Of the active ones among these accounts, where a message goes.</summary>
    Task<IReadOnlyList<AccountAddress>> OfAsync(IReadOnlyCollection<Guid> accountIds, CancellationToken ct);
}

/// <summary>Where somebody is reached.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Phone">E.164.</param>
public sealed record AccountAddress(Guid AccountId, string? Email, string? Phone);
