using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Contracts;
using Careline.Vitals.Alerts;
using Careline.Vitals.Observations;

namespace Careline.Vitals.Targets;

/// <summary>Between which values a measure of one patient should stay: a lower bound, an upper one, or both.</summary>
/// <param name="Measure">What is measured: any number but pain and what a child's score needs.</param>
/// <param name="Low">The least that is well, in the unit in which the measure is kept.</param>
/// <param name="High">The most that is well.</param>
/// <param name="RaisesAlert">Whether a reading outside calls who set the target.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record VitalTargetRequest(
    [property: JsonRequired] Measure Measure,
    [Range(0.001, 1000)] decimal? Low = null,
    [Range(0.001, 1000)] decimal? High = null,
    bool RaisesAlert = false) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AcceptRange.Of(Measure, isChild: true) is not { } range)
        {
            yield return new ValidationResult("Has no target.", [nameof(Measure)]);
            yield break;
        }

        if (Low is null && High is null)
        {
            yield return new ValidationResult("Give a lower bound, an upper one, or both.", [nameof(Low)]);
        }

        if (Low >= High)
        {
            yield return new ValidationResult("Must be above the lower bound.", [nameof(High)]);
        }

        if (Low is { } low && !range.Accepts(low))
        {
            yield return new ValidationResult("No reading could be so.", [nameof(Low)]);
        }

        if (High is { } high && !range.Accepts(high))
        {
            yield return new ValidationResult("No reading could be so.", [nameof(High)]);
        }
    }
}

internal static class SetTarget
{
    public static void Map(RouteGroupBuilder patients)
    {
        patients.MapPost("/{id:guid}/vital-targets/", Handle)
            .Named("SetVitalTarget", "Sets a patient's own target for a measure, in place of the present one.").ForRoles(Roles.Doctor, Roles.Nurse).VisibleAs<MeasuredPatient>();
        patients.MapDelete("/{id:guid}/vital-targets/{targetId:guid}/", End)
            .Named("EndVitalTarget", "Ends a target: readings are no longer held to it.").ForRoles(Roles.Doctor, Roles.Nurse).VisibleAs<MeasuredPatient>();
    }

    private static async Task<CreatedAnswer<VitalTargetResponse>> Handle(
        Guid id, VitalTargetRequest request, Actor actor, CarelineDb db, ClinicalAlerts alerts, AuditTrail trail, CancellationToken ct)
    {
        await RequireTreatingAsync(db, actor, id, ct);
        var target = VitalTarget.Of(id, request, actor.AccountId, db.Now);
        if (target.IsForHypercapnicFailure && !actor.Is(Roles.Doctor))
        {
            throw new PermissionDenied("Only a doctor sets the oxygen target of hypercapnic failure: the early-warning score goes by it.");
        }

        if (await InForceAsync(db, id, t => t.Measure == request.Measure, ct) is { } former)
        {
            await EndAsync(former, actor, alerts, db, ct);

            // Before the new one, of which there may be only one.
            await db.SaveChangesAsync(ct);
        }

        db.Append(target);
        trail.About("vital_target", target.Id).Concerns(id);
        await db.SaveChangesAsync(ct);
        return Answer.Created(VitalTargetResponse.From(target), "Target set.");
    }

    private static async Task<DeletedAnswer> End(
        Guid id, Guid targetId, Actor actor, CarelineDb db, ClinicalAlerts alerts, AuditTrail trail, CancellationToken ct)
    {
        await RequireTreatingAsync(db, actor, id, ct);
        if (!await db.Set<VitalTarget>().AnyAsync(t => t.Id == targetId && t.PatientId == id, ct))
        {
            throw new NotFound();
        }

        // One that has ended already, also because another took its place, is as it was asked for.
        if (await InForceAsync(db, id, t => t.Id == targetId, ct) is { } target)
        {
            await EndAsync(target, actor, alerts, db, ct);
        }

        trail.About("vital_target", targetId).Concerns(id);
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    // What nobody has taken stays open: a target is no way to silence an alert.
    private static Task EndAsync(VitalTarget target, Actor actor, ClinicalAlerts alerts, CarelineDb db, CancellationToken ct)
    {
        target.End(actor.AccountId, db.Now);
        return alerts.ResolveAsync(new AlertOrigin(AlertSource.VitalTarget, target.Id), evenUnheard: false, ct);
    }

    // Of two who set one at once the second waits for the first.
    private static async Task<VitalTarget?> InForceAsync(
        CarelineDb db, Guid patientId, System.Linq.Expressions.Expression<Func<VitalTarget, bool>> which, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('vitals.targets' || {patientId}::text, 0))", ct);
        return await VitalTarget.InForce(db, patientId).AsTracking().FirstOrDefaultAsync(which, ct);
    }

    private static async Task RequireTreatingAsync(CarelineDb db, Actor actor, Guid patientId, CancellationToken ct)
    {
        if (!await ClinicalCare.TreatedBy(db, actor).ContainsAsync(patientId, ct))
        {
            throw new PermissionDenied("Only who treats the patient sets targets.");
        }
    }
}
