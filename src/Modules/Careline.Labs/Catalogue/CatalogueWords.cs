namespace Careline.Labs.Catalogue;

/// <summary>Which part of a laboratory a test belongs to.</summary>
public enum TestCategory
{
    /// <summary>Cells of the blood.</summary>
    Haematology,

    /// <summary>Clotting.</summary>
    Coagulation,

    /// <summary>Groups and antibodies for transfusion.</summary>
    BloodBank,

    /// <summary>Salts, kidney, bone, enzymes.</summary>
    Biochemistry,

    /// <summary>Liver and pancreas.</summary>
    Liver,

    /// <summary>Fats of the blood.</summary>
    Lipids,

    /// <summary>Glucose and its average.</summary>
    Diabetes,

    /// <summary>Thyroid.</summary>
    Thyroid,

    /// <summary>Other hormones, and pregnancy.</summary>
    Hormones,

    /// <summary>Heart muscle and heart failure.</summary>
    Cardiac,

    /// <summary>Iron and vitamins.</summary>
    Nutrition,

    /// <summary>Inflammation and antibodies against oneself.</summary>
    Immunology,

    /// <summary>Markers of tumours.</summary>
    TumourMarkers,

    /// <summary>Antibodies, antigens and genetic material of germs.</summary>
    Serology,

    /// <summary>Cultures and what is seen under the microscope.</summary>
    Microbiology,

    /// <summary>Parasites.</summary>
    Parasitology,

    /// <summary>Urine.</summary>
    Urinalysis,

    /// <summary>Medicines in the blood.</summary>
    DrugLevels,

    /// <summary>Another.</summary>
    Other,
}

/// <summary>What a result is made of.</summary>
public enum ResultKind
{
    /// <summary>A number with a unit.</summary>
    Numeric,

    /// <summary>One of the test's answers, such as positive or negative.</summary>
    Coded,

    /// <summary>Words.</summary>
    Text,
}

/// <summary>What is taken from the patient.</summary>
public enum Specimen
{
    /// <summary>Serum or plasma of venous blood.</summary>
    Serum,

    /// <summary>Plasma with an anticoagulant.</summary>
    Plasma,

    /// <summary>Blood that does not clot.</summary>
    WholeBlood,

    /// <summary>Capillary blood of a finger or heel.</summary>
    CapillaryBlood,

    /// <summary>Arterial blood.</summary>
    ArterialBlood,

    /// <summary>Urine.</summary>
    Urine,

    /// <summary>Stool.</summary>
    Stool,

    /// <summary>Sputum.</summary>
    Sputum,

    /// <summary>A swab.</summary>
    Swab,

    /// <summary>Cerebrospinal fluid.</summary>
    CerebrospinalFluid,

    /// <summary>Another.</summary>
    Other,
}

/// <summary>For which sex a reference range is meant.</summary>
public enum RangeSex
{
    /// <summary>Male.</summary>
    Male,

    /// <summary>Female.</summary>
    Female,
}
