using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Signatures;

/// <summary>What a signature covers: the sheet as it was signed, with the names that patient and doctor had then.</summary>
internal sealed record SignedContent
{
    private static readonly JsonSerializerOptions _json = new(WireJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public int Form { get; init; } = 1;

    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required SignedPerson Patient { get; init; }

    public required SignedPerson Doctor { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ValidUntil { get; init; }

    public Guid? Supersedes { get; init; }

    public required PrescriptionSheet Sheet { get; init; }

    /// <summary>The places of the medicines of which nothing could be checked; null where there are none. Whoever holds the paper must know.</summary>
    public IReadOnlyList<int>? NotChecked { get; init; }

    public static SignedContent Of(Prescription draft, PatientRow patient, DoctorLicence doctor, DateTimeOffset validUntil, DateTimeOffset now) => new()
    {
        Id = draft.Id,
        Number = draft.Number,
        Patient = new SignedPerson(patient.Id, patient.Name) { Number = patient.Number, BirthDate = patient.DateOfBirth },
        Doctor = new SignedPerson(draft.DoctorId, doctor.Name) { Number = doctor.Number, Country = doctor.Country },
        IssuedAt = now,
        ValidUntil = validUntil,
        Supersedes = draft.SupersedesId,
        Sheet = PrescriptionSheet.Of(draft),
        NotChecked = UncheckedOf(draft),
    };

    /// <summary>As it is signed, byte for byte.</summary>
    public string Text() => JsonSerializer.Serialize(this, _json);

    public static SignedContent? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<SignedContent>(text, _json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The same, but saying what the rows say now: where nobody wrote past us, the two are one.</summary>
    public SignedContent AsRowsSay(Prescription now) => this with
    {
        Id = now.Id,
        Number = now.Number,
        Patient = Patient with { Id = now.PatientId },
        Doctor = Doctor with { Id = now.DoctorId },
        IssuedAt = now.IssuedAt ?? default,
        ValidUntil = now.ValidUntil ?? default,
        Supersedes = now.SupersedesId,
        Sheet = PrescriptionSheet.Of(now),
        NotChecked = UncheckedOf(now),
    };

    private static int[]? UncheckedOf(Prescription prescription) =>
        prescription.Lines.Where(l => l.SafetyCheck == SafetyCheck.NotChecked).Select(l => l.Position).Order().ToArray() is { Length: > 0 } places ? places : null;
}

/// <summary>Somebody on a signed sheet: a patient by number and birth date, a doctor by licence.</summary>
internal sealed record SignedPerson(Guid Id, string Name)
{
    public string? Number { get; init; }

    public string? Country { get; init; }

    public DateOnly? BirthDate { get; init; }
}

/// <summary>What signing makes.</summary>
internal sealed record SignedSheet(string Content, byte[] Signature, string Code);
