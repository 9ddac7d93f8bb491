using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Patients.Requests;

/// <summary>Whether a request is granted.</summary>
public enum RequestDecision
{
    /// <summary>It is.</summary>
    Approved,

    /// <summary>It is not; the note says why.</summary>
    Rejected,
}

/// <summary>An administrator's decision.</summary>
/// <param name="Decision">approved, rejected.</param>
/// <param name="Note">In words; the patient reads it. A refusal needs one (GDPR art. 12(4)).</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RequestDecisionRequest(RequestDecision Decision, [StringLength(4000)] string? Note = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Decision == RequestDecision.Rejected && string.IsNullOrWhiteSpace(Note))
        {
            yield return new ValidationResult("Say why it is refused.", [nameof(Note)]);
        }
    }
}

/// <summary>Approving a restriction puts it in force; approving an erasure carries it out, in this one transaction and for good.</summary>
internal static class DecideRequest
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/{id:guid}/decide/", Handle).Named("DecideDataRequest", "Decides on a request; an approved erasure is carried out at once.")
            .ForRoles(Roles.Administrators).VisibleAs<SubjectRequest>();

    private static async Task<Answer<SubjectRequestResponse>> Handle(
        Guid id, RequestDecisionRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, RequestEffects effects, AuditTrail trail, CancellationToken ct)
    {
        var found = await SubjectRequest.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(found);
        db.Add(found.Decide(request.Decision, request.Note, actor.AccountId, db.Now));
        trail.About("data_request", id).Concerns(found.PatientId).Because("operations").Changed("status");
        await effects.CarryOutAsync(found, actor.AccountId, ct);
        return Answer.Ok(await SubjectRequestResponse.ReadAsync(db, id, ct), "Decision recorded.");
    }
}
