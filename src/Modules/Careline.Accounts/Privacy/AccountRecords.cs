using Careline.Accounts.Accounts;
using Careline.Accounts.Invitations;
using Careline.Accounts.Passkeys;
using Careline.Accounts.SecondFactors;
using Careline.Accounts.Sessions;
using Careline.Files.Contracts;
using Careline.Platform.Privacy;

namespace Careline.Accounts.Privacy;

/// <summary>The account and its sign-ins. Secrets and hashes of credentials say nothing about a person and would open doors: they stay here.</summary>
internal sealed class AccountRecords(CarelineDb db, SessionCache sessions, IFiles files) : IPersonalRecords
{
    public string Schema => "accounts";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var (account, addresses) = (person.AccountId, person.Words.Addresses);
        yield return new PersonalTable("accounts", AccountAsync(account));
        yield return new PersonalTable("sessions", db.Set<Session>().Where(s => s.AccountId == account).OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.AccountId, s.UserAgent, s.Address, s.CreatedAt, s.LastSeenAt, s.AuthenticatedAt, s.ExpiresAt, s.EndedAt, s.EndReason }).AsAsyncEnumerable());
        yield return new PersonalTable("active_days", ActiveDaysAsync(account));
        yield return new PersonalTable("authenticators", db.Set<Authenticator>().Where(a => a.AccountId == account)
            .Select(a => new { a.AccountId, a.CreatedAt, a.ConfirmedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("passkeys", db.Set<Passkey>().Where(p => p.AccountId == account).OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.AccountId, p.Name, p.IsBackupEligible, p.IsBackedUp, p.CreatedAt, p.LastUsedAt }).AsAsyncEnumerable());
        yield return new PersonalTable("invitations", db.Set<Invitation>().Where(i => addresses.Contains(i.Email)).OrderBy(i => i.Id)
            .Select(i => new { i.Id, i.Email, i.Role, i.ClinicId, i.InvitedBy, i.CreatedAt, i.ExpiresAt, i.AcceptedAt }).AsAsyncEnumerable());
    }

    public async Task<PersonalWords> WordsAsync(PersonKeys person, CancellationToken ct)
    {
        var id = person.AccountId;
        var a = await db.Set<Account>().FirstOrDefaultAsync(a => a.Id == id, ct);
        return PersonalWords.Of([a?.FirstName, a?.LastName, a?.UserName], [a?.Email, a?.PhoneNumber], [a?.Address]);
    }

    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var id = person.AccountId;
        if (await db.Set<Account>().FirstOrDefaultAsync(a => a.Id == id, ct) is not { } account)
        {
            return;
        }

        if (account.Roles.Any(role => role != Roles.Patient))
        {
            throw new RuleViolation("HOLDS_OTHER_ROLES", "The account works here too: take its other roles away first.");
        }

        if (account.PictureFileId is { } picture)
        {
            await files.ReleaseAsync(picture, null, ct);
        }

        await sessions.EndAsync(db, account.Id, only: null, except: null, "erased", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE accounts.accounts SET user_name = 'erased-' || id, normalized_user_name = 'erased-' || id, email = NULL, normalized_email = NULL,
                email_confirmed = false, phone_number = NULL, phone_number_confirmed = false, password_hash = NULL, first_name = 'Erased', last_name = 'Account',
                date_of_birth = date_trunc('year', date_of_birth)::date, address = NULL, bio = NULL, profile_picture = NULL, picture_file_id = NULL, preferences = jsonb_build_object(),
                status = 'disabled', generation = generation + 1, updated_at = {db.Now}, version = version + 1 WHERE id = {id}
            """,
            ct);
        await EraseSignInsAsync(account.Id, [.. person.Words.Addresses.Select(AccountNames.Normalize)], ct);
    }

    private async IAsyncEnumerable<object> ActiveDaysAsync(Guid? account)
    {
        await foreach (var day in db.Database.SqlQuery<DateOnly>($"SELECT day AS \"Value\" FROM accounts.active_days WHERE account_id = {account} ORDER BY day").AsAsyncEnumerable())
        {
            yield return new { AccountId = account, Day = day };
        }
    }

    private async Task EraseSignInsAsync(Guid id, string[] addresses, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.active_days WHERE account_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"UPDATE accounts.sessions SET user_agent = NULL, address = NULL WHERE account_id = {id}", ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM accounts.refresh_tokens t USING accounts.sessions s WHERE s.id = t.session_id AND s.account_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.mailed_tokens WHERE account_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.mfa_challenges WHERE account_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.recovery_codes WHERE account_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.authenticators WHERE account_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.passkeys WHERE account_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.passkey_challenges WHERE account_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM accounts.otp_challenges WHERE phone = ANY ({addresses})", ct);
        await db.Database.ExecuteSqlAsync($"UPDATE accounts.invitations SET email = 'erased' WHERE lower(email) = ANY ({addresses})", ct);
    }

    // The settings are JSON of the person's own, not text that holds JSON.
    private async IAsyncEnumerable<object> AccountAsync(Guid? id)
    {
        await foreach (var a in db.Set<Account>().Where(a => a.Id == id).AsAsyncEnumerable())
        {
            using var preferences = JsonDocument.Parse(a.Preferences);
            yield return new
            {
                a.Id,
                a.UserName,
                a.Email,
                a.EmailConfirmed,
                a.PhoneNumber,
                a.PhoneNumberConfirmed,
                a.FirstName,
                a.LastName,
                a.Roles,
                a.Status,
                a.DateOfBirth,
                a.Address,
                a.Bio,
                a.ProfilePicture,
                a.PictureFileId,
                Preferences = preferences.RootElement,
                a.PatientId,
                a.DoctorId,
                a.StaffSince,
                a.IsDemo,
                a.CreatedAt,
                a.UpdatedAt,
                a.LastLoginAt,
            };
        }
    }
}
