using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Prescriptions.Prescriptions;

internal static class GetPrescription
{
    public static void Map(RouteGroupBuilder prescriptions) => prescriptions.MapGet("/{id:guid}/", Handle)
        .Named("GetPrescription", "Shows one prescription with its medicines.")
        .ForRoles([.. Roles.RecordReaders, Roles.Pharmacist])
        .VisibleAs<Prescription>();

    private static async Task<Answer<PrescriptionResponse>> Handle(
        Guid id, Actor actor, CarelineDb db, IPrescriptions prescriptions, AuditTrail trail, CancellationToken ct)
    {
        var sheet = await PrescriptionResponse.From(db, Prescription.VisibleTo(db, actor).Where(p => p.Id == id)).FirstOrDefaultAsync(ct)
            ?? throw ClinicalCare.Refuse(actor);
        trail.About("prescription", id).Concerns(sheet.Patient.Id);
        return Answer.Ok((await PrescriptionResponse.WithLinesAsync(prescriptions, [sheet], ct))[0]);
    }
}
