namespace Careline.Patients.Proxies;

/// <summary>Settings of acting for patients, section <c>Patients</c>.</summary>
internal sealed class ProxyOptions
{
    /// <summary>For how long a mailed invitation to act for a patient serves.</summary>
    public int ProxyInvitationMinutes { get; set; } = 30;
}
