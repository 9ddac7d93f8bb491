using Careline.Prescriptions.Medicines;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Safety;

/// <summary>A medicine as somebody ordered it or takes it, before anybody knows what is in it.</summary>
/// <param name="Name">As written.</param>
internal sealed record OrderedMedicine(string? Name)
{
    /// <summary>Whatever the caller finds its line by.</summary>
    public Guid? Id { get; init; }

    public Guid? MedicineId { get; init; }

    public string? GenericName { get; init; }

    public string? AtcCode { get; init; }

    public MedicineForm? Form { get; init; }

    public string? Strength { get; init; }

    public string? Dosage { get; init; }

    public string? Frequency { get; init; }

    public string? Route { get; init; }

    public bool MayBeContinued { get; init; }

    public NamedMedicine Named => new(MedicineId, AtcCode, GenericName, Name);

    public static OrderedMedicine Of(PrescriptionLine line) => new(line.MedicationName)
    {
        Id = line.Id,
        MedicineId = line.MedicineId,
        GenericName = line.GenericName,
        AtcCode = line.AtcCode,
        Form = line.Form,
        Strength = line.Strength,
        Dosage = line.Dosage,
        Frequency = line.Frequency,
        Route = line.Route,
    };

    public MedicineLine As(ResolvedMedicine resolved) => new()
    {
        Id = Id,
        Name = Name ?? GenericName ?? AtcCode ?? "",
        Ingredients = resolved.Ingredients,
        Doubt = resolved.Doubt,
        Form = Form,
        Strength = Strength,
        Dosage = Dosage,
        Frequency = Frequency,
        Route = Route,
        MayBeContinued = MayBeContinued,
    };
}
