namespace Careline.Doctors.Contracts;

/// <summary>By what right a doctor signs.</summary>
public interface IDoctorLicences
{
    /// <summary>The doctor's licence as it is now; null where there is no such doctor.</summary>
    Task<DoctorLicence?> OfAsync(Guid doctorId, CancellationToken ct);
}

/// <summary>A doctor's licence.</summary>
/// <param name="Name">The doctor's name.</param>
/// <param name="Number">The licence number.</param>
/// <param name="Country">ISO 3166 code of the country whose authority gave it, where that is known.</param>
/// <param name="IsVerified">An administrator found it right, it has not run out, and the account works.</param>
public sealed record DoctorLicence(string Name, string Number, string? Country, bool IsVerified);
