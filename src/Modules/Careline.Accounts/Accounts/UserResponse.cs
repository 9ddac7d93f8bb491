using System.Linq.Expressions;

namespace Careline.Accounts.Accounts;

/// <summary>An account, as its owner and administrators see it.</summary>
public sealed record UserResponse : IVersioned
{
    /// <summary>The account's id; chats and participants use it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The sign-in name.</summary>
    public required string Username { get; init; }

    /// <summary>The e-mail address.</summary>
    public required string? Email { get; init; }

    /// <summary>E.164.</summary>
    public required string? Phone { get; init; }

    /// <summary>Given name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Family name.</summary>
    public required string LastName { get; init; }

    /// <summary>The first role: what the person mainly is.</summary>
    public required string UserType { get; init; }

    /// <summary>All roles.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>active or disabled.</summary>
    public required string Status { get; init; }

    /// <summary>The patient record, if any; clinical and scheduling paths use it.</summary>
    public required Guid? PatientId { get; init; }

    /// <summary>The doctor profile, if any; clinical and scheduling paths use it.</summary>
    public required Guid? DoctorId { get; init; }

    /// <summary>Whether the address was shown to be theirs.</summary>
    public required bool EmailVerified { get; init; }

    /// <summary>Whether the phone was shown to be theirs.</summary>
    public required bool PhoneVerified { get; init; }

    /// <summary>When the account was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last sign-in.</summary>
    public required DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>Raised by every change.</summary>
    public required int Version { get; init; }

    internal static Expression<Func<Account, UserResponse>> Projection { get; } = a => new UserResponse
    {
        Id = a.Id,
        Username = a.UserName!,
        Email = a.Email,
        Phone = a.PhoneNumber,
        FirstName = a.FirstName,
        LastName = a.LastName,
        UserType = a.Roles.Length > 0 ? a.Roles[0] : "",
        Roles = a.Roles,
        Status = a.Status == AccountStatus.Active ? "active" : "disabled",
        PatientId = a.PatientId,
        DoctorId = a.DoctorId,
        EmailVerified = a.EmailConfirmed,
        PhoneVerified = a.PhoneNumberConfirmed,
        CreatedAt = a.CreatedAt,
        LastLoginAt = a.LastLoginAt,
        Version = a.Version,
    };

    private static readonly Func<Account, UserResponse> _project = Projection.Compile();

    internal static UserResponse From(Account account) => _project(account);
}
