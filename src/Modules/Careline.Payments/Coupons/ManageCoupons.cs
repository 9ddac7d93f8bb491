using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Payments.Payments;
using Careline.Payments.Plans;

namespace Careline.Payments.Coupons;

/// <summary>A coupon to try on a price.</summary>
/// <param name="Code">What people type.</param>
/// <param name="Kind">What is to be paid for.</param>
/// <param name="Id">Which.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CheckCouponRequest([Required, MaxLength(40)] string Code, PayableKind Kind, Guid Id);

/// <summary>What a coupon would take off.</summary>
/// <param name="ListAmount">The price, in minor units.</param>
/// <param name="DiscountAmount">What it takes off.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record CouponOffer(long ListAmount, long DiscountAmount, string Currency);

internal static class ManageCoupons
{
    // Clinics' administrators hold no platform role of their own: whose the coupon is, the query says.
    private static readonly string[] _keepers = [Roles.Doctor, Roles.Nurse, Roles.Pharmacist, Roles.Receptionist, Roles.Admin, Roles.SuperAdmin];

    public static void Map(RouteGroupBuilder coupons)
    {
        coupons.MapGet("/", List).Named("ListCoupons", "Lists the coupons that the caller keeps.").ForRoles(_keepers).WithFilters("is_active", "clinic");
        coupons.MapPost("/", Add).Named("AddCoupon", "Makes a coupon.").ForRoles(_keepers);
        coupons.MapGet("/{id:guid}/", Get).Named("GetCoupon", "Shows one coupon.").ForRoles(_keepers).VisibleAs<Coupon>();
        coupons.MapPut("/{id:guid}/", Replace).Named("ReplaceCoupon", "Changes a coupon.").ForRoles(_keepers).VisibleAs<Coupon>();
        coupons.MapDelete("/{id:guid}/", Withdraw).Named("WithdrawCoupon", "Withdraws a coupon; what it did stays.").ForRoles(_keepers).VisibleAs<Coupon>();
        coupons.MapPost("/check/", Check).Named("CheckCoupon", "Says what a coupon would take off, without using it.").ForSignedIn().LimitedAsAuth();
    }

    private static async Task<PageAnswer<CouponResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var coupons = Coupon.VisibleTo(db, actor);
        if (query.Flag("is_active") is { } isActive)
        {
            coupons = coupons.Where(c => c.IsActive == isActive);
        }

        if (query.Id("clinic") is { } clinic)
        {
            coupons = coupons.Where(c => c.ClinicId == clinic);
        }

        foreach (var pattern in query.SearchPatterns)
        {
            coupons = coupons.Where(c => EF.Functions.ILike(c.Code, pattern) || EF.Functions.ILike(c.Description!, pattern));
        }

        query.Ordering("-created_at");
        return Answer.Page(await query.PageAsync(coupons.OrderByDescending(c => c.Id), CouponResponse.Of, ct));
    }

    private static async Task<Answer<CouponResponse>> Get(Guid id, Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await Coupon.VisibleTo(db, actor).Where(c => c.Id == id).Select(CouponResponse.Of).FirstOrDefaultAsync(ct) ?? throw new NotFound());

    private static async Task<CreatedAnswer<CouponResponse>> Add(CouponRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await CheckClinicAsync(db, actor, request.ClinicId, ct);
        var coupon = Coupon.Of(db.NewId(), request, actor.AccountId, db.Now);
        db.Add(coupon);
        trail.About("coupon", coupon.Id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(CouponResponse.Of.Compile()(coupon), "Coupon made.");
    }

    private static async Task<Answer<CouponResponse>> Replace(
        Guid id, CouponRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await CheckClinicAsync(db, actor, request.ClinicId, ct);
        var coupon = await LockAsync(db, actor, id, ct);
        ifMatch.Check(coupon);
        coupon.Replace(request, db.Now);
        trail.About("coupon", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(CouponResponse.Of.Compile()(coupon), "Coupon changed.");
    }

    private static async Task<DeletedAnswer> Withdraw(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        (await LockAsync(db, actor, id, ct)).Withdraw(db.Now);
        trail.About("coupon", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    private static async Task<Answer<CouponOffer>> Check(
        CheckCouponRequest request, Actor actor, CouponDesk desk, IEnumerable<IPayable> payables, MemberDiscount members, CancellationToken ct)
    {
        var payable = payables.FirstOrDefault(p => p.Kind == request.Kind) ?? throw new NotFound();
        var price = await members.ReduceAsync(request.Kind, await payable.PriceAsync(request.Id, actor, ct) ?? throw new NotFound(), ct);
        var discount = await desk.TryAsync(request.Code, price, request.Kind, price.PayerAccountId ?? actor.AccountId, ct);
        return Answer.Ok(new CouponOffer(price.AmountMinor, discount.Amount, price.Currency));
    }

    private static async Task<Coupon> LockAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        var visible = Coupon.VisibleTo(db, actor);
        return await db.Set<Coupon>().FromSql($"SELECT * FROM payments.coupons WHERE id = {id} FOR NO KEY UPDATE").AsTracking()
            .Where(c => visible.Any(v => v.Id == c.Id)).FirstOrDefaultAsync(ct) ?? throw new NotFound();
    }

    private static async Task CheckClinicAsync(CarelineDb db, Actor actor, Guid? clinicId, CancellationToken ct)
    {
        if (!actor.IsAdmin && (clinicId is null || !await TillKeepers.RunBy(db, actor).ContainsAsync(clinicId.Value, ct)))
        {
            throw new PermissionDenied("Who runs a clinic makes coupons for that clinic.");
        }
    }
}
