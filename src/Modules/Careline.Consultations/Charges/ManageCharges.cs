using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Patients.Contracts;
using Careline.Payments.Contracts;

namespace Careline.Consultations.Charges;

/// <summary>Something to ask money for.</summary>
/// <param name="Description">What was done, as the receipt says it: nothing clinical.</param>
/// <param name="Amount">In minor units.</param>
/// <param name="Currency">ISO 4217.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AddChargeRequest(
    [Required, StringLength(100, MinimumLength = 1), RegularExpression("^[^|]*$", ErrorMessage = "No pipes: gateways part their fields by them.")] string Description,
    [Range(1, 1_000_000_000_000)] long Amount,
    [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "An ISO 4217 code, such as NGN.")] string Currency);

/// <summary>Something done in a visit beyond its fee.</summary>
/// <param name="Id">What a payment of kind <c>consultation</c> names.</param>
/// <param name="ConsultationId">The visit.</param>
/// <param name="Description">What was done.</param>
/// <param name="Amount">In minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="ChargedAt">When it was asked for.</param>
/// <param name="WaivedAt">When it was let go.</param>
public sealed record ChargeResponse(Guid Id, Guid ConsultationId, string Description, long Amount, string Currency, DateTimeOffset ChargedAt, DateTimeOffset? WaivedAt)
{
    internal static Expression<Func<Charge, ChargeResponse>> Of { get; } = c => new ChargeResponse(
        c.Id, c.ConsultationId, c.Description, c.Amount, c.Currency, c.ChargedAt, c.WaivedAt);
}

internal static class ManageCharges
{
    public static void Map(RouteGroupBuilder consultations)
    {
        consultations.MapGet("/{id:guid}/charges/", List).Named("ListConsultationCharges", "What is asked for a visit beyond its fee.")
            .ForRoles(Roles.RecordReaders).VisibleAs<Consultation>();
        consultations.MapPost("/{id:guid}/charges/", Add).Named("AddConsultationCharge", "Asks money for something done in a visit beyond its fee.")
            .ForRoles(Roles.Doctor).VisibleAs<Consultation>();
        consultations.MapDelete("/{id:guid}/charges/{chargeId:guid}/", Waive).Named("WaiveConsultationCharge", "Lets a charge go; what was paid of it goes back.")
            .ForRoles(Roles.Doctor).VisibleAs<Consultation>();
    }

    // Also while the document is not the patient's to read yet: nothing here is clinical.
    private static async Task<PageAnswer<ChargeResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var visit = await Consultation.VisibleTo(db, actor).FirstOrDefaultAsync(c => c.Id == id, ct) ?? throw ClinicalCare.Refuse(actor);
        trail.About("consultation", id).Concerns(visit.PatientId).Because("payment");
        return Answer.Page(await query.PageAsync(db.Set<Charge>().Where(c => c.ConsultationId == id).OrderBy(c => c.Id), ChargeResponse.Of, ct));
    }

    private static async Task<CreatedAnswer<ChargeResponse>> Add(Guid id, AddChargeRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsDoctorAsync(db, actor, id, ct);
        if (consultation.Status == ConsultationStatus.Cancelled)
        {
            throw new RuleViolation("CONSULTATION_CANCELLED", "There was no visit to charge for.");
        }

        var charge = Charge.Of(db.NewId(), id, request, actor.AccountId, db.Now);
        db.Add(charge);
        trail.About("consultation", id).Concerns(consultation.PatientId).Because("payment");
        await db.SaveChangesAsync(ct);
        return Answer.Created(ChargeResponse.Of.Compile()(charge), "Charge added.");
    }

    private static async Task<DeletedAnswer> Waive(Guid id, Guid chargeId, Actor actor, CarelineDb db, IPayments payments, AuditTrail trail, CancellationToken ct)
    {
        var consultation = await Documenting.AsDoctorAsync(db, actor, id, ct);
        var charge = await db.Set<Charge>().AsTracking().FirstOrDefaultAsync(c => c.Id == chargeId && c.ConsultationId == id, ct) ?? throw new NotFound();
        charge.Waive(db.Now);
        trail.About("consultation", id).Concerns(consultation.PatientId).Because("payment");
        await payments.SettleAsync(new PaymentEnd(PayableKind.Consultation, chargeId, 0, RefundReason.Other, actor.AccountId), ct);
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }
}
