using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Grants;

namespace Careline.Patients.Consents;

/// <summary>A text is agreed to.</summary>
/// <param name="Kind">privacy_notice, telehealth_consent, data_sharing.</param>
/// <param name="Version">The version that was read.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ConsentRequest(ConsentKind Kind, [Range(1, 1_000_000)] int Version);

/// <summary>A consent is taken back.</summary>
/// <param name="Kind">telehealth_consent, data_sharing.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WithdrawalRequest(ConsentKind Kind);

/// <summary>A line of the ledger.</summary>
/// <param name="Id">The line.</param>
/// <param name="Kind">Which text.</param>
/// <param name="Version">Which version of it.</param>
/// <param name="Step">accepted, withdrawn.</param>
/// <param name="At">When.</param>
/// <param name="Channel">How it was said.</param>
public sealed record ConsentResponse(Guid Id, ConsentKind Kind, int Version, ConsentStep Step, DateTimeOffset At, string Channel)
{
    internal static readonly Expression<Func<Consent, ConsentResponse>> Projection = c => new ConsentResponse(c.Id, c.Kind, c.TextVersion, c.Step, c.At, c.Channel);

    internal static ConsentResponse From(Consent c) => new(c.Id, c.Kind, c.TextVersion, c.Step, c.At, c.Channel);
}

/// <summary>A patient's own consents. Taking one back works at once: whoever had access by the patient's grant has none any more.</summary>
internal static class OwnConsents
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me/consents/", List).Named("ListOwnConsents", "What the caller agreed to and took back, the newest first.").ForSignedIn().WithFilters("kind");
        routes.MapPost("/me/consents/", Accept).Named("AcceptConsent", "Agrees to the present version of a text.").ForSignedIn();
        routes.MapPost("/me/consents/withdraw/", Withdraw).Named("WithdrawConsent", "Takes a consent back, at once.").ForSignedIn();
    }

    private static async Task<PageAnswer<ConsentResponse>> List(ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        query.Check();
        var own = actor.PatientId ?? throw new NotFound();
        var consents = db.Set<Consent>().Where(c => c.PatientId == own);
        if (query.Enum<ConsentKind>("kind") is { } kind)
        {
            consents = consents.Where(c => c.Kind == kind);
        }

        trail.Concerns(own).Because("operations");
        return Answer.Page(await query.PageAsync(consents.OrderByDescending(c => c.At).ThenByDescending(c => c.Id), ConsentResponse.Projection, ct));
    }

    private static async Task<CreatedAnswer<ConsentResponse>> Accept(ConsentRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var own = actor.PatientId ?? throw new NotFound();
        var text = await ConsentText.Current(db).FirstAsync(t => t.Kind == request.Kind, ct);
        if (text.Version != request.Version)
        {
            throw new RuleViolation("CONSENT_TEXT_OUTDATED", "There is a newer wording: read it first.", new { text.Version });
        }

        var last = await Consent.LastAsync(db, own, request.Kind, ct);
        return last is { Step: ConsentStep.Accepted } && last.TextVersion == text.Version
            ? throw new RuleViolation("ALREADY_ACCEPTED", "You agreed to this already.")
            : await AddAsync(Consent.Of(own, text, ConsentStep.Accepted, Source(actor, trail), db.Now), db, trail, ct);
    }

    private static async Task<CreatedAnswer<ConsentResponse>> Withdraw(WithdrawalRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var own = actor.PatientId ?? throw new NotFound();
        if (await Consent.LastAsync(db, own, request.Kind, ct) is not { Step: ConsentStep.Accepted } last)
        {
            throw new RuleViolation("NOT_ACCEPTED", "You have not agreed to this.");
        }

        var text = await db.Set<ConsentText>().FirstAsync(t => t.Kind == last.Kind && t.Version == last.TextVersion, ct);
        if (!text.IsWithdrawable)
        {
            throw new RuleViolation("NOT_WITHDRAWABLE", "A notice tells; it asks for no consent that could be withdrawn. You may ask for a restriction or an erasure.");
        }

        if (request.Kind == ConsentKind.DataSharing)
        {
            await AccessGrant.EndAllAsync(db, own, ct);
        }

        return await AddAsync(Consent.Of(own, text, ConsentStep.Withdrawn, Source(actor, trail), db.Now), db, trail, ct);
    }

    private static ConsentSource Source(Actor actor, AuditTrail trail) => new(actor.AccountId, trail.CallerAddressHash);

    private static async Task<CreatedAnswer<ConsentResponse>> AddAsync(Consent line, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        db.Append(line);
        trail.About("consent", line.Id).Concerns(line.PatientId).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(ConsentResponse.From(line), "Recorded.");
    }
}
