using Careline.Clinics.Staff;
using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Careline.Clinics.Privacy;

/// <summary>Where the person works or worked.</summary>
internal sealed class ClinicRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "clinics";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var account = person.AccountId;
        yield return new PersonalTable("staff", db.Set<StaffMember>().Where(s => s.AccountId == account).OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.ClinicId, s.AccountId, s.Role, s.JoinedAt, s.LeftAt }).AsAsyncEnumerable());
    }

    // Who worked where is ids only, and explains who could see what.
    public Task EraseAsync(PersonKeys person, CancellationToken ct) => Task.CompletedTask;
}
