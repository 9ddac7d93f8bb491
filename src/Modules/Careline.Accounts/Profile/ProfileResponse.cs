using Careline.Accounts.Accounts;
using Careline.Accounts.Pictures;

namespace Careline.Accounts.Profile;

/// <summary>The signed-in person: account, contact data, settings, and beside them the fields of the profile that goes with the role.</summary>
public sealed record ProfileResponse : IVersioned
{
    /// <summary>The account's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The sign-in name.</summary>
    public required string Username { get; init; }

    /// <summary>The e-mail address.</summary>
    public required string? Email { get; init; }

    /// <summary>Given name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Family name.</summary>
    public required string LastName { get; init; }

    /// <summary>The first role.</summary>
    public required string UserType { get; init; }

    /// <summary>All roles.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>E.164.</summary>
    public required string? Phone { get; init; }

    /// <summary>Birth date.</summary>
    public required DateOnly? DateOfBirth { get; init; }

    /// <summary>Postal address.</summary>
    public required string? Address { get; init; }

    /// <summary>A few words about the person.</summary>
    public required string? Bio { get; init; }

    /// <summary>Address of the picture: the person's own, or one elsewhere.</summary>
    public required string? ProfilePicture { get; init; }

    /// <summary>The person's own settings, a JSON object.</summary>
    public required JsonElement Preferences { get; init; }

    /// <summary>The patient record, if any.</summary>
    public required Guid? PatientId { get; init; }

    /// <summary>The doctor profile, if any.</summary>
    public required Guid? DoctorId { get; init; }

    /// <summary>Raised by every change.</summary>
    public required int Version { get; init; }

    /// <summary>Fields of the role's profile.</summary>
    [JsonExtensionData]
    public IDictionary<string, object?> RoleFields { get; init; } = new Dictionary<string, object?>();

    internal static ProfileResponse From(Account account, IReadOnlyDictionary<string, object?> roleFields) => new()
    {
        Id = account.Id,
        Username = account.UserName!,
        Email = account.Email,
        FirstName = account.FirstName,
        LastName = account.LastName,
        UserType = account.Roles.FirstOrDefault() ?? "",
        Roles = account.Roles,
        Phone = account.PhoneNumber,
        DateOfBirth = account.DateOfBirth,
        Address = account.Address,
        Bio = account.Bio,
        ProfilePicture = account.PictureFileId is null ? account.ProfilePicture : OwnPicture.Address,
        Preferences = JsonSerializer.Deserialize<JsonElement>(account.Preferences),
        PatientId = account.PatientId,
        DoctorId = account.DoctorId,
        Version = account.Version,
        RoleFields = roleFields.Where(f => !_own.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value),
    };

    private static readonly HashSet<string> _own =
        [.. typeof(ProfileResponse).GetProperties().Select(p => SnakeCase.Of(p.Name))];
}
