namespace Careline.Patients;

/// <summary>The section <c>Patients</c> of the settings.</summary>
public sealed class PatientsOptions
{
    /// <summary>Days within which a request about personal data is to be answered: a month by GDPR art. 12(3) and the NDPA.</summary>
    public int RequestDays { get; set; } = 30;

    /// <summary>
    /// Years for which clinical rows stay under the pseudonym after an erasure: six by 45 CFR 164.316(b)(2)(i). Where the law of the practice asks for
    /// more, set more.
    /// </summary>
    public int RetentionYears { get; set; } = 6;

    /// <summary>Minutes for which a mailed invitation to act for a patient serves.</summary>
    public int ProxyInvitationMinutes { get; set; } = 30;
}
