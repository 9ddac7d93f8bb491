using Careline.Accounts.Accounts;
using Careline.Accounts.Profile;
using Careline.Accounts.Sessions;
using Careline.Audit.Contracts;

namespace Careline.Accounts.Administration;

/// <summary>What an administrator may change of an account.</summary>
/// <param name="Status">active or disabled; disabling ends every session at once.</param>
/// <param name="Roles">All roles from now on; patient and doctor stay as long as their profile exists.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UpdateUserRequest([MaxLength(20)] string? Status = null, [MaxLength(7)] IReadOnlyList<string>? Roles = null);

internal static class Users
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", List).Named("ListUsers", "All accounts, for administrators.").ForRoles(Roles.Administrators)
            .WithFilters("role", "status");
        routes.MapGet("/{id:guid}/", Get).Named("GetUser", "One account, for administrators.").ForRoles(Roles.Administrators)
            .VisibleAs<Account>();
        routes.MapPatch("/{id:guid}/", Update).Named("UpdateUser", "Changes an account's status or roles.").ForRoles(Roles.Administrators)
            .RequiresRecentSignIn().VisibleAs<Account>();
    }

    private static async Task<PageAnswer<UserResponse>> List(ListQuery query, Actor actor, CarelineDb db, CancellationToken ct)
    {
        var accounts = Account.VisibleTo(db, actor);
        if (query.Text("role", 20) is { } role)
        {
            accounts = accounts.Where(a => a.Roles.Contains(role));
        }

        if (query.Enum<AccountStatus>("status") is { } status)
        {
            accounts = accounts.Where(a => a.Status == status);
        }

        if (query.Search is { } search)
        {
            var name = AccountNames.Normalize(search);
            accounts = accounts.Where(a => a.NormalizedUserName!.StartsWith(name) || a.NormalizedEmail!.StartsWith(name) || a.PhoneNumber == search
                || (a.FirstName + " " + a.LastName).ToLower().Contains(name));
        }

        var (order, descending) = query.Ordering("-created_at", "username");
        accounts = (order, descending) switch
        {
            ("username", false) => accounts.OrderBy(a => a.NormalizedUserName),
            ("username", true) => accounts.OrderByDescending(a => a.NormalizedUserName),
            (_, false) => accounts.OrderBy(a => a.CreatedAt).ThenBy(a => a.Id),
            _ => accounts.OrderByDescending(a => a.CreatedAt).ThenBy(a => a.Id),
        };
        return Answer.Page(await query.PageAsync(accounts, UserResponse.Projection, ct));
    }

    private static async Task<Answer<UserResponse>> Get(Guid id, Actor actor, CarelineDb db, CancellationToken ct) =>
        Answer.Ok(await Account.VisibleTo(db, actor).Where(a => a.Id == id).Select(UserResponse.Projection).FirstOrDefaultAsync(ct)
            ?? throw new NotFound());

    private static async Task<Answer<UserResponse>> Update(
        Guid id, UpdateUserRequest request, Actor actor, IfMatch ifMatch, CarelineDb db, SessionCache sessions, IEnumerable<IRoleProfile> profiles,
        AuditTrail trail, CancellationToken ct)
    {
        var account = await Account.VisibleTo(db, actor).AsTracking().FirstOrDefaultAsync(a => a.Id == id, ct) ?? throw new NotFound();
        ifMatch.Check(account);
        RefuseOwnRise(account, actor);
        await KeepLastSuperAdminAsync(db, account, request, ct);
        if (request.Roles is { } roles)
        {
            account.Assign(CheckedRoles(roles, account, actor), db.Now);
        }

        if (request.Status is { } text)
        {
            account.SetStatus(
                EnumText<AccountStatus>.TryParse(text, out var status) ? status : throw new InvalidInput("status", "Must be active or disabled."), db.Now);
        }

        foreach (var (profile, profileId) in OwnProfile.ProfilesOf(account, profiles))
        {
            await profile.SetEnabledAsync(profileId, account.Status == AccountStatus.Active && account.Roles.Contains(profile.Role), ct);
        }

        trail.About("account", id).Because("operations").Changed("status", "roles");
        await db.SaveChangesAsync(ct);

        // Roles and status are of the session's actor: tokens from before the change are dead, and every host hears of it.
        await sessions.EndAsync(db, id, only: null, except: null, "account_changed", ct);
        return Answer.Ok(UserResponse.From(account), "Account updated.");
    }

    private static void RefuseOwnRise(Account account, Actor actor)
    {
        if (account.Id == actor.AccountId)
        {
            throw new PermissionDenied("Another administrator has to change your account.");
        }

        if (!actor.Is(Roles.SuperAdmin) && account.Roles.Contains(Roles.SuperAdmin))
        {
            throw new PermissionDenied("Only a superadmin may change a superadmin's account.");
        }
    }

    private static string[] CheckedRoles(IReadOnlyList<string> roles, Account account, Actor actor)
    {
        var wanted = roles.Select(r => r.Trim().ToLowerInvariant()).Distinct().ToArray();
        if (wanted.Length == 0 || wanted.Except(Roles.All).Any())
        {
            throw new InvalidInput("roles", $"Must be among: {string.Join(", ", Roles.All)}.");
        }

        if (!actor.Is(Roles.SuperAdmin) && wanted.Except(account.Roles).Any(r => r is Roles.Admin or Roles.SuperAdmin))
        {
            throw new PermissionDenied("Only a superadmin may make administrators.");
        }

        if ((wanted.Contains(Roles.Patient) && account.PatientId is null) || (wanted.Contains(Roles.Doctor) && account.DoctorId is null))
        {
            throw new InvalidInput("roles", "Patients and doctors register themselves: the account has no such profile.");
        }

        return wanted;
    }

    private static async Task KeepLastSuperAdminAsync(CarelineDb db, Account account, UpdateUserRequest request, CancellationToken ct)
    {
        var keeps = request.Roles?.Contains(Roles.SuperAdmin) != false && request.Status is null or "active";
        if (account.Roles.Contains(Roles.SuperAdmin) && !keeps
            && !await db.Set<Account>().AnyAsync(a => a.Id != account.Id && a.Status == AccountStatus.Active && a.Roles.Contains(Roles.SuperAdmin), ct))
        {
            throw new RuleViolation("LAST_SUPERADMIN", "The last superadmin cannot be removed.");
        }
    }
}
