using Careline.Accounts.Contracts;
using Careline.Clinics.Clinics;

namespace Careline.Clinics.Staff;

/// <summary>Takes up those who accepted an invitation to a clinic.</summary>
internal sealed class ClinicStaffing(CarelineDb db) : IClinicStaffing
{
    public Task<bool> ExistsAsync(Guid clinicId, CancellationToken ct) => db.Set<Clinic>().AnyAsync(c => c.Id == clinicId, ct);

    public void Join(Guid clinicId, Guid accountId, string role) => db.Add(StaffMember.Join(db.NewId(), clinicId, new StaffRequest(accountId, RoleOf(role)), db.Now));

    // No role becomes an administrator by not being named here.
    internal static ClinicRole RoleOf(string role) => role switch
    {
        Roles.Doctor => ClinicRole.Doctor,
        Roles.Nurse => ClinicRole.Nurse,
        Roles.Pharmacist => ClinicRole.Pharmacist,
        Roles.Receptionist => ClinicRole.Receptionist,
        Roles.Admin or Roles.SuperAdmin => ClinicRole.Administrator,
        _ => throw new InvalidOperationException($"Nobody said what a {role} is at a clinic."),
    };
}
