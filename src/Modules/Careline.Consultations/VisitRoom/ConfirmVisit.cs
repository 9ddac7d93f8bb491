using Careline.Audit.Contracts;

namespace Careline.Consultations.VisitRoom;

/// <summary>What the patient's side says before a visit begins.</summary>
/// <param name="IsIdentityConfirmed">That they are who the visit is for, or act for that person: must be true.</param>
/// <param name="ConsentsToRemoteCare">That they agree to be treated at a distance: must be true.</param>
/// <param name="Place">Where the patient is at this moment, so that help can be sent.</param>
/// <param name="CallbackNumber">Where the patient is reached when the line breaks, E.164.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ConfirmVisitRequest(
    [AllowedValues(true, ErrorMessage = "Must be confirmed.")] bool IsIdentityConfirmed,
    [AllowedValues(true, ErrorMessage = "Must be agreed to.")] bool ConsentsToRemoteCare,
    [Required, MaxLength(300)] string Place,
    [Required, RegularExpression(@"^\+[1-9][0-9]{6,14}$", ErrorMessage = "Must be a phone number such as +2348012345678.")] string CallbackNumber);

/// <summary>What was confirmed before a visit.</summary>
/// <param name="ConfirmedAt">When.</param>
/// <param name="ConfirmedBy">By whom: the patient, or who acts for the patient.</param>
/// <param name="Place">Where the patient was; null where the value cannot be read any more.</param>
/// <param name="CallbackNumber">Where the patient is reached; null where the value cannot be read any more.</param>
public sealed record ConfirmationResponse(DateTimeOffset ConfirmedAt, Guid ConfirmedBy, string? Place, string? CallbackNumber);

/// <summary>Reads what was confirmed.</summary>
internal sealed class Confirmations(CarelineDb db, FieldCipher cipher)
{
    public async Task<ConfirmationResponse?> LatestAsync(Guid consultationId, CancellationToken ct) =>
        await db.Set<Confirmation>().Where(c => c.ConsultationId == consultationId).OrderByDescending(c => c.ConfirmedAt).FirstOrDefaultAsync(ct) is { } found ? Show(found) : null;

    public ConfirmationResponse Show(Confirmation c) => new(c.ConfirmedAt, c.AccountId, c.ReadPlace(cipher), c.ReadNumber(cipher));
}

/// <summary>The doctor sees whether it was done and decides: a visit is refused to nobody who could not fill in a form.</summary>
internal static class ConfirmVisit
{
    public static void Map(RouteGroupBuilder consultations) => RoomVisitor.Guard(consultations.MapPost("/{id:guid}/session/confirmation/", Handle)
        .Named("ConfirmVisit", "Records who the patient is, where they are, how they are reached and that they agree, at the start of a visit.")
        .ForSignedIn());

    private static async Task<CreatedAnswer<ConfirmationResponse>> Handle(
        Guid id, ConfirmVisitRequest request, Actor actor, CarelineDb db, FieldCipher cipher, Confirmations confirmations, AuditTrail trail, CancellationToken ct)
    {
        var visitor = await RoomVisitor.FindAsync(db, actor, id, ct);
        trail.About("consultation", id).Concerns(visitor.PatientId);
        if (visitor.Role != RoomRole.Patient)
        {
            throw new PermissionDenied("The patient confirms, or who acts for the patient.");
        }

        visitor.MustBeAgreed();
        if (!await db.Set<Room>().AnyAsync(r => r.ConsultationId == id, ct))
        {
            throw new RuleViolation("NO_ROOM", "Ask for the session first.");
        }

        var confirmation = Confirmation.Of(db.NewId(), id, actor.AccountId, (request.Place, request.CallbackNumber), cipher, db.Now);
        db.Add(confirmation);
        db.Append(RoomEvent.Of(id, RoomEventKind.Confirmed, actor.AccountId, db.Now));
        await db.SaveChangesAsync(ct);
        return Answer.Created(confirmations.Show(confirmation), "Confirmed.");
    }
}
