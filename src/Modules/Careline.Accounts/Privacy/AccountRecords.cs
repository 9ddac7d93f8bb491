using System.Text.Json;
using Careline.Accounts.Accounts;
using Careline.Accounts.Invitations;
using Careline.Accounts.SecondFactors;
using Careline.Accounts.Sessions;
using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Careline.Accounts.Privacy;

/// <summary>The account and its sign-ins. Secrets and hashes of credentials say nothing about a person and would open doors: they stay here.</summary>
internal sealed class AccountRecords(CarelineDb db) : IPersonalRecords
{
    public string Schema => "accounts";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var (account, addresses) = (person.AccountId, person.Addresses);
        yield return new PersonalTable("accounts", AccountAsync(account));
        yield return new PersonalTable("sessions", db.Set<Session>().Where(s => s.AccountId == account).OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.AccountId, s.UserAgent, s.CreatedAt, s.LastSeenAt, s.ExpiresAt, s.EndedAt, s.EndReason }).AsAsyncEnumerable());
        yield return new PersonalTable("authenticators", db.Set<Authenticator>().Where(a => a.AccountId == account)
            .Select(a => new { a.AccountId, a.CreatedAt, a.ConfirmedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("invitations", db.Set<Invitation>().Where(i => addresses.Contains(i.Email)).OrderBy(i => i.Id)
            .Select(i => new { i.Id, i.Email, i.Role, i.ClinicId, i.InvitedBy, i.CreatedAt, i.ExpiresAt, i.AcceptedAt }).AsAsyncEnumerable());
    }

    public async Task<IReadOnlyList<string>> AddressesAsync(PersonKeys person, CancellationToken ct)
    {
        var id = person.AccountId;
        var account = await db.Set<Account>().Where(a => a.Id == id).Select(a => new { a.Email, a.PhoneNumber }).FirstOrDefaultAsync(ct);
        return [.. new[] { account?.Email, account?.PhoneNumber }.OfType<string>()];
    }

    // The settings are JSON of the person's own, not text that holds JSON.
    private async IAsyncEnumerable<object> AccountAsync(Guid? id)
    {
        await foreach (var a in db.Set<Account>().Where(a => a.Id == id).AsAsyncEnumerable())
        {
            using var preferences = JsonDocument.Parse(a.Preferences);
            yield return new
            {
                a.Id, a.UserName, a.Email, a.EmailConfirmed, a.PhoneNumber, a.PhoneNumberConfirmed, a.FirstName, a.LastName, a.Roles, a.Status,
                a.DateOfBirth, a.Address, a.Bio, a.ProfilePicture, Preferences = preferences.RootElement, a.PatientId, a.DoctorId, a.IsDemo, a.CreatedAt,
                a.UpdatedAt, a.LastLoginAt,
            };
        }
    }
}
