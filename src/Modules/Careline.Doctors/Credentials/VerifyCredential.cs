using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Doctors.Doctors;
using Careline.Doctors.Qualifications;
using Careline.Doctors.Search;
using Microsoft.Extensions.Options;

namespace Careline.Doctors.Credentials;

/// <summary>
/// Administrators look at credentials. A verified licence says how long the doctor may be listed; until another is verified that end stands, also while
/// a renewal waits, so that changing a paper is no way past its end.
/// </summary>
internal static class VerifyCredential
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/credentials/", List).Named("ListAllCredentials", "Credentials of all doctors, the first to run out first.")
            .ForRoles(Roles.Administrators).WithFilters("verification_status", "type", "expires_before");
        routes.MapPost("/{id:guid}/credentials/{lineId:guid}/verify/", Handle).Named("VerifyCredential", "Decides on a doctor's credential.")
            .ForRoles(Roles.Administrators).VisibleAs<Doctor>();
    }

    private static async Task<PageAnswer<QualificationResponse>> List(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        var credentials = db.Set<Qualification>().Where(q => q.Kind == QualificationKind.Credential && q.RemovedAt == null);
        if (query.Enum<Verification>("verification_status") is { } verification)
        {
            credentials = credentials.Where(q => q.Verification == verification);
        }

        if (query.Enum<CredentialType>("type") is { } type)
        {
            credentials = credentials.Where(q => q.Type == type);
        }

        if (query.Date("expires_before") is { } day)
        {
            credentials = credentials.Where(q => q.EndedOn < day);
        }

        query.Ordering("ended_on");
        return Answer.Page(await query.PageAsync(credentials.OrderBy(q => q.EndedOn).ThenBy(q => q.Id), QualificationResponse.Projection(db), ct));
    }

    private static async Task<Answer<QualificationResponse>> Handle(
        Guid id, Guid lineId, VerifyDoctorRequest? request, Actor actor, CarelineDb db, DoctorIndex index, IOptions<DoctorsOptions> options, AuditTrail trail,
        CancellationToken ct)
    {
        // The doctor first: of two decisions about one doctor's licences the second counts the first.
        var doctor = await db.Set<Doctor>().FromSql($"SELECT * FROM doctors.doctors WHERE id = {id} FOR NO KEY UPDATE").AsTracking().FirstOrDefaultAsync(ct)
            ?? throw new NotFound();
        var credential = await db.Set<Qualification>().AsTracking()
            .FirstOrDefaultAsync(q => q.Id == lineId && q.DoctorId == id && q.Kind == QualificationKind.Credential && q.RemovedAt == null, ct) ?? throw new NotFound();
        credential.Decide(request ?? new VerifyDoctorRequest(), actor.AccountId, db.Now);
        if (credential is { Type: CredentialType.Licence, Verification: Verification.Verified })
        {
            var others = await db.Set<Qualification>().Where(q => q.DoctorId == id && q.Id != lineId && q.Type == CredentialType.Licence
                && q.Verification == Verification.Verified && q.RemovedAt == null).Select(q => q.EndedOn).ToListAsync(ct);
            var ends = others.Append(credential.EndedOn).ToList();
            doctor.SetLicense(ends.Contains(null) ? null : ends.Max(), options.Value, db.Now);
            index.Follow(db, id);
        }

        trail.About("qualification", lineId).Because("operations").Changed("verification_status");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(
            await db.Set<Qualification>().Where(q => q.Id == lineId).Select(QualificationResponse.Projection(db)).FirstAsync(ct), "Decision recorded.");
    }
}
