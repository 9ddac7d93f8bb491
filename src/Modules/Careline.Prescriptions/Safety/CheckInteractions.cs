using System.Collections.Frozen;
using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Patients.Contracts;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Safety;

/// <summary>Medicines to be checked together, for a patient or for nobody in particular.</summary>
/// <param name="Medicines">The medicines.</param>
/// <param name="PatientId">Whose record counts too: allergies, age, weight, conditions and what is taken already.</param>
/// <param name="Allergies">What is not tolerated, in words, in addition to the record; an empty list says that there is nothing.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CheckInteractionsRequest(
    [Required, MinLength(1), MaxLength(50)] IReadOnlyList<MedicineToCheck> Medicines,
    Guid? PatientId = null,
    [MaxLength(50)] IReadOnlyList<string>? Allergies = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Medicines.Contains(null!))
        {
            yield return new ValidationResult("The list holds null.", [nameof(Medicines)]);
        }

        if (Allergies?.Any(allergy => string.IsNullOrWhiteSpace(allergy) || allergy.Length > 200) == true)
        {
            yield return new ValidationResult("Each has 1 to 200 characters.", [nameof(Allergies)]);
        }
    }
}

/// <summary>One medicine, named by any of its names, its code or its row of the catalogue.</summary>
/// <param name="MedicationName">As written.</param>
/// <param name="MedicineId">The catalogue's row.</param>
/// <param name="GenericName">The ingredient.</param>
/// <param name="AtcCode">WHO ATC code.</param>
/// <param name="Form">The dose form.</param>
/// <param name="Strength">Of one unit.</param>
/// <param name="Dosage">How much at a time.</param>
/// <param name="Frequency">How often.</param>
/// <param name="Route">How it is taken.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MedicineToCheck(
    [StringLength(300)] string? MedicationName = null,
    Guid? MedicineId = null,
    [StringLength(300)] string? GenericName = null,
    [RegularExpression("[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?", ErrorMessage = "Must be an ATC code such as J01CA04.")] string? AtcCode = null,
    MedicineForm? Form = null,
    [StringLength(100)] string? Strength = null,
    [StringLength(300)] string? Dosage = null,
    [StringLength(100)] string? Frequency = null,
    [StringLength(100)] string? Route = null) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MedicineId is null && AtcCode is null && string.IsNullOrWhiteSpace(MedicationName) && string.IsNullOrWhiteSpace(GenericName))
        {
            yield return new ValidationResult("Name the medicine: medication_name, medicine_id, generic_name or atc_code.", [nameof(MedicationName)]);
        }
    }

    internal OrderedMedicine Ordered() => new(MedicationName)
    {
        MedicineId = MedicineId,
        GenericName = GenericName,
        AtcCode = AtcCode,
        Form = Form,
        Strength = Strength,
        Dosage = Dosage,
        Frequency = Frequency,
        Route = Route,
    };
}

/// <summary>Checks medicines without prescribing them. Of a patient's record only for whoever may open it: for everybody else the patient does not exist.</summary>
internal static class CheckInteractions
{
    public static void Map(RouteGroupBuilder prescriptions) => prescriptions.MapPost("/check-interactions/", Handle)
        .Named("CheckInteractions", "Checks medicines against each other and against a patient's record.")
        .ForRoles([.. Roles.RecordReaders, Roles.Pharmacist]);

    private static async Task<Answer<SafetyStatement>> Handle(
        CheckInteractionsRequest request, Actor actor, CarelineDb db, SafetyDesk desk, PatientFactsReader reader, AuditTrail trail, CancellationToken ct)
    {
        var lines = request.Medicines.Select(medicine => medicine.Ordered()).ToList();
        var said = request.Allergies?.Select(text => new AllergyFact(text, [])).ToList();
        if (request.PatientId is not { } patientId)
        {
            var nobody = new PatientFacts { Today = DateOnly.FromDateTime(db.Now.UtcDateTime), Allergies = said };
            return Answer.Ok(Tell(await desk.CheckAsync(nobody, lines, [], ct), db.Now), "Checked.");
        }

        if (actor.PatientId != patientId && !await ClinicalCare.PatientsOf(db, actor).AnyAsync(id => id == patientId, ct))
        {
            throw ClinicalCare.Refuse(actor);
        }

        var reading = await reader.ReadAsync(patientId, null, ct) ?? throw new NotFound();
        trail.Concerns(patientId);
        var facts = said is null ? reading.Facts : reading.Facts with { Allergies = [.. reading.Facts.Allergies ?? [], .. said] };
        return Answer.Ok(Tell(await desk.CheckAsync(facts, lines, reading.Current, ct), db.Now), "Checked.");
    }

    private static SafetyStatement Tell(SafetyReport report, DateTimeOffset now) => SafetyStatements.Of(report, FrozenDictionary<string, string>.Empty, now);
}
