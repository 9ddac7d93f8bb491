using Careline.Audit.Contracts;
using Careline.Clinics.Clinics;

namespace Careline.Clinics.Profile;

/// <summary>When a clinic is open; replaces all that was said.</summary>
/// <param name="OpeningHours">Hours of weekdays; several a day, and over midnight.</param>
/// <param name="ClosedDays">Days on which it is closed.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OpeningHoursRequest(
    [Required, MaxLength(70)] IReadOnlyList<HoursForm> OpeningHours, [MaxLength(366)] IReadOnlyList<DateOnly>? ClosedDays = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (HoursForm.FaultOf(OpeningHours) is { } fault)
        {
            yield return new ValidationResult(fault, [nameof(OpeningHours)]);
        }

        if (ClosedDays is not null && ClosedDays.Any(d => d.Year is < 2000 or > 2200))
        {
            yield return new ValidationResult("Must be days from 2000 to 2200.", [nameof(ClosedDays)]);
        }
    }
}

internal static class SetOpeningHours
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/{id:guid}/opening-hours/", Handle).Named("SetOpeningHours", "Says when a clinic is open.").ForSignedIn().VisibleAs<Clinic>();

    private static async Task<Answer<ClinicResponse>> Handle(
        Guid id, OpeningHoursRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var clinic = await Clinic.LockAsync(db, actor, id, ct);
        ifMatch.Check(clinic);
        await db.Set<OpeningHours>().Where(h => h.ClinicId == id).ExecuteDeleteAsync(ct);
        clinic.CloseOn(request.ClosedDays ?? [], db.Now);
        db.AddRange(request.OpeningHours.Select(h => OpeningHours.Of(db.NewId(), id, h)));
        trail.About("clinic", id).Because("operations").Changed("opening_hours");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await ListClinics.ReadAsync(db, actor, id, ct), "Hours set.");
    }
}
