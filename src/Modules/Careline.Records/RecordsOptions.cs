namespace Careline.Records;

/// <summary>Section <c>Records</c> of the settings.</summary>
public sealed class RecordsOptions
{
    /// <summary>For how many days the content of a document that its patient removed can still be brought back from the store.</summary>
    public int RemovedKeptDays { get; set; } = 30;

    /// <summary>For how many years the content of a document that a clinician had added is kept after it was removed.</summary>
    public int ClinicalKeptYears { get; set; } = 10;
}
