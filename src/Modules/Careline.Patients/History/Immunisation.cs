using System.Linq.Expressions;
using Microsoft.Extensions.Validation;

namespace Careline.Patients.History;

/// <summary>A vaccine that was given.</summary>
/// <param name="Vaccine">Which.</param>
/// <param name="GivenOn">When.</param>
/// <param name="Lot">The maker's lot.</param>
[ValidatableType, JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ImmunisationRequest(
    [Required, StringLength(200)] string Vaccine,
    [Range(typeof(DateOnly), "1900-01-01", "2200-12-31")] DateOnly GivenOn,
    [StringLength(100)] string? Lot = null);

/// <summary>A vaccine that was given.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Vaccine">Which.</param>
/// <param name="GivenOn">When.</param>
/// <param name="Lot">The maker's lot.</param>
/// <param name="RecordedBy">The account that recorded it.</param>
/// <param name="CreatedAt">When it was recorded.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="Version">Rises with each change.</param>
public sealed record ImmunisationResponse(
    Guid Id, string Vaccine, DateOnly GivenOn, string? Lot, Guid RecordedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version)
    : IVersioned;

/// <summary>An immunisation, recorded by those who treat.</summary>
internal sealed class Immunisation : HistoryEntry, IHistoryEntry<Immunisation, ImmunisationRequest, ImmunisationResponse>
{
    public static HistoryNoun Noun { get; } =
        new("immunisations", "Immunisation", "immunisation", a => a.RequireClinicalReading(), a => a.RequireTreating());

    public static Expression<Func<Immunisation, ImmunisationResponse>> Projection { get; } = i => new ImmunisationResponse(
        i.Id, i.Vaccine, i.GivenOn, i.Lot, i.RecordedBy, i.CreatedAt, i.UpdatedAt, i.Version);

    public string Vaccine { get; private set; } = "";

    public DateOnly GivenOn { get; private set; }

    public string? Lot { get; private set; }

    public ImmunisationRequest AsRequest() => new(Vaccine, GivenOn, Lot);

    public void Replace(ImmunisationRequest request) => (Vaccine, GivenOn, Lot) = request;

    internal sealed class Mapping : IEntityTypeConfiguration<Immunisation>
    {
        public void Configure(EntityTypeBuilder<Immunisation> builder) => Map(builder, "immunisations");
    }
}
