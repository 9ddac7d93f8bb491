using Careline.Audit.Contracts;
using Careline.Prescriptions.Dispensing;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Signatures;

/// <summary>What is known of a paper prescription.</summary>
public enum PaperValidity
{
    /// <summary>Signed here, unchanged, and in force.</summary>
    Valid,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Called off by who prescribed it.</summary>
    Cancelled,

    /// <summary>Replaced by a corrected one.</summary>
    Superseded,

    /// <summary>All of it was handed out.</summary>
    UsedUp,

    /// <summary>What is kept differs from what was signed: hand out nothing and tell the practice.</summary>
    Altered,

    /// <summary>What was signed is not kept, as after the erasure of a patient's data: nothing can be said of it.</summary>
    Erased,
}

/// <summary>What a pharmacy is told of the prescription behind a code.</summary>
public sealed record VerifiedPrescription
{
    /// <summary>Whether it may be handed out.</summary>
    public PaperValidity Validity { get; init; }

    /// <summary>The human number.</summary>
    public string Number { get; init; } = "";

    /// <summary>The first letters of the patient's names, to compare with who stands at the counter.</summary>
    public string? PatientInitials { get; init; }

    /// <summary>The patient's year of birth.</summary>
    public int? PatientBirthYear { get; init; }

    /// <summary>Who prescribed.</summary>
    public string? DoctorName { get; init; }

    /// <summary>The licence of who prescribed.</summary>
    public string? DoctorLicense { get; init; }

    /// <summary>When it was signed.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Until when it is handed out.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The medicines, as they were signed; none where that cannot be trusted.</summary>
    public IReadOnlyList<VerifiedLine> Lines { get; init; } = [];
}

/// <summary>A medicine of a verified prescription.</summary>
/// <param name="LineId">By which it is handed out.</param>
/// <param name="Order">As it was prescribed.</param>
/// <param name="Allowed">How many units may be handed out in all.</param>
/// <param name="Dispensed">How many were.</param>
/// <param name="SafetyCheck">How much of its safety was checked when it was signed.</param>
public sealed record VerifiedLine(Guid LineId, MedicationOrder Order, long Allowed, int Dispensed, SafetyCheck SafetyCheck);

/// <summary>A key by which papers can be verified without asking anybody.</summary>
/// <param name="Id">How codes name it, in hexadecimal.</param>
/// <param name="Algorithm">Ed25519 (RFC 8032).</param>
/// <param name="PublicKey">32 bytes, Base64.</param>
public sealed record PublicSigningKey(string Id, string Algorithm, string PublicKey);

/// <summary>
/// Tells whoever holds a prescription's paper whether it is true. The row is not believed: it must say what was signed, and the signature must be ours, so that a dose
/// changed past us, in the database itself, is noticed before anybody takes it.
/// </summary>
internal static class VerifyPrescription
{
    public static void Map(RouteGroupBuilder prescriptions)
    {
        prescriptions.MapGet("/verify/{code}/", Handle)
            .Named("VerifyPrescription", "Whether the prescription behind a code is true and may be handed out, and what of it was.")
            .ForAnyone("The code on the paper is the key; whoever holds the paper has read what it says.")
            .LimitedAsAuth();
        prescriptions.MapGet("/keys/", Keys)
            .Named("ListPrescriptionKeys", "The public key of this installation, by which the QR codes on its prescriptions are verified offline.")
            .ForAnyone("A public key is public.");
    }

    /// <summary>What a row is worth: read with its lines, and compared with what was signed and with what was handed out.</summary>
    public static async Task<PaperValidity> JudgeAsync(Prescription row, SigningKey key, CarelineDb db, CancellationToken ct)
    {
        var validity = Judge(row, key, db.Now);
        if (validity is PaperValidity.Altered or PaperValidity.Erased)
        {
            return validity;
        }

        var handedOut = await db.Set<Dispense>().Where(d => d.PrescriptionId == row.Id && d.ReversedAt == null)
            .GroupBy(d => d.LineId).Select(g => new { g.Key, Units = g.Sum(d => d.Quantity) }).ToDictionaryAsync(d => d.Key, d => d.Units, ct);
        return row.Lines.All(l => l.Dispensed == handedOut.GetValueOrDefault(l.Id)) ? validity : PaperValidity.Altered;
    }

    private static PaperValidity Judge(Prescription row, SigningKey key, DateTimeOffset now)
    {
        if (row.SignedContent is not { } content || row.Signature is not { } signature)
        {
            return PaperValidity.Erased;
        }

        if (!key.Verifies(content, signature) || SignedContent.Read(content) is not { } signed || signed.AsRowsSay(row).Text() != content)
        {
            return PaperValidity.Altered;
        }

        return row.Status switch
        {
            PrescriptionStatus.Cancelled => PaperValidity.Cancelled,
            PrescriptionStatus.Superseded => PaperValidity.Superseded,

            // Whoever calls a sheet off says when, and stops its lines: one that was only made active again stands with both.
            PrescriptionStatus.Completed or PrescriptionStatus.Active when row.Lines.Exists(l => l.Status == LineStatus.Stopped) => PaperValidity.Altered,
            PrescriptionStatus.Completed => PaperValidity.UsedUp,
            PrescriptionStatus.Active when row.EndedAt is not null => PaperValidity.Altered,
            PrescriptionStatus.Active => row.ValidUntil <= now ? PaperValidity.Expired : PaperValidity.Valid,
            _ => PaperValidity.Altered,
        };
    }

    private static async Task<Answer<VerifiedPrescription>> Handle(string code, CarelineDb db, SigningKey key, AuditTrail trail, CancellationToken ct)
    {
        var typed = VerifyCode.Read(code) ?? throw new NotFound();
        var row = await db.Set<Prescription>().Include(p => p.Lines.OrderBy(l => l.Position)).FirstOrDefaultAsync(p => p.VerifyCode == typed, ct) ?? throw new NotFound();
        trail.About("prescription", row.Id).Concerns(row.PatientId).Always();
        return Answer.Ok(Tell(row, await JudgeAsync(row, key, db, ct)));
    }

    private static VerifiedPrescription Tell(Prescription row, PaperValidity validity)
    {
        if (validity is PaperValidity.Altered or PaperValidity.Erased || SignedContent.Read(row.SignedContent!) is not { } signed)
        {
            return new VerifiedPrescription { Validity = validity, Number = row.Number };
        }

        return new VerifiedPrescription
        {
            Validity = validity,
            Number = signed.Number,
            PatientInitials = string.Concat(signed.Patient.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $"{name.EnumerateRunes().First()}.")),
            PatientBirthYear = signed.Patient.BirthDate?.Year,
            DoctorName = signed.Doctor.Name,
            DoctorLicense = signed.Doctor.Number,
            IssuedAt = signed.IssuedAt,
            ValidUntil = signed.ValidUntil,
            Lines = [.. row.Lines.Select(l => new VerifiedLine(l.Id, l.Order, l.Allowed, l.Dispensed, l.SafetyCheck))],
        };
    }

    private static Answer<IReadOnlyList<PublicSigningKey>> Keys(SigningKey key) => Answer.Ok<IReadOnlyList<PublicSigningKey>>(
        [new PublicSigningKey(Convert.ToHexStringLower(SigningKey.IdOf(key.PublicKey)), "Ed25519", Convert.ToBase64String(key.PublicKey))]);
}
