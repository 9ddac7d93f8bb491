using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Clinics.Staff;

namespace Careline.Tests.Clinics;

public sealed class ClinicStaffingTests
{
    [Fact]
    public void Every_role_of_staff_has_its_own_at_a_clinic_and_no_other_has_one()
    {
        foreach (var role in Roles.All.Where(role => Roles.AreStaff([role])))
        {
            var expected = role is Roles.Admin or Roles.SuperAdmin ? ClinicRole.Administrator : Enum.Parse<ClinicRole>(role, ignoreCase: true);
            ClinicStaffing.RoleOf(role).ShouldBe(expected);
        }

        Should.Throw<InvalidOperationException>(() => ClinicStaffing.RoleOf("midwife"));
    }
}
