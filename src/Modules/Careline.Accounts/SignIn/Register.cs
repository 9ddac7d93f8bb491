using Careline.Accounts.Accounts;
using Careline.Accounts.EmailVerification;
using Careline.Audit.Contracts;
using Careline.Platform.Delivery;
using Microsoft.Extensions.Options;

namespace Careline.Accounts.SignIn;

/// <summary>A new account. Only patient and doctor can be chosen; every other role comes from an administrator.</summary>
/// <param name="Email">The e-mail address, unique without regard to case.</param>
/// <param name="Password">At least 12 characters, any of Unicode.</param>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Username">The sign-in name; the e-mail address serves when it is left out.</param>
/// <param name="UserType">patient (the default) or doctor.</param>
/// <param name="Role">Another name of user_type.</param>
/// <param name="Phone">E.164, unique.</param>
/// <param name="DateOfBirth">Birth date.</param>
/// <param name="Address">Postal address, free text.</param>
/// <param name="MedicalLicenseNumber">Doctors: the licence number.</param>
/// <param name="Specialization">Doctors: the specialty, free text.</param>
public sealed record RegisterRequest(
    [Required, MaxLength(254)] string Email,
    [Required, MaxLength(1024)] string Password,
    [Required, MaxLength(100)] string FirstName,
    [Required, MaxLength(100)] string LastName,
    [MaxLength(150)] string? Username = null,
    [MaxLength(20)] string? UserType = null,
    [MaxLength(20)] string? Role = null,
    [MaxLength(40)] string? Phone = null,
    DateOnly? DateOfBirth = null,
    [MaxLength(500)] string? Address = null,
    [MaxLength(50)] string? MedicalLicenseNumber = null,
    [MaxLength(200)] string? Specialization = null);

internal static class Register
{
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes, string path, string name) => routes.MapPost(path, Handle)
        .Named(name, "Makes an account, as a patient or as a doctor, and signs it in.")
        .ForAnyone("Nobody has an account before this.").LimitedAsAuth().WithOwnTransaction();

    private static async Task<CreatedAnswer<TokenResponse>> Handle(
        RegisterRequest request, HttpContext http, CarelineDb db, Passwords passwords, SignInSessions sessions,
        IEnumerable<IRoleProfile> profiles, Postbox post, Phrases phrases, IOptions<AccountsOptions> options, AuditTrail trail, CancellationToken ct)
    {
        options.Value.RequireOpen();
        var userName = request.Username ?? request.Email;
        var faults = Faults(request, db.Now);
        if (passwords.FaultOf(request.Password, request.Email, userName, request.FirstName + request.LastName) is { } weakness)
        {
            faults["password"] = [weakness];
        }

        var role = RoleOf(request, faults);
        if (faults.Count > 0)
        {
            throw new InvalidInput(faults);
        }

        var phone = AccountNames.ToPhone(request.Phone);
        await RefuseTakenAsync(db, userName, request.Email, phone, ct);

        // Hashed before the transaction begins: it takes a fifth of a second, in which no connection is held.
        var hash = await passwords.HashAsync(request.Password, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var account = Account.Register(userName, request.Email, phone, [role], db.Now);
        account.PasswordHash = hash;
        account.Describe(request.FirstName, request.LastName, request.DateOfBirth, request.Address);
        account.SignedIn(db.Now);
        trail.About("account", account.Id).By(account.Id);
        db.Add(account);
        await db.SaveChangesAsync(ct);
        var person = account.ToPerson() with { MedicalLicenseNumber = request.MedicalLicenseNumber, Specialization = request.Specialization };
        account.AttachProfile(role, await profiles.Single(p => p.Role == role).CreateAsync(person, ct));
        SendEmailVerification.Post(db, post, phrases, http.Request.Languages(), account);
        var answer = sessions.Begin(db, account, http);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Created(answer, "Registered.");
    }

    private static string RoleOf(RegisterRequest request, Dictionary<string, string[]> faults)
    {
        var userType = request.UserType?.Trim().ToLowerInvariant();
        var role = request.Role?.Trim().ToLowerInvariant();
        if (userType is not null && role is not null && userType != role)
        {
            faults["role"] = ["Contradicts user_type."];
        }

        var chosen = userType ?? role ?? Roles.Patient;
        if (chosen is not (Roles.Patient or Roles.Doctor))
        {
            faults[userType is null ? "role" : "user_type"] = ["Must be patient or doctor; other roles come by invitation."];
        }

        return chosen;
    }

    private static Dictionary<string, string[]> Faults(RegisterRequest request, DateTimeOffset now)
    {
        var faults = new Dictionary<string, string[]>();
        if (!AccountNames.IsEmail(request.Email))
        {
            faults["email"] = ["Enter a valid e-mail address."];
        }

        if (request.Username is { } userName && !AccountNames.IsUserName(userName))
        {
            faults["username"] = ["Use 2 to 150 letters, digits, dots, hyphens or underscores."];
        }

        if (request.Phone is { Length: > 0 } && AccountNames.ToPhone(request.Phone) is null)
        {
            faults["phone"] = ["Enter the number with its country code, such as +2348012345678."];
        }

        if (request.DateOfBirth is { } birth && (birth.Year < 1900 || birth > DateOnly.FromDateTime(now.UtcDateTime)))
        {
            faults["date_of_birth"] = ["Must be a past date after 1900."];
        }

        return faults;
    }

    // The unique indexes decide; this only finds all faults at once, before the hash is paid for.
    private static async Task RefuseTakenAsync(CarelineDb db, string userName, string email, string? phone, CancellationToken ct)
    {
        var (name, mail) = (AccountNames.Normalize(userName), AccountNames.Normalize(email));
        var taken = await db.Set<Account>()
            .Where(a => a.NormalizedUserName == name || a.NormalizedEmail == mail || (phone != null && a.PhoneNumber == phone))
            .Select(a => new { a.NormalizedUserName, a.NormalizedEmail, a.PhoneNumber }).ToListAsync(ct);
        var faults = new Dictionary<string, string[]>();
        if (taken.Any(a => a.NormalizedEmail == mail))
        {
            faults["email"] = ["Already registered."];
        }
        else if (taken.Any(a => a.NormalizedUserName == name))
        {
            faults["username"] = ["Already taken."];
        }

        if (phone is not null && taken.Any(a => a.PhoneNumber == phone))
        {
            faults["phone"] = ["Already registered."];
        }

        if (faults.Count > 0)
        {
            throw new InvalidInput(faults);
        }
    }
}
