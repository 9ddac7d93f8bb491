using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Prescriptions.Prescriptions;
using Microsoft.Extensions.Options;

namespace Careline.Prescriptions.Signatures;

/// <summary>Makes a draft valid: whoever prescribed it is licensed, its medicines were looked at, and nothing of it changes from then on.</summary>
internal sealed class Signing(
    CarelineDb db, SafetyStatements statements, IDoctorLicences licences, SigningKey key, IOptions<PrescriptionsOptions> options)
{
    /// <summary>Signs a tracked draft with its lines, and supersedes what it corrects; the caller saves.</summary>
    /// <exception cref="RuleViolation">SAFETY_ALERT: a finding interrupts that nobody decided about, told in the details.</exception>
    public async Task SignAsync(Prescription draft, CancellationToken ct)
    {
        draft.MustBeDraft();
        if (draft.Lines.Count == 0)
        {
            throw new RuleViolation("PRESCRIPTION_EMPTY", "There is nothing on this prescription.");
        }

        var doctor = await licences.OfAsync(draft.DoctorId, ct);
        if (doctor is not { IsVerified: true })
        {
            throw new PermissionDenied("Only doctors whose licence is verified and has not run out sign prescriptions.", "NOT_VERIFIED");
        }

        var statement = await statements.CheckAsync(draft, ct);
        if (statement.Interrupts)
        {
            throw new RuleViolation(
                "SAFETY_ALERT",
                "These medicines may harm this patient. Change them, or say why you go on.",
                new { prescription_id = draft.Id, findings = statement.Findings.Where(f => f is { Interrupts: true, OverrideReason: null }), not_checked = statement.NotChecked });
        }

        if (draft.SupersedesId is { } former)
        {
            (await db.Set<Prescription>().FromSql($"SELECT * FROM prescriptions.prescriptions WHERE id = {former} FOR UPDATE").AsTracking().Include(p => p.Lines).FirstAsync(ct))
                .Supersede(db.Now);
        }

        var patient = await db.Set<PatientRow>().FirstAsync(p => p.Id == draft.PatientId, ct);

        // Whole seconds, so that the rows say to the letter what was signed.
        var now = DateTimeOffset.FromUnixTimeSeconds(db.Now.ToUnixTimeSeconds());
        var validUntil = now.AddDays(options.Value.ValidDays);
        var content = SignedContent.Of(draft, patient, doctor, validUntil, now).Text();
        db.Publish(draft.Sign(new SignedSheet(content, key.Sign(content), VerifyCode.Next()), validUntil, now));
    }
}
