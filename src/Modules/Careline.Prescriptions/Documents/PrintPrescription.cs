using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Papers.Contracts;
using Careline.Patients.Contracts;
using Careline.Prescriptions.Prescriptions;
using Careline.Prescriptions.Signatures;

namespace Careline.Prescriptions.Documents;

internal static class PrintPrescription
{
    public static void Map(RouteGroupBuilder prescriptions) => prescriptions.MapGet("/{id:guid}/document.pdf", Handle)
        .Named("PrintPrescription", "A signed prescription on paper (?size=a4, a5 or thermal; ?language=, else the patient's), with the code by which it is verified.")
        .ForRoles([.. Roles.RecordReaders, Roles.Pharmacist])
        .VisibleAs<Prescription>()
        .Produces(StatusCodes.Status200OK, contentType: "application/pdf");

    private static async Task<IResult> Handle(
        Guid id, string? size, string? language, Actor actor, CarelineDb db, SigningKey key, PrescriptionPaper paper, IPatientAddresses addresses, AuditTrail trail, CancellationToken ct)
    {
        var row = await Prescription.VisibleTo(db, actor).Include(p => p.Lines.OrderBy(l => l.Position)).FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw ClinicalCare.Refuse(actor);
        trail.About("prescription", id).Concerns(row.PatientId);
        var on = size is null ? PaperSize.A4
            : EnumText<PaperSize>.TryParse(size, out var known) ? known
            : throw new InvalidInput("size", $"Must be one of: {string.Join(", ", EnumText<PaperSize>.All)}.");
        if (row.SignedContent is not { } text || row.VerifyCode is not { } code)
        {
            throw new RuleViolation("NOT_SIGNED", "Only a signed prescription is printed.");
        }

        var validity = await VerifyPrescription.JudgeAsync(row, key, db, ct);
        if (validity == PaperValidity.Altered || SignedContent.Read(text) is not { } signed)
        {
            throw new RuleViolation("ALTERED", "What is kept of this prescription differs from what was signed. Tell the practice.");
        }

        var reads = language ?? (await addresses.OfAsync([row.PatientId], ct)).GetValueOrDefault(row.PatientId)?.Language;
        var stamp = validity == PaperValidity.Valid ? null : $"stamp_{EnumText<PaperValidity>.Of(validity)}";
        var bytes = paper.Print(signed, new PaperPrint(on, reads, code, PaperCode.Of(signed, code, key), stamp));
        return Results.File(bytes, "application/pdf", $"{signed.Number}.pdf");
    }
}
