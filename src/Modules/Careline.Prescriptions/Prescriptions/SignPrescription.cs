using Careline.Accounts.Contracts;
using Careline.Prescriptions.Signatures;

namespace Careline.Prescriptions.Prescriptions;

/// <summary>A decision about a finding.</summary>
/// <param name="Finding">Its name, as the check told it.</param>
/// <param name="Reason">Why the prescriber goes on.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OverrideFindingRequest([Required, MaxLength(64)] string Finding, [Required, MaxLength(2000)] string Reason);

/// <summary>Signing, and before it deciding about what the check found.</summary>
internal static class SignPrescription
{
    public static void Map(RouteGroupBuilder prescriptions)
    {
        prescriptions.MapPost("/{id:guid}/overrides/", Decide)
            .Named("OverrideFinding", "Says why the prescriber goes on although the check found something; it is kept with the prescription and counted.")
            .ForRoles(Roles.Doctor)
            .RequiresRecentSignIn()
            .VisibleAs<Prescription>();
        prescriptions.MapPost("/{id:guid}/sign/", Sign)
            .Named("SignPrescription", "Checks a draft once more and signs it: from then on it is valid and cannot be changed.")
            .ForRoles(Roles.Doctor)
            .RequiresRecentSignIn()
            .VisibleAs<Prescription>();
    }

    private static async Task<CreatedAnswer<PrescriptionResponse>> Decide(
        Guid id, OverrideFindingRequest request, Actor actor, CarelineDb db, PrescriptionDesk desk, SafetyStatements statements, CancellationToken ct)
    {
        var draft = await desk.OwnDraftAsync(actor, id, ct);
        var statement = await statements.CheckAsync(draft, ct);
        var finding = statement.Findings.FirstOrDefault(f => f.Finding == request.Finding && f.Interrupts)
            ?? throw new InvalidInput("finding", "Is nothing that the check of this prescription stops at.");
        if (finding.OverrideReason is not null)
        {
            throw new RuleViolation("ALREADY_OVERRIDDEN", "This finding was decided about already.");
        }

        db.Add(Override.Of(draft, finding, request.Reason, actor.AccountId, db.Now));
        await db.SaveChangesAsync(ct);
        await statements.CheckAsync(draft, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Created(await desk.ReadAsync(id, ct), "Decision kept.");
    }

    private static async Task<Answer<PrescriptionResponse>> Sign(Guid id, IfMatch ifMatch, Actor actor, CarelineDb db, PrescriptionDesk desk, Signing signing, CancellationToken ct)
    {
        var draft = await desk.OwnDraftAsync(actor, id, ct);
        ifMatch.Check(draft);
        await signing.SignAsync(draft, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await desk.ReadAsync(id, ct), "Prescription signed.");
    }
}
