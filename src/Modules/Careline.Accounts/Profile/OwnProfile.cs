using Careline.Accounts.Accounts;
using Careline.Accounts.Pictures;
using Careline.Accounts.SignIn;
using Careline.Audit.Contracts;

namespace Careline.Accounts.Profile;

/// <summary>What a person may write of their own account. Roles, status and verification are not among it.</summary>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Phone">E.164; a changed number has to be verified again.</param>
/// <param name="DateOfBirth">Birth date.</param>
/// <param name="Address">Postal address.</param>
/// <param name="Bio">A few words.</param>
/// <param name="ProfilePicture">Address of a picture elsewhere (https). A picture of the person's own is set at <c>picture/</c>; its address means no change here.</param>
/// <param name="Preferences">Own settings: a JSON object of at most 16 KB.</param>
public sealed record ReplaceProfileRequest(
    [Required, MaxLength(100)] string FirstName,
    [Required, MaxLength(100)] string LastName,
    [MaxLength(40)] string? Phone = null,
    DateOnly? DateOfBirth = null,
    [MaxLength(500)] string? Address = null,
    [MaxLength(4000)] string? Bio = null,
    [MaxLength(1000), PictureAddress] string? ProfilePicture = null,
    JsonElement? Preferences = null);

/// <summary>An address elsewhere, or that of the person's own picture.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class PictureAddressAttribute : ValidationAttribute
{
    private static readonly UrlAttribute _elsewhere = new();

    public PictureAddressAttribute()
        : base("The {0} field is not a valid fully-qualified http, https, or ftp URL.")
    {
    }

    public override bool IsValid(object? value) => value is OwnPicture.Address || _elsewhere.IsValid(value);
}

internal static class OwnProfile
{
    private const int LongestPreferences = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/profile/", Get).Named("GetProfile", "The signed-in person's own profile.").ForSignedIn().WithoutSecondFactor();
        routes.MapPut("/profile/", Replace).Named("ReplaceProfile", "Replaces what the person may write of their profile.").ForSignedIn()
            .WithoutSecondFactor();
        routes.MapPatch("/profile/", Patch).Named("UpdateProfile", "Changes parts of the profile.").ForSignedIn().WithoutSecondFactor()
            .AcceptsMerge<ReplaceProfileRequest>();
    }

    private static async Task<Answer<ProfileResponse>> Get(
        Actor actor, CarelineDb db, IEnumerable<IRoleProfile> profiles, AuditTrail trail, CancellationToken ct)
    {
        var account = await FindAsync(db.Set<Account>(), actor, ct);
        Concern(trail, account);
        return Answer.Ok(await DescribeAsync(account, profiles, ct));
    }

    private static async Task<Answer<ProfileResponse>> Replace(
        ReplaceProfileRequest request, Actor actor, IfMatch ifMatch, CarelineDb db, IEnumerable<IRoleProfile> profiles, RecentSignIn recent,
        SignInNotice notice, AuditTrail trail, CancellationToken ct)
    {
        var account = await FindAsync(db.Set<Account>().AsTracking(), actor, ct);
        ifMatch.Check(account);
        AskAgain(account, request, actor, recent);
        return await WriteAsync(account, request, db, profiles, notice, trail, ct);
    }

    private static async Task<Answer<ProfileResponse>> Patch(
        Merge<ReplaceProfileRequest> patch, Actor actor, IfMatch ifMatch, CarelineDb db, IEnumerable<IRoleProfile> profiles, RecentSignIn recent,
        SignInNotice notice, AuditTrail trail, CancellationToken ct)
    {
        var account = await FindAsync(db.Set<Account>().AsTracking(), actor, ct);
        ifMatch.Check(account);
        var current = new ReplaceProfileRequest(
            account.FirstName, account.LastName, account.PhoneNumber, account.DateOfBirth, account.Address, account.Bio, account.ProfilePicture,
            JsonSerializer.Deserialize<JsonElement>(account.Preferences));
        var request = await patch.OntoAsync(current);
        AskAgain(account, request, actor, recent);
        return await WriteAsync(account, request, db, profiles, notice, trail, ct);
    }

    private static async Task<Answer<ProfileResponse>> WriteAsync(
        Account account, ReplaceProfileRequest request, CarelineDb db, IEnumerable<IRoleProfile> profiles, SignInNotice notice, AuditTrail trail,
        CancellationToken ct)
    {
        var phone = request.Phone is { Length: > 0 } given
            ? AccountNames.ToPhone(given) ?? throw new InvalidInput("phone", "Enter the number with its country code, such as +2348012345678.")
            : null;
        if (request.DateOfBirth is { } birth && (birth.Year < 1900 || birth > DateOnly.FromDateTime(db.Now.UtcDateTime)))
        {
            throw new InvalidInput("date_of_birth", "Must be a past date after 1900.");
        }

        if (phone != account.PhoneNumber)
        {
            await notice.TellAsync(account.Id, "accounts.phone_changed", ct);
        }

        account.Describe(request.FirstName, request.LastName, request.DateOfBirth, request.Address);
        account.Contact(
            phone,
            request.Bio,
            request.ProfilePicture == OwnPicture.Address ? account.ProfilePicture : request.ProfilePicture,
            PreferencesOf(request),
            db.Now);
        foreach (var (profile, id) in ProfilesOf(account, profiles))
        {
            await profile.UpdateAsync(id, account.ToPerson(), ct);
        }

        Concern(trail, account);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(await DescribeAsync(account, profiles, ct), "Profile updated.");
    }

    // The phone alone signs in, by a code: whoever changes it changes a way in.
    private static void AskAgain(Account account, ReplaceProfileRequest request, Actor actor, RecentSignIn recent)
    {
        if ((AccountNames.ToPhone(request.Phone) ?? request.Phone ?? "") != (account.PhoneNumber ?? ""))
        {
            recent.Require(actor);
        }
    }

    private static string PreferencesOf(ReplaceProfileRequest request)
    {
        if (request.Preferences is not { ValueKind: not JsonValueKind.Null } preferences)
        {
            return "{}";
        }

        var text = preferences.GetRawText();
        return preferences.ValueKind == JsonValueKind.Object && text.Length <= LongestPreferences && !text.Contains("\\u0000", StringComparison.Ordinal)
            ? text : throw new InvalidInput("preferences", "Must be a JSON object of at most 16 KB.");
    }

    private static async Task<Account> FindAsync(IQueryable<Account> accounts, Actor actor, CancellationToken ct) =>
        await accounts.FirstOrDefaultAsync(a => a.Id == actor.AccountId, ct) ?? throw new NotFound();

    private static void Concern(AuditTrail trail, Account account)
    {
        trail.About("account", account.Id);
        if (account.PatientId is { } patient)
        {
            trail.Concerns(patient);
        }
    }

    private static async Task<ProfileResponse> DescribeAsync(Account account, IEnumerable<IRoleProfile> profiles, CancellationToken ct)
    {
        var fields = new Dictionary<string, object?>();
        foreach (var (profile, id) in ProfilesOf(account, profiles))
        {
            foreach (var (name, value) in await profile.DescribeAsync(id, ct))
            {
                fields[name] = value;
            }
        }

        return ProfileResponse.From(account, fields);
    }

    internal static IEnumerable<(IRoleProfile Profile, Guid Id)> ProfilesOf(Account account, IEnumerable<IRoleProfile> profiles) =>
        from profile in profiles
        let id = profile.Role == Roles.Patient ? account.PatientId : profile.Role == Roles.Doctor ? account.DoctorId : null
        where id is not null
        select (profile, id.Value);
}
