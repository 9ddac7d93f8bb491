using Careline.Audit.Contracts;
using Careline.Labs.Catalogue;
using Careline.Labs.Collections;
using Careline.Labs.Notices;
using Careline.Labs.Orders;
using Careline.Patients.Contracts;

namespace Careline.Labs.Samples;

/// <summary>A sample that was taken.</summary>
/// <param name="Specimen">What was taken.</param>
/// <param name="Container">The tube or cup.</param>
/// <param name="CollectedAt">When; now unless told.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CollectSampleRequest(Specimen Specimen, [MaxLength(200)] string? Container = null, DateTimeOffset? CollectedAt = null);

/// <summary>Why a sample is of no use.</summary>
/// <param name="Reason">The kind of fault.</param>
/// <param name="Note">As written.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RejectSampleRequest(RejectionReason Reason, [MaxLength(2000)] string? Note = null);

/// <summary>A sample of an order.</summary>
public sealed record SampleResponse
{
    /// <summary>The sample.</summary>
    public Guid Id { get; init; }

    /// <summary>Its number, as the label says it.</summary>
    public string Accession { get; init; } = "";

    /// <summary>What was taken.</summary>
    public Specimen Specimen { get; init; }

    /// <summary>The tube or cup.</summary>
    public string? Container { get; init; }

    /// <summary>Where it is.</summary>
    public SampleStatus Status { get; init; }

    /// <summary>The same for people.</summary>
    public string StatusDisplay => EnumText<SampleStatus>.Display(Status);

    /// <summary>The account of who took it.</summary>
    public Guid CollectedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset CollectedAt { get; init; }

    /// <summary>When it reached the laboratory.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>When it was rejected.</summary>
    public DateTimeOffset? RejectedAt { get; init; }

    /// <summary>Why.</summary>
    public RejectionReason? RejectionReason { get; init; }

    /// <summary>As written.</summary>
    public string? RejectionNote { get; init; }

    internal static IQueryable<SampleResponse> From(IQueryable<Sample> samples) => samples.Select(s => new SampleResponse
    {
        Id = s.Id,
        Accession = s.Accession,
        Specimen = s.Specimen,
        Container = s.Container,
        Status = s.Status,
        CollectedBy = s.CollectedBy,
        CollectedAt = s.CollectedAt,
        ReceivedAt = s.ReceivedAt,
        RejectedAt = s.RejectedAt,
        RejectionReason = s.RejectionReason,
        RejectionNote = s.RejectionNote,
    });
}

/// <summary>Samples are taken, received and rejected by whoever works on the order; the order moves with them.</summary>
internal static class HandleSamples
{
    public static void Map(RouteGroupBuilder orders)
    {
        orders.MapGet("/{id:guid}/samples/", List).Named("ListLabSamples", "The samples of an order, the newest first.").ForRoles(LabStaff.WorkingRoles).VisibleAs<LabOrder>();
        orders.MapPost("/{id:guid}/samples/", Collect).Named("CollectLabSample", "Notes that a sample was taken, and gives it the number for its label.")
            .ForRoles(LabStaff.WorkingRoles).VisibleAs<LabOrder>();
        orders.MapPost("/{id:guid}/samples/{sampleId:guid}/receive/", Receive).Named("ReceiveLabSample", "The laboratory has a sample.")
            .ForRoles(LabStaff.WorkingRoles).VisibleAs<LabOrder>();
        orders.MapPost("/{id:guid}/samples/{sampleId:guid}/reject/", Reject)
            .Named("RejectLabSample", "A sample is of no use; where it was the only one, the order waits for another.").ForRoles(LabStaff.WorkingRoles).VisibleAs<LabOrder>();
        orders.MapGet("/{id:guid}/samples/{sampleId:guid}/label/", Label).Named("ShowLabSampleLabel", "What goes on the tube, line by line.")
            .ForRoles(LabStaff.WorkingRoles).VisibleAs<LabOrder>();
    }

