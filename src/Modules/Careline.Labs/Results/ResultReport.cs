using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Files.Contracts;
using Careline.Labs.Orders;
using Careline.Patients.Contracts;

namespace Careline.Labs.Results;

/// <summary>The laboratory's own report beside a result, such as a PDF: seen by whoever sees the result, and so by the patient once it is released.</summary>
internal static class ResultReport
{
    public static void Map(RouteGroupBuilder results)
    {
        results.MapPut("/{id:guid}/report/", Attach).Named("AttachLabReport", "Puts the laboratory's report beside a result, in the place of an earlier one.")
            .ForRoles(LabStaff.WorkingRoles).VisibleAs<LabResult>().TakesForm();
        results.MapGet("/{id:guid}/report/", Download).Named("DownloadLabReport", "The report beside a result.").ForRoles(Roles.RecordReaders).VisibleAs<LabResult>()
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
    }

    private static async Task<Answer<ResultResponse>> Attach(
        Guid id, HttpContext http, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        var found = await LabResult.VisibleTo(db, actor).Where(r => r.Id == id).Select(r => new { r.OrderId, r.PatientId }).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var order = await LabStaff.AtWorkAsync(db, actor, found.OrderId, ct);
        db.ChangeTracker.Clear();
        var kept = await FileForm.TakeOneAsync(http, files, FilePurpose.MedicalDocument, new FileOwner(found.PatientId, order.ClinicId), ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var result = await db.Set<LabResult>().AsTracking().FirstAsync(r => r.Id == id, ct);
        if (result.Attach(kept.Id, kept.FileName, db.Now) is { } former)
        {
            await files.ReleaseAsync(former, null, ct);
        }

        await files.AttachAsync(kept.Id, ct);
        trail.About("lab_result", id).Concerns(found.PatientId);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(await ResultResponse.From(db, db.Set<LabResult>().Where(r => r.Id == id)).FirstAsync(ct), "Report attached.");
    }

    private static async Task<IResult> Download(Guid id, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        var result = await LabResult.VisibleTo(db, actor).FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw ClinicalCare.Refuse(actor);
        trail.About("lab_result", id).Concerns(result.PatientId);
        return result.ReportFileId is { } file && await files.OpenAsync(file, FileCopy.Original, ct) is { } reading
            ? reading.AsAttachment(result.ReportName!) : throw new NotFound();
    }
}
