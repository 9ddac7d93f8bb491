using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Payments.Ledger;

namespace Careline.Payments.Payouts;

/// <summary>Whose share is paid out.</summary>
/// <param name="PayeeKind">A doctor or a clinic.</param>
/// <param name="PayeeId">Which.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Until">What they are owed up to then; now where it is absent.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MakePayoutRequest(
    PayeeKind PayeeKind, Guid PayeeId, [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "An ISO 4217 code, such as NGN.")] string Currency, DateTimeOffset? Until = null);

/// <summary>A transfer that was made.</summary>
/// <param name="Reference">The bank's name for it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PayPayoutRequest([Required, MaxLength(100)] string Reference);

/// <summary>A transfer of what somebody is owed.</summary>
/// <param name="Id">The payout.</param>
/// <param name="PayeeKind">A doctor or a clinic.</param>
/// <param name="PayeeId">Which.</param>
/// <param name="AmountMinor">Minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Until">What was owed up to then.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Reference">The bank's name for the transfer.</param>
/// <param name="CreatedAt">When it was booked.</param>
/// <param name="ClosedAt">When it was transferred or called off.</param>
/// <param name="Version">Raised by every change.</param>
public sealed record PayoutResponse(
    Guid Id, PayeeKind PayeeKind, Guid PayeeId, long AmountMinor, string Currency, DateTimeOffset Until, PayoutStatus Status, string? Reference, DateTimeOffset CreatedAt,
    DateTimeOffset? ClosedAt, int Version) : IVersioned
{
    internal static Expression<Func<Payout, PayoutResponse>> Of { get; } = o => new PayoutResponse(
        o.Id, o.PayeeKind, o.PayeeId, o.AmountMinor, o.Currency, o.Until, o.Status, o.Reference, o.CreatedAt, o.ClosedAt, o.Version);
}

internal static class ManagePayouts
{
    // Clinics' administrators hold no platform role of their own: whose the payout is, the query says.
    public static string[] Readers { get; } = [Roles.Doctor, Roles.Nurse, Roles.Pharmacist, Roles.Receptionist, .. Roles.Administrators];

    public static void Map(RouteGroupBuilder payouts)
    {
        payouts.MapGet("/", List).Named("ListPayouts", "Lists payouts to the caller or the clinics that the caller runs, newest first; all of them to administrators.").ForRoles(Readers)
            .WithFilters("doctor", "clinic", "status", "currency");
        payouts.MapGet("/{id:guid}/", Get).Named("GetPayout", "Shows one payout.").ForRoles(Readers).VisibleAs<Payout>();
        payouts.MapPost("/", Make).Named("MakePayout", "Books all that a doctor or a clinic is owed, to be transferred.").ForRoles(Roles.Administrators).RequiresRecentSignIn();
        payouts.MapPost("/{id:guid}/pay/", Pay).Named("PayPayout", "Says that a payout was transferred.").ForRoles(Roles.Administrators).RequiresRecentSignIn().VisibleAs<Payout>();
        payouts.MapPost("/{id:guid}/cancel/", Cancel).Named("CancelPayout", "Calls off a payout that was not transferred: it is owed again.").ForRoles(Roles.Administrators)
            .RequiresRecentSignIn().VisibleAs<Payout>();
    }

    private static async Task<PageAnswer<PayoutResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var payouts = Payout.VisibleTo(db, actor);
        payouts = query.Id("doctor") is { } doctor ? payouts.Where(o => o.PayeeKind == PayeeKind.Doctor && o.PayeeId == doctor) : payouts;
        payouts = query.Id("clinic") is { } clinic ? payouts.Where(o => o.PayeeKind == PayeeKind.Clinic && o.PayeeId == clinic) : payouts;
        payouts = query.Enum<PayoutStatus>("status") is { } status ? payouts.Where(o => o.Status == status) : payouts;
        payouts = query.Text("currency", 3) is { } currency ? payouts.Where(o => o.Currency == currency) : payouts;
        query.Ordering("-created_at");
        return Answer.Page(await query.PageAsync(payouts.OrderByDescending(o => o.Id), PayoutResponse.Of, ct));
    }

    private static async Task<Answer<PayoutResponse>> Get(Guid id, Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await Payout.VisibleTo(db, actor).Where(o => o.Id == id).Select(PayoutResponse.Of).FirstOrDefaultAsync(ct) ?? throw new NotFound());

    private static async Task<CreatedAnswer<PayoutResponse>> Make(MakePayoutRequest request, Actor actor, Book book, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var account = Payout.AccountOf(request.PayeeKind, request.PayeeId);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"payout:{account}:{request.Currency}"}, 0))", ct);
        var owed = await OwedAsync(db, account, request.Currency, request.Until ?? db.Now, ct);
        if (owed <= 0)
        {
            throw new RuleViolation("NOTHING_OWED", "Nothing is owed to them.", new { balance = owed, currency = request.Currency });
        }

        var payout = Payout.Of(db.NewId(), request, owed, actor.AccountId, db.Now);
        db.Add(payout);
        book.Post(PostingKind.Payout, $"payout:{payout.Id}", null, payout.Currency, [new Share(account, owed)], [new Share(LedgerAccount.Bank, owed)], actor.AccountId);
        return Answer.Created(await SaveAsync(db, payout, trail, ct), "Booked; to be transferred.");
    }

    private static async Task<Answer<PayoutResponse>> Pay(
        Guid id, PayPayoutRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var payout = await LockAsync(db, id, ifMatch, ct);
        payout.Close(request.Reference, actor.AccountId, db.Now);
        return Answer.Ok(await SaveAsync(db, payout, trail, ct), "Transferred.");
    }

    private static async Task<Answer<PayoutResponse>> Cancel(Guid id, IfMatch ifMatch, Actor actor, Book book, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var payout = await LockAsync(db, id, ifMatch, ct);
        payout.Close(null, actor.AccountId, db.Now);
        book.Post(
            PostingKind.Payout, $"payout:{id}:cancelled", null, payout.Currency, [new Share(LedgerAccount.Bank, payout.AmountMinor)],
            [new Share(payout.Account, payout.AmountMinor)], actor.AccountId);
        return Answer.Ok(await SaveAsync(db, payout, trail, ct), "Called off; it is owed again.");
    }

    // What was booked for transfer counts whenever it was booked, and never more is owed than the account has now: no instant asked for pays anything twice.
    private static async Task<long> OwedAsync(CarelineDb db, string account, string currency, DateTimeOffset until, CancellationToken ct)
    {
        var entries = from entry in db.Set<Entry>()
                      join posting in db.Set<Posting>() on entry.PostingId equals posting.Id
                      where entry.Account == account && entry.Currency == currency
                      select new { Amount = entry.Credit - entry.Debit, Counts = posting.At <= until || posting.Kind == PostingKind.Payout };
        return Math.Min(await entries.SumAsync(e => e.Amount, ct), await entries.Where(e => e.Counts).SumAsync(e => e.Amount, ct));
    }

    private static async Task<PayoutResponse> SaveAsync(CarelineDb db, Payout payout, AuditTrail trail, CancellationToken ct)
    {
        trail.About("payout", payout.Id).Because("payment");
        await db.SaveChangesAsync(ct);
        return PayoutResponse.Of.Compile()(payout);
    }

    private static async Task<Payout> LockAsync(CarelineDb db, Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var payout = await db.Set<Payout>().FromSql($"SELECT * FROM payments.payouts WHERE id = {id} FOR NO KEY UPDATE").AsTracking().FirstOrDefaultAsync(ct) ?? throw new NotFound();
        ifMatch.Check(payout);
        return payout;
    }
}
