using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Notifications.Contracts;
using Careline.Patients.Notices;
using Careline.Patients.Patients;
using Microsoft.Extensions.Options;

namespace Careline.Patients.Requests;

/// <summary>What a person asks about the data held of them.</summary>
/// <param name="Kind">correction, restriction, erasure.</param>
/// <param name="Reason">In words; for a correction, what is wrong and what is right.</param>
/// <param name="PatientId">For administrators, who file what came by letter or phone: whose data it is about.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SubjectRequestRequest(RequestKind Kind, [Required, StringLength(4000)] string Reason, Guid? PatientId = null);

/// <summary>The patient asks, or an administrator files what a patient asked by letter. Every administrator is told: the law's clock runs.</summary>
internal static class FileRequest
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/", Handle).Named("FileDataRequest", "Files a request that a patient made by letter or phone.").ForRoles(Roles.Administrators);

    public static void MapOwn(IEndpointRouteBuilder routes) =>
        routes.MapPost("/me/data-requests/", Own).Named("AskAboutOwnRecord", "Asks for a correction, a restriction or an erasure.").ForSignedIn();

    private static Task<CreatedAnswer<SubjectRequestResponse>> Own(
        SubjectRequestRequest request, Actor actor, CarelineDb db, IOptions<PatientsOptions> options, PatientNotices notices, AuditTrail trail, CancellationToken ct)
    {
        var own = actor.PatientId ?? throw new NotFound();
        return request.PatientId is { } named && named != own
            ? throw new InvalidInput("patient_id", "Ask for yourself; leave it out.")
            : FileAsync(own, request, actor, db, options.Value, notices, trail, ct);
    }

    private static async Task<CreatedAnswer<SubjectRequestResponse>> Handle(
        SubjectRequestRequest request, Actor actor, CarelineDb db, IOptions<PatientsOptions> options, PatientNotices notices, AuditTrail trail, CancellationToken ct)
    {
        var patient = request.PatientId ?? throw new InvalidInput("patient_id", "Say whose data it is about.");
        return await db.Set<Patient>().AnyAsync(p => p.Id == patient && p.ErasedAt == null, ct)
            ? await FileAsync(patient, request, actor, db, options.Value, notices, trail, ct)
            : throw new InvalidInput("patient_id", "There is no such patient.");
    }

    private static async Task<CreatedAnswer<SubjectRequestResponse>> FileAsync(
        Guid patient, SubjectRequestRequest request, Actor actor, CarelineDb db, PatientsOptions options, PatientNotices notices, AuditTrail trail, CancellationToken ct)
    {
        var now = db.Now;
        var term = new RequestTerm(now, now.AddDays(options.RequestDays));
        var filed = SubjectRequest.File(db.NewId(), patient, request, actor.AccountId, term);
        db.Add(filed);
        db.Add(SubjectRequestEvent.Of(filed, RequestStep.Filed, actor.AccountId, null, term.Now));
        trail.About("data_request", filed.Id).Concerns(patient).Because("operations");
        var notice = new Notice(NoticeCategory.System, NoticeSeverity.Important, "patients.request_filed")
        {
            Values = [("kind", EnumText<RequestKind>.Of(filed.Kind)), ("due", filed.DueAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))],
            About = ("data_request", filed.Id),
        };
        await notices.ToAdministratorsAsync(notice, ct);
        await db.SaveChangesAsync(ct);
        return Answer.Created(await SubjectRequestResponse.ReadAsync(db, filed.Id, ct), "Your request was filed.");
    }
}
