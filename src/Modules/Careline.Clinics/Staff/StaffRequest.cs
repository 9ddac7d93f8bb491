using Careline.Clinics.Profile;

namespace Careline.Clinics.Staff;

/// <summary>Who joins a clinic, in which role.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Role">What they do there.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StaffRequest(Guid AccountId, ClinicRole Role);

/// <summary>What somebody does at a clinic from now on.</summary>
/// <param name="Role">The role.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StaffRoleRequest(ClinicRole Role);

/// <summary>When somebody works at a clinic; replaces all that was said.</summary>
/// <param name="Hours">Hours of weekdays, by the clinic's wall clock.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StaffHoursRequest([Required, MaxLength(70)] IReadOnlyList<HoursForm> Hours) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (HoursForm.FaultOf(Hours) is { } fault)
        {
            yield return new ValidationResult(fault, [nameof(Hours)]);
        }
    }
}

/// <summary>A member of a clinic's staff.</summary>
public sealed record StaffResponse
{
    /// <summary>The membership.</summary>
    public required Guid Id { get; init; }

    /// <summary>The clinic.</summary>
    public required Guid ClinicId { get; init; }

    /// <summary>The account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>What the person is called; null where the account is gone.</summary>
    public string? Name { get; init; }

    /// <summary>The role there.</summary>
    public required ClinicRole Role { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset JoinedAt { get; init; }

    internal static StaffResponse Of(StaffMember member, IReadOnlyDictionary<Guid, string> names) => new()
    {
        Id = member.Id,
        ClinicId = member.ClinicId,
        AccountId = member.AccountId,
        Name = names.GetValueOrDefault(member.AccountId),
        Role = member.Role,
        JoinedAt = member.JoinedAt,
    };
}
