using Careline.Accounts.Accounts;
using Careline.Audit.Contracts;
using Careline.Files.Contracts;

namespace Careline.Accounts.Pictures;

/// <summary>A person's own picture: kept by Files, without where and with what it was taken, and shown to the person.</summary>
internal static class OwnPicture
{
    /// <summary>Where the picture is, as the profile names it.</summary>
    public const string Address = "/api/auth/profile/picture/";

    private const string Path = "/profile/picture/";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut(Path, Put).Named("PutOwnPicture", "Sets the caller's picture: PNG, JPEG or WebP, as the part file of a form.").ForSignedIn().TakesForm();
        routes.MapGet(Path, Get).Named("GetOwnPicture", "The caller's picture at the size of a screen.").ForSignedIn()
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        routes.MapGet(Path + "thumbnail/", Thumbnail).Named("GetOwnPictureThumbnail", "A small copy of the caller's picture; the picture itself until there is one.").ForSignedIn()
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        routes.MapDelete(Path, Remove).Named("RemoveOwnPicture", "Takes the caller's picture away.").ForSignedIn();
    }

    private static async Task<Answer<PictureResponse>> Put(
        HttpContext http, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        var kept = await FileForm.TakeOneAsync(http, files, FilePurpose.Picture, new FileOwner(actor.PatientId ?? actor.AccountId), ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var account = await LockAsync(db, actor, ct);
        await files.AttachAsync(kept.Id, ct);
        if (account.ShowPicture(kept.Id, db.Now) is { } former)
        {
            await files.ReleaseAsync(former, null, ct);
        }

        await SaveAsync(db, account, trail, ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Ok(new PictureResponse(Address, kept.MediaType, kept.Size), "Picture kept.");
    }

    private static Task<IResult> Get(Actor actor, CarelineDb db, IFiles files, CancellationToken ct) => ServeAsync(actor, db, files, FileCopy.Screen, ct);

    private static Task<IResult> Thumbnail(Actor actor, CarelineDb db, IFiles files, CancellationToken ct) => ServeAsync(actor, db, files, FileCopy.Thumbnail, ct);

    private static async Task<DeletedAnswer> Remove(Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        var account = await LockAsync(db, actor, ct);
        if (account.ShowPicture(null, db.Now) is { } former)
        {
            await files.ReleaseAsync(former, null, ct);
        }

        await SaveAsync(db, account, trail, ct);
        return Answer.Deleted();
    }

    // Of two pictures at once the second lets the first go.
    private static async Task<Account> LockAsync(CarelineDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.AccountId;
        return await db.Set<Account>().FromSql($"SELECT * FROM accounts.accounts WHERE id = {me} FOR NO KEY UPDATE").AsTracking().SingleAsync(ct);
    }

    private static Task<int> SaveAsync(CarelineDb db, Account account, AuditTrail trail, CancellationToken ct)
    {
        trail.About("account", account.Id).Because("operations").Changed("profile_picture");
        return db.SaveChangesAsync(ct);
    }

    private static async Task<IResult> ServeAsync(Actor actor, CarelineDb db, IFiles files, FileCopy copy, CancellationToken ct)
    {
        var me = actor.AccountId;
        var file = await db.Set<Account>().Where(a => a.Id == me).Select(a => a.PictureFileId).FirstOrDefaultAsync(ct) ?? throw new NotFound();

        // A small copy is made a moment after the picture came, and by a program that a machine may lack.
        var reading = await files.OpenAsync(file, copy, ct) ?? await files.OpenAsync(file, FileCopy.Screen, ct) ?? throw new NotFound();
        return reading.AsAttachment("picture" + reading.MediaType switch { "image/png" => ".png", "image/webp" => ".webp", _ => ".jpg" });
    }
}

/// <summary>A picture that was kept.</summary>
/// <param name="Url">Where it is.</param>
/// <param name="MediaType">Found out from the content.</param>
/// <param name="Size">Bytes.</param>
public sealed record PictureResponse(string Url, string MediaType, long Size);
