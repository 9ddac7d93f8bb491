namespace Careline.Accounts.Contracts;

/// <summary>
/// Gives somebody who accepted an invitation their place at a clinic. Implemented by Clinics; works on the scope's context within the caller's
/// transaction.
/// </summary>
public interface IClinicStaffing
{
    /// <summary>Whether there is such a clinic.</summary>
    Task<bool> ExistsAsync(Guid clinicId, CancellationToken ct);

    /// <summary>Adds the account to the clinic's staff, unsaved.</summary>
    /// <param name="clinicId">The clinic.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="role">Its platform-wide role; an admin becomes the clinic's administrator.</param>
    void Join(Guid clinicId, Guid accountId, string role);
}
