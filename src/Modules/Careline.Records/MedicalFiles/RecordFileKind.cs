namespace Careline.Records.MedicalFiles;

/// <summary>What a document of a record is.</summary>
public enum RecordFileKind
{
    /// <summary>A laboratory's report.</summary>
    LabReport,

    /// <summary>A prescription on paper.</summary>
    Prescription,

    /// <summary>A diagnosis in writing.</summary>
    Diagnosis,

    /// <summary>Proof of a vaccination.</summary>
    Vaccination,

    /// <summary>Report of an operation.</summary>
    Surgery,

    /// <summary>An allergy card.</summary>
    Allergy,

    /// <summary>Proof of identity.</summary>
    IdProof,

    /// <summary>Proof of address.</summary>
    AddressProof,

    /// <summary>Card of an insurance.</summary>
    InsuranceCard,

    /// <summary>A doctor's report.</summary>
    MedicalReport,

    /// <summary>A picture made for medicine.</summary>
    MedicalImage,

    /// <summary>Any other picture.</summary>
    Image,

    /// <summary>Any other document.</summary>
    Document,

    /// <summary>A radiograph.</summary>
    Xray,

    /// <summary>A scan by CT, MRI or ultrasound.</summary>
    Scan,

    /// <summary>A letter of or to an insurance.</summary>
    Insurance,

    /// <summary>Result of a test other than a laboratory's.</summary>
    MedicalTest,

    /// <summary>Something else.</summary>
    Other,
}
