using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Clinics.Contracts;
using Careline.Records.MedicalFiles;

namespace Careline.Records.Sharing;

/// <summary>To whom a document is to be opened: exactly one of a person, a clinic, a role in care, and a link.</summary>
/// <param name="UserId">A person.</param>
/// <param name="ClinicId">The doctors, nurses and pharmacists of a clinic.</param>
/// <param name="CareRole">Whoever of this role cares for the patient; opens a private document to them.</param>
/// <param name="Link">Whoever has the address that the answer names.</param>
/// <param name="Code">With a link: what they must know beside it. Five wrong ones end it.</param>
/// <param name="MaxDownloads">With a link: how often it opens.</param>
/// <param name="ExpiresAt">First moment after it; a link lives seven days unless told, ninety at most.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ShareRequest(
    Guid? UserId = null,
    Guid? ClinicId = null,
    CareRole? CareRole = null,
    bool Link = false,
    [StringLength(64, MinimumLength = 4)] string? Code = null,
    [Range(1, 1000)] int? MaxDownloads = null,
    DateTimeOffset? ExpiresAt = null)
{
    private static readonly TimeSpan _usualLink = TimeSpan.FromDays(7);
    private static readonly TimeSpan _longestLink = TimeSpan.FromDays(90);

    /// <summary>The request with what follows from it.</summary>
    internal ShareRequest Checked(DateTimeOffset now)
    {
        if (new[] { UserId is not null, ClinicId is not null, CareRole is not null, Link }.Count(is_ => is_) != 1)
        {
            throw new InvalidInput("user_id", "Name exactly one of user_id, clinic_id, care_role and link.");
        }

        if (!Link && (Code is not null || MaxDownloads is not null))
        {
            throw new InvalidInput(Code is not null ? "code" : "max_downloads", "Goes with a link only.");
        }

        if (Link && ExpiresAt > now + _longestLink)
        {
            throw new InvalidInput("expires_at", "A link lives ninety days at most.");
        }

        return Link && ExpiresAt is null ? this with { ExpiresAt = now + _usualLink } : this;
    }
}

/// <summary>A document was opened to somebody.</summary>
/// <param name="Id">By which it is ended.</param>
/// <param name="Url">Of a link: where it opens, told once.</param>
/// <param name="ExpiresAt">First moment after it.</param>
public sealed record ShareMade(
    Guid Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url, DateTimeOffset? ExpiresAt);

/// <summary>Opens a document on its patient's wish. Who added it does not decide to whom it goes.</summary>
internal static class ShareMedicalFile
{
    private const int MostShares = 100;

    public static void Map(RouteGroupBuilder files) => files.MapPost("/{id:guid}/share/", Handle)
        .Named("ShareMedicalFile", "Opens a document to a person, a clinic, a role in care, or by a link.").ForReaders().VisibleAs<MedicalFile>();

    private static async Task<CreatedAnswer<ShareMade>> Handle(
        Guid id, ShareRequest request, Actor actor, CarelineDb db, IAccountActors accounts, AuditTrail trail, CancellationToken ct)
    {
        var file = await RequireSharingAsync(db, actor, id, ct);
        var asked = request.Checked(db.Now);
        if (asked.UserId is { } user && await accounts.FindAsync(user, ct) is null)
        {
            throw new InvalidInput("user_id", "There is no such person.");
        }

        if (asked.ClinicId is { } clinic && !await db.Set<ClinicRow>().AnyAsync(c => c.Id == clinic, ct))
        {
            throw new InvalidInput("clinic_id", "There is no such clinic.");
        }

        if (await db.Set<Share>().CountAsync(s => s.MedicalFileId == id && s.EndedAt == null, ct) >= MostShares)
        {
            throw new RuleViolation("TOO_MANY_SHARES", $"A document is opened {MostShares} times at most. End some first.");
        }

        var (share, token) = Share.Of(db.NewId(), id, asked, actor.AccountId, db.Now);
        db.Append(share);
        trail.About("share", share.Id).Concerns(file.PatientId);
        await db.SaveChangesAsync(ct);
        return Answer.Created(new ShareMade(share.Id, token is null ? null : $"/api/medical-files/shared/{token}/", share.ExpiresAt), "Shared.");
    }

    /// <summary>A document whose patient the caller speaks for.</summary>
    public static async Task<MedicalFile> RequireSharingAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        var file = await GetMedicalFile.FindAsync(db, actor, id, ct);
        return await Author.SpeaksForAsync(db, actor, file.PatientId, ct)
            ? file : throw new PermissionDenied("To whom a document is opened is decided by its patient.");
    }
}
