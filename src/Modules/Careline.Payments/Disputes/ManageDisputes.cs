using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Gateways.Contracts;
using Careline.Payments.Payments;

namespace Careline.Payments.Disputes;

/// <summary>What we say in a dispute.</summary>
/// <param name="Evidence">What shows that the service was given. Nothing clinical: it goes to a bank.</param>
/// <param name="Accept">We give in; then no evidence is needed.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AnswerDisputeRequest([MaxLength(10_000)] string? Evidence = null, bool Accept = false) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Accept == !string.IsNullOrWhiteSpace(Evidence))
        {
            yield return new ValidationResult("Either evidence, or accept.", [nameof(Evidence)]);
        }

        if (Payments.CardNumber.IsIn(Evidence))
        {
            yield return new ValidationResult("This looks like a card's number.", [nameof(Evidence)]);
        }
    }
}

/// <summary>The payer's bank wants money back.</summary>
public sealed record DisputeResponse : IVersioned
{
    /// <summary>The dispute.</summary>
    public required Guid Id { get; init; }

    /// <summary>The payment.</summary>
    public required Guid PaymentId { get; init; }

    /// <summary>Who told of it.</summary>
    public required Gateway Gateway { get; init; }

    /// <summary>The gateway's name for it.</summary>
    public required string GatewayDisputeId { get; init; }

    /// <summary>How much, in minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The bank's reason.</summary>
    public required string? ReasonCode { get; init; }

    /// <summary>Where it stands.</summary>
    public required DisputeStatus Status { get; init; }

    /// <summary>Until when it must be answered.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>When we heard of it.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When we answered.</summary>
    public required DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static Expression<Func<Dispute, DisputeResponse>> Of { get; } = d => new DisputeResponse
    {
        Id = d.Id,
        PaymentId = d.PaymentId,
        Gateway = d.Gateway,
        GatewayDisputeId = d.GatewayDisputeId,
        Amount = d.Amount,
        Currency = d.Currency,
        ReasonCode = d.ReasonCode,
        Status = d.Status,
        DueAt = d.DueAt,
        OpenedAt = d.OpenedAt,
        AnsweredAt = d.AnsweredAt,
        ClosedAt = d.ClosedAt,
        Version = d.Version,
    };
}

internal static class ManageDisputes
{
    private static readonly string[] _keepers = Payments.MovePayment.CashierRoles;

    public static void Map(RouteGroupBuilder disputes)
    {
        disputes.MapGet("/", List).Named("ListDisputes", "Lists disputes, newest first.").ForRoles(_keepers).WithFilters("status", "payment");
        disputes.MapGet("/{id:guid}/", Get).Named("GetDispute", "Shows one dispute.").ForRoles(_keepers).VisibleAs<Dispute>();
        disputes.MapPost("/{id:guid}/answer/", Respond).Named("AnswerDispute", "Sends evidence to the payer's bank, or gives in.")
            .ForRoles(Roles.Administrators).RequiresRecentSignIn().VisibleAs<Dispute>().WithOwnTransaction();
    }

    private static async Task<PageAnswer<DisputeResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var disputes = Dispute.VisibleTo(db, actor);
        if (query.Enum<DisputeStatus>("status") is { } status)
        {
            disputes = disputes.Where(d => d.Status == status);
        }

        if (query.Id("payment") is { } payment)
        {
            disputes = disputes.Where(d => d.PaymentId == payment);
        }

        query.Ordering("-opened_at");
        return Answer.Page(await query.PageAsync(disputes.OrderByDescending(d => d.OpenedAt).ThenByDescending(d => d.Id), DisputeResponse.Of, ct));
    }

    private static async Task<Answer<DisputeResponse>> Get(Guid id, Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await Dispute.VisibleTo(db, actor).Where(d => d.Id == id).Select(DisputeResponse.Of).FirstOrDefaultAsync(ct) ?? throw new NotFound());

    // A bank takes the last of what it was told until it decides: told twice does no harm.
    private static async Task<Answer<DisputeResponse>> Respond(
        Guid id, AnswerDisputeRequest request, IfMatch ifMatch, Actor actor, Cashiers cashiers, FieldCipher cipher, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var seen = await Dispute.VisibleTo(db, actor).FirstOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(seen);
        trail.About("dispute", id).Because("payment");
        var evidence = request.Accept ? null : cipher.Seal(request.Evidence!, Dispute.PlaceOf(id));
        seen.CheckCanBeAnswered(db.Now);
        try
        {
            await cashiers.Of(seen.Gateway).AnswerDisputeAsync(seen.GatewayDisputeId, request.Accept ? null : request.Evidence, ct);
        }
        catch (GatewayRefused refused)
        {
            throw new RuleViolation("GATEWAY_REFUSED", "The gateway does not take this answer here; use its own pages.", new { code = refused.Code });
        }
        catch (GatewayAway)
        {
            throw new Unavailable("The gateway does not answer at present. Try again shortly.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var dispute = await db.Set<Dispute>().FromSql($"SELECT * FROM payments.disputes WHERE id = {id} FOR NO KEY UPDATE").AsTracking().FirstAsync(CancellationToken.None);
        dispute.Answered(evidence, actor.AccountId, db.Now);
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(DisputeResponse.Of.Compile()(dispute), request.Accept ? "Accepted." : "Sent.");
    }
}
