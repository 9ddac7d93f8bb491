using Microsoft.Extensions.Validation;

namespace Careline.Prescriptions.Contracts;

/// <summary>One medicine as ordered. Text is kept as sent: a dose that is rewritten is a dose that is misread.</summary>
/// <param name="MedicationName">As the doctor names it.</param>
/// <param name="Dosage">How much at a time, such as <c>500 mg</c> or <c>1-0-1</c>.</param>
/// <param name="Frequency">How often: a word such as <c>twice_daily</c>, or free text.</param>
/// <param name="GenericName">The active ingredient.</param>
/// <param name="AtcCode">WHO ATC code of any level.</param>
/// <param name="Form">The dose form.</param>
/// <param name="Strength">Of one unit, such as <c>250 mg/5 ml</c>.</param>
/// <param name="Route">How it is taken, such as <c>oral</c>.</param>
/// <param name="DurationDays">For how long; absent means until stopped.</param>
/// <param name="Quantity">How many units to dispense.</param>
/// <param name="Refills">How often it may be dispensed again.</param>
/// <param name="Instructions">What the patient should know.</param>
/// <param name="Timing">When in the day, as to meals and sleep.</param>
/// <param name="MedicineId">The entry of the catalogue, where one was chosen.</param>
#pragma warning disable ASP0029 // The validator's own attribute: the record is the body of a route in another module.
[ValidatableType]
#pragma warning restore ASP0029
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MedicationOrder(
    [Required, MaxLength(300)] string MedicationName,
    [Required, MaxLength(300)] string Dosage,
    [Required, MaxLength(100)] string Frequency,
    [MaxLength(300)] string? GenericName = null,
    [RegularExpression("[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?", ErrorMessage = "Must be an ATC code such as J01CA04.")] string? AtcCode = null,
    MedicineForm? Form = null,
    [MaxLength(100)] string? Strength = null,
    [MaxLength(100)] string? Route = null,
    [Range(1, 3650)] int? DurationDays = null,
    [Range(1, 100_000)] int? Quantity = null,
    [Range(0, 99)] int? Refills = null,
    [MaxLength(4000)] string? Instructions = null,
    IntakeTiming? Timing = null,
    Guid? MedicineId = null);

/// <summary>When in the day a medicine is taken.</summary>
public enum IntakeTiming
{
    /// <summary>With food.</summary>
    WithFood,

    /// <summary>On an empty stomach.</summary>
    EmptyStomach,

    /// <summary>At bedtime.</summary>
    Bedtime,

    /// <summary>Before breakfast.</summary>
    BeforeBreakfast,

    /// <summary>After breakfast.</summary>
    AfterBreakfast,

    /// <summary>Before lunch.</summary>
    BeforeLunch,

    /// <summary>After lunch.</summary>
    AfterLunch,

    /// <summary>Before dinner.</summary>
    BeforeDinner,

    /// <summary>After dinner.</summary>
    AfterDinner,

    /// <summary>As the instructions say.</summary>
    Custom,
}

/// <summary>Dose forms.</summary>
public enum MedicineForm
{
    /// <summary>Tablet.</summary>
    Tablet,

    /// <summary>Capsule.</summary>
    Capsule,

    /// <summary>Syrup.</summary>
    Syrup,

    /// <summary>Injection.</summary>
    Injection,

    /// <summary>Cream.</summary>
    Cream,

    /// <summary>Ointment.</summary>
    Ointment,

    /// <summary>Drops.</summary>
    Drops,

    /// <summary>Inhaler.</summary>
    Inhaler,

    /// <summary>Suppository.</summary>
    Suppository,

    /// <summary>Another.</summary>
    Other,
}