    private static async Task<PageAnswer<SampleResponse>> List(Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var order = await LabOrder.VisibleTo(db, actor).FirstOrDefaultAsync(o => o.Id == id, ct) ?? throw ClinicalCare.Refuse(actor);
        trail.About("lab_order", id).Concerns(order.PatientId);
        return Answer.Page(await query.PageAsync(SampleResponse.From(db.Set<Sample>().Where(s => s.OrderId == id).OrderByDescending(s => s.Id)), ct));
    }

    private static async Task<CreatedAnswer<SampleResponse>> Collect(
        Guid id, CollectSampleRequest request, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var order = await LabStaff.AtWorkAsync(db, actor, id, ct);
        if (!OrderMoves.IsOpen(order.Status))
        {
            throw new RuleViolation("ORDER_MOVE_REFUSED", "The order is closed.", new { status = order.Status });
        }

        var sample = Sample.Collect(id, request, actor.AccountId, db.Now);
        db.Add(sample);
        order.Sampled(db.Now);
        (await Collection.BookedAsync(db, id, ct))?.Done(db.Now);
        trail.About("lab_sample", sample.Id).Concerns(order.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Created(await OneAsync(db, sample.Id, ct), "Sample collected.");
    }

    private static async Task<Answer<SampleResponse>> Receive(Guid id, Guid sampleId, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var (order, sample) = await TakeAsync(db, actor, id, sampleId, ct);
        sample.Receive(actor.AccountId, db.Now);
        order.MoveUpTo(LabOrderStatus.Received, db.Now);
        return await SaveAsync(db, order, sample, "Sample received.", trail, ct);
    }

    private static async Task<Answer<SampleResponse>> Reject(
        Guid id, Guid sampleId, RejectSampleRequest request, Actor actor, CarelineDb db, LabNews news, AuditTrail trail, CancellationToken ct)
    {
        var (order, sample) = await TakeAsync(db, actor, id, sampleId, ct);
        sample.Reject(request.Reason, request.Note, actor.AccountId, db.Now);
        if (!await db.Set<Sample>().AnyAsync(s => s.OrderId == id && s.Id != sampleId && s.Status != SampleStatus.Rejected, ct)
            && OrderMoves.Allows(order.Status, LabOrderStatus.Ordered))
        {
            order.Move(LabOrderStatus.Ordered, db.Now);
        }

        await news.SampleRejectedAsync(order, ct);
        return await SaveAsync(db, order, sample, "Sample rejected.", trail, ct);
    }

    private static async Task<Answer<SampleLabel>> Label(Guid id, Guid sampleId, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var order = await LabOrder.VisibleTo(db, actor).FirstOrDefaultAsync(o => o.Id == id, ct) ?? throw ClinicalCare.Refuse(actor);
        var sample = await db.Set<Sample>().FirstOrDefaultAsync(s => s.Id == sampleId && s.OrderId == id, ct) ?? throw new NotFound();
        var patient = await db.Set<PatientRow>().FirstAsync(p => p.Id == order.PatientId, ct);
        trail.About("lab_sample", sampleId).Concerns(order.PatientId);
        return Answer.Ok(SampleLabel.Of(order, sample, patient));
    }

    private static async Task<(LabOrder Order, Sample Sample)> TakeAsync(CarelineDb db, Actor actor, Guid id, Guid sampleId, CancellationToken ct)
    {
        var order = await LabStaff.AtWorkAsync(db, actor, id, ct);
        return (order, await db.Set<Sample>().AsTracking().FirstOrDefaultAsync(s => s.Id == sampleId && s.OrderId == id, ct) ?? throw new NotFound());
    }

    private static async Task<Answer<SampleResponse>> SaveAsync(CarelineDb db, LabOrder order, Sample sample, string message, AuditTrail trail, CancellationToken ct)
    {
        trail.About("lab_sample", sample.Id).Concerns(order.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await OneAsync(db, sample.Id, ct), message);
    }

    private static Task<SampleResponse> OneAsync(CarelineDb db, Guid id, CancellationToken ct) =>
        SampleResponse.From(db.Set<Sample>().Where(s => s.Id == id)).FirstAsync(ct);
}
