namespace Careline.Accounts.Contracts;

/// <summary>Makes administrators from the command line, where there is nobody yet to invite them, and finds those there are.</summary>
public interface IAdministratorAccounts
{
    /// <summary>Makes the account and answers its id.</summary>
    /// <exception cref="Platform.Web.InvalidInput">Address or password may not be used.</exception>
    /// <exception cref="Platform.Web.RuleViolation">ALREADY_REGISTERED: the address or name is taken.</exception>
    Task<Guid> CreateAsync(NewAdministrator person, CancellationToken ct);

    /// <summary>The accounts of everybody who runs the platform at present.</summary>
    Task<IReadOnlyList<Guid>> ActiveAsync(CancellationToken ct);
}

/// <summary>An administrator to make.</summary>
/// <param name="Email">The e-mail address.</param>
/// <param name="Password">The password.</param>
/// <param name="IsSuperAdmin">Whether they may make administrators themselves.</param>
/// <param name="UserName">The sign-in name; the address serves when it is null.</param>
/// <param name="IsDemo">A demo person of Development, whose documented password is exempt from the rules.</param>
public sealed record NewAdministrator(string Email, string Password, bool IsSuperAdmin, string? UserName = null, bool IsDemo = false);
