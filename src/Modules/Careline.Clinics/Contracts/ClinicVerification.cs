namespace Careline.Clinics.Contracts;

/// <summary>Where the verification of a clinic stands.</summary>
public enum ClinicVerification
{
    /// <summary>Nobody has looked yet, or what was verified has changed.</summary>
    Pending,

    /// <summary>An administrator found it right.</summary>
    Verified,

    /// <summary>An administrator found it wrong.</summary>
    Rejected,
}
