using System.Linq.Expressions;
using Microsoft.Extensions.Validation;

namespace Careline.Patients.History;

/// <summary>Whom to call.</summary>
/// <param name="Name">The name.</param>
/// <param name="Phone">E.164.</param>
/// <param name="Relation">To the patient, in words.</param>
/// <param name="Email">E-mail address.</param>
[ValidatableType, JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EmergencyContactRequest(
    [Required, StringLength(200)] string Name,
    [Required, RegularExpression(@"^\+[1-9][0-9]{6,14}$", ErrorMessage = "Must be a phone number such as +2348012345678.")] string Phone,
    [StringLength(100)] string? Relation = null,
    [EmailAddress, StringLength(254)] string? Email = null);

/// <summary>Whom to call.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Name">The name.</param>
/// <param name="Phone">E.164.</param>
/// <param name="Relation">To the patient, in words.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="RecordedBy">The account that recorded it.</param>
/// <param name="CreatedAt">When it was recorded.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="Version">Rises with each change.</param>
public sealed record EmergencyContactResponse(
    Guid Id, string Name, string Phone, string? Relation, string? Email, Guid RecordedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version)
    : IVersioned;

/// <summary>A person to call in an emergency. Contact data, not clinical: the desk reads and writes it too.</summary>
internal sealed class EmergencyContact : HistoryEntry, IHistoryEntry<EmergencyContact, EmergencyContactRequest, EmergencyContactResponse>
{
    public static HistoryNoun Noun { get; } =
        new("emergency-contacts", "EmergencyContact", "emergency contact", _ => { }, a => a.RequireContactWriting());

    public static Expression<Func<EmergencyContact, EmergencyContactResponse>> Projection { get; } = c => new EmergencyContactResponse(
        c.Id, c.Name, c.Phone, c.Relation, c.Email, c.RecordedBy, c.CreatedAt, c.UpdatedAt, c.Version);

    public string Name { get; private set; } = "";

    public string Phone { get; private set; } = "";

    public string? Relation { get; private set; }

    public string? Email { get; private set; }

    public EmergencyContactRequest AsRequest() => new(Name, Phone, Relation, Email);

    public void Replace(EmergencyContactRequest request) => (Name, Phone, Relation, Email) = request;

    internal sealed class Mapping : IEntityTypeConfiguration<EmergencyContact>
    {
        public void Configure(EntityTypeBuilder<EmergencyContact> builder) => Map(builder, "emergency_contacts");
    }
}
