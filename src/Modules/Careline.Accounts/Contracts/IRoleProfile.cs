namespace Careline.Accounts.Contracts;

/// <summary>What a person said of themselves when the account was made or changed.</summary>
public sealed record AccountPerson
{
    /// <summary>The account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Given name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Family name.</summary>
    public required string LastName { get; init; }

    /// <summary>Lower case.</summary>
    public required string? Email { get; init; }

    /// <summary>E.164.</summary>
    public required string? Phone { get; init; }

    /// <summary>Birth date.</summary>
    public required DateOnly? DateOfBirth { get; init; }

    /// <summary>Postal address, free text.</summary>
    public required string? Address { get; init; }

    /// <summary>Doctors: the licence number.</summary>
    public string? MedicalLicenseNumber { get; init; }

    /// <summary>Doctors: free text, mapped onto the managed list.</summary>
    public string? Specialization { get; init; }
}

/// <summary>
/// The profile that goes with a role. Implemented by the modules that own profiles (Patients, Doctors); works on the scope's context within the
/// caller's transaction.
/// </summary>
public interface IRoleProfile
{
    /// <summary>The role, such as <see cref="Roles.Patient"/>.</summary>
    string Role { get; }

    /// <summary>Adds the profile to the context, unsaved, and answers its id.</summary>
    /// <exception cref="Platform.Web.InvalidInput">Something the role needs is missing, by request field.</exception>
    Task<Guid> CreateAsync(AccountPerson person, CancellationToken ct);

    /// <summary>Takes over changed names and contact data.</summary>
    Task UpdateAsync(Guid profileId, AccountPerson person, CancellationToken ct);

    /// <summary>Whether the account may still act in the role. Means nothing to a profile that offers nothing to others.</summary>
    Task SetEnabledAsync(Guid profileId, bool isEnabled, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Whether somebody has vouched for what the profile says; nothing needs to be vouched for where the role gives no power over others.</summary>
    Task<bool> IsTrustedAsync(Guid profileId, CancellationToken ct) => Task.FromResult(true);

    /// <summary>The account of a profile that somebody has vouched for; null where there is none, and where nobody needs to.</summary>
    Task<Guid?> FindTrustedAccountAsync(Guid profileId, CancellationToken ct) => Task.FromResult<Guid?>(null);

    /// <summary>The profile's own fields for the account's profile answer, snake_case names; values are JSON-serialisable.</summary>
    Task<IReadOnlyDictionary<string, object?>> DescribeAsync(Guid profileId, CancellationToken ct);
}
