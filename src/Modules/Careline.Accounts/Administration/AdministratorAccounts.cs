using Careline.Accounts.Accounts;
using Careline.Accounts.SignIn;

namespace Careline.Accounts.Administration;

/// <summary>Makes administrators from the command line, where there is nobody yet to invite them, and finds those there are.</summary>
internal sealed class AdministratorAccounts(CarelineDb db, Passwords passwords) : IAdministratorAccounts
{
    public async Task<Guid> CreateAsync(NewAdministrator person, CancellationToken ct)
    {
        if (!AccountNames.IsEmail(person.Email))
        {
            throw new InvalidInput("email", "Enter a valid e-mail address.");
        }

        if (!person.IsDemo)
        {
            passwords.Check(person.Password, "password", person.Email);
        }

        var name = AccountNames.Normalize(person.UserName ?? person.Email);
        var mail = AccountNames.Normalize(person.Email);
        if (await db.Set<Account>().AnyAsync(a => a.NormalizedUserName == name || a.NormalizedEmail == mail, ct))
        {
            throw new RuleViolation("ALREADY_REGISTERED", "An account with this name or address exists.");
        }

        var account = Account.Register(
            person.UserName ?? person.Email, person.Email, phone: null, [person.IsSuperAdmin ? Roles.SuperAdmin : Roles.Admin], db.Now);
        account.PasswordHash = await passwords.HashAsync(person.Password, ct);
        account.Describe("Careline", "Administrator", null, null);
        if (person.IsDemo)
        {
            account.MarkDemo();
        }

        db.Add(account);
        await db.SaveChangesAsync(ct);
        return account.Id;
    }

    public async Task<IReadOnlyList<Guid>> ActiveAsync(CancellationToken ct) =>
        await db.Set<Account>().Where(a => a.Status == AccountStatus.Active && (a.Roles.Contains(Roles.Admin) || a.Roles.Contains(Roles.SuperAdmin)))
            .OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(ct);
}
