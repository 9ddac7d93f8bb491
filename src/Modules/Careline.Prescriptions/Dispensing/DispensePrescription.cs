using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Prescriptions.Prescriptions;
using Careline.Prescriptions.Signatures;

namespace Careline.Prescriptions.Dispensing;

/// <summary>One medicine that is handed out.</summary>
/// <param name="LineId">The line of the prescription.</param>
/// <param name="Quantity">How many units; of a medicine without a quantity, 1.</param>
/// <param name="Batch">The batch it is taken from; where the pharmacy keeps the medicine in stock it must be one that goes first.</param>
/// <param name="ItemId">What of the pharmacy's stock it is taken from; where absent, what is the prescribed medicine.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DispensedLine(Guid LineId, [Range(1, 10_000_000)] int Quantity, [MaxLength(100)] string? Batch = null, Guid? ItemId = null);

/// <summary>What a pharmacy hands out.</summary>
/// <param name="Lines">The medicines.</param>
/// <param name="ClinicId">The pharmacy, for who works at several.</param>
/// <param name="Note">For the record.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DispenseRequest(
    [Required, MinLength(1), MaxLength(PrescriptionSheet.MostLines)] IReadOnlyList<DispensedLine> Lines, Guid? ClinicId = null, [MaxLength(2000)] string? Note = null)
    : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => PrescriptionSheet.NoNull(Lines, nameof(Lines));
}

/// <summary>
/// Hands medicines out. What was sent to the pharmacy is found by its id, what somebody brings on paper by its code. A row that does not say what was signed is not handed
/// out, and never is more than was prescribed: the database counts.
/// </summary>
internal static class DispensePrescription
{
    public static void Map(RouteGroupBuilder prescriptions)
    {
        prescriptions.MapPost("/{id:guid}/dispense/", ById)
            .Named("DispensePrescription", "Hands out medicines of a prescription that was sent to the caller's pharmacy, whole or in part.")
            .ForRoles(Roles.Pharmacist)
            .VisibleAs<Prescription>();
        prescriptions.MapPost("/verify/{code}/dispense/", ByCode)
            .Named("DispenseByCode", "Hands out medicines of a prescription whose code the patient shows.")
            .ForRoles(Roles.Pharmacist)
            .LimitedAsAuth();
    }

    private static async Task<CreatedAnswer<IReadOnlyList<DispenseResponse>>> ById(
        Guid id, DispenseRequest request, Actor actor, CarelineDb db, PrescriptionDesk desk, PharmacyStock stock, SigningKey key, CancellationToken ct)
    {
        var prescription = await desk.HoldAsync(actor, id, ct);
        var clinic = await ClinicAsync(db, actor, request.ClinicId ?? prescription.PharmacyId, ct);
        return await HandOutAsync(prescription, clinic, request, actor, db, stock, key, ct);
    }

    private static async Task<CreatedAnswer<IReadOnlyList<DispenseResponse>>> ByCode(
        string code, DispenseRequest request, Actor actor, CarelineDb db, PrescriptionDesk desk, PharmacyStock stock, SigningKey key, AuditTrail trail,
        CancellationToken ct)
    {
        var typed = VerifyCode.Read(code) ?? throw new NotFound();
        var id = await db.Set<Prescription>().Where(p => p.VerifyCode == typed).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        await desk.HoldRowAsync(id, ct);
        var prescription = await db.Set<Prescription>().AsTracking().Include(p => p.Lines).FirstAsync(p => p.Id == id, ct);
        trail.About("prescription", id).Concerns(prescription.PatientId);
        var clinic = await ClinicAsync(db, actor, request.ClinicId, ct);
        return await HandOutAsync(prescription, clinic, request, actor, db, stock, key, ct);
    }

    private static async Task<Guid> ClinicAsync(CarelineDb db, Actor actor, Guid? asked, CancellationToken ct)
    {
        var pharmacies = Prescription.PharmaciesOf(db, actor);
        var working = db.Set<ClinicRow>().Where(c => c.IsPharmacy && c.IsWorking && pharmacies.Contains(c.Id)).Select(c => c.Id);
        var own = await working.OrderBy(id => id).Take(2).ToListAsync(ct);
        return asked is { } clinic
            ? await working.ContainsAsync(clinic, ct) ? clinic : throw new PermissionDenied("You hand out nothing at this clinic.")
            : own switch
            {
                [var only] => only,
                [] => throw new PermissionDenied("You hand out nothing at any clinic."),
                _ => throw new InvalidInput("clinic_id", "Say at which of your pharmacies."),
            };
    }

    private static async Task<CreatedAnswer<IReadOnlyList<DispenseResponse>>> HandOutAsync(
        Prescription prescription, Guid clinicId, DispenseRequest request, Actor actor, CarelineDb db, PharmacyStock stock, SigningKey key, CancellationToken ct)
    {
        if (request.Lines.DistinctBy(l => l.LineId).Count() != request.Lines.Count || request.Lines.Any(l => prescription.Lines.All(p => p.Id != l.LineId)))
        {
            throw new InvalidInput("lines", "Each must be one medicine of this prescription.");
        }

        var validity = await VerifyPrescription.JudgeAsync(prescription, key, db, ct);
        if (validity != PaperValidity.Valid)
        {
            throw new RuleViolation(
                "NOT_DISPENSABLE", $"Nothing of this prescription is handed out: it is {EnumText<PaperValidity>.Display(validity).ToLowerInvariant()}.", new { validity });
        }

        var handed = request.Lines.Select(line => Dispense.Of(prescription.Id, line, clinicId, actor.AccountId, request.Note, db.Now)).ToList();
        db.AddRange(handed);
        await db.SaveChangesAsync(ct);
        await stock.TakeAsync(prescription, handed, request.Lines, ct);
        foreach (var line in request.Lines)
        {
            // The row counts, and its constraint refuses one too many.
            await db.Database.ExecuteSqlAsync(
                $"UPDATE prescriptions.prescription_lines SET dispensed = dispensed + {line.Quantity} WHERE id = {line.LineId}", ct);
        }

        await SettleAsync(prescription, db, ct);
        return Answer.Created(await DispenseResponse.ReadAsync(db, db.Set<Dispense>().Where(d => handed.Select(h => h.Id).Contains(d.Id)), ct), "Handed out.");
    }

    /// <summary>A prescription of which everything was handed out is used up.</summary>
    internal static async Task SettleAsync(Prescription prescription, CarelineDb db, CancellationToken ct)
    {
        var left = await db.Set<PrescriptionLine>().AnyAsync(l => l.PrescriptionId == prescription.Id && l.Dispensed < (l.Quantity ?? 1) * (1L + (l.Refills ?? 0)), ct);
        prescription.Settle(!left, db.Now);
        await db.SaveChangesAsync(ct);
    }
}
