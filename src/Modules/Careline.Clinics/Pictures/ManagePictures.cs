using Careline.Audit.Contracts;
using Careline.Clinics.Clinics;
using Careline.Files.Contracts;

namespace Careline.Clinics.Pictures;

/// <summary>A picture of a clinic.</summary>
/// <param name="Id">The picture.</param>
/// <param name="Url">Where it is, at the size of a screen; <c>thumbnail/</c> beneath it is small.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="IsCover">Whether it stands for the clinic.</param>
/// <param name="CreatedAt">When it came.</param>
public sealed record ClinicPictureResponse(Guid Id, string Url, string? Caption, bool IsCover, DateTimeOffset CreatedAt);

/// <summary>A few pictures of a clinic, which everybody sees who sees the clinic. The first is the cover, until another is made so.</summary>
internal static class ManagePictures
{
    private const int Most = 8;
    private const string WhyOpen = "part of a public profile; the query hides clinics that are not";

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string One = "/{id:guid}/pictures/{pictureId:guid}/";
        routes.MapGet("/{id:guid}/pictures/", List).Named("ListClinicPictures", "Pictures of a clinic, the cover first.")
            .ForAnyone("part of what patients read of a clinic").OpenToAll(WhyOpen);
        routes.MapPost("/{id:guid}/pictures/", Add).Named("AddClinicPicture", "Adds a picture of a clinic: PNG, JPEG or WebP, as the part file of a form.")
            .ForSignedIn().VisibleAs<Clinic>().TakesForm("caption");
        routes.MapGet(One, Get).Named("GetClinicPicture", "A picture of a clinic at the size of a screen.")
            .ForAnyone("part of what patients read of a clinic").OpenToAll(WhyOpen).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        routes.MapGet(One + "thumbnail/", Thumbnail).Named("GetClinicPictureThumbnail", "A small copy of a picture; the picture itself until there is one.")
            .ForAnyone("part of what patients read of a clinic").OpenToAll(WhyOpen).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        routes.MapPut(One + "cover/", Cover).Named("CoverClinicPicture", "Makes a picture the cover.").ForSignedIn().VisibleAs<Clinic>();
        routes.MapDelete(One, Remove).Named("RemoveClinicPicture", "Takes a picture away.").ForSignedIn().VisibleAs<Clinic>();
    }

    private static async Task<PageAnswer<ClinicPictureResponse>> List(Guid id, ListQuery query, Actor? actor, CarelineDb db, CancellationToken ct)
    {
        await CheckAsync(db, actor, id, ct);
        query.Ordering("created_at");
        var page = await query.PageAsync(db.Set<Picture>().Where(p => p.ClinicId == id).OrderByDescending(p => p.IsCover).ThenBy(p => p.CreatedAt).ThenBy(p => p.Id), ct);
        return Answer.Page(new Page<ClinicPictureResponse>([.. page.Rows.Select(Of)], page.Total, page.Number, page.Size));
    }

    private static async Task<CreatedAnswer<ClinicPictureResponse>> Add(
        Guid id, HttpContext http, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        await Staff.StaffMember.RequireAdministratorAsync(db, actor, id, ct);
        FileForm.CheckLength(http, files, FilePurpose.Picture);
        var form = await FileForm.ReadAsync(http, (_, content, part) => files.TakeInAsync(
            content, new FileOffer { FileName = part.FileName, MediaType = part.MediaType, Purpose = FilePurpose.Picture, Owner = new FileOwner(id, id) }, ct));
        var kept = form.Content ?? throw new InvalidInput("file", "This field is required.");
        var caption = string.IsNullOrWhiteSpace(form.Text("caption")) ? null : form.Text("caption");
        if (caption?.Length > 200)
        {
            throw new InvalidInput("caption", "At most 200 characters.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // Under the clinic's lock, so that two at once are neither too many nor both the cover.
        await Clinic.LockAsync(db, actor, id, ct);
        var count = await db.Set<Picture>().CountAsync(p => p.ClinicId == id, ct);
        if (count >= Most)
        {
            throw new RuleViolation("TOO_MANY_PICTURES", $"A clinic shows {Most} pictures at most: take one away first.");
        }

        await files.AttachAsync(kept.Id, ct);
        var picture = Picture.Of(db.NewId(), id, kept.Id, caption, db.Now);
        if (count == 0)
        {
            picture.Cover();
        }

        db.Add(picture);
        trail.About("clinic", id).Because("operations").Changed("pictures");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return Answer.Created(Of(picture), "Picture added.");
    }

    private static Task<IResult> Get(Guid id, Guid pictureId, Actor? actor, CarelineDb db, IFiles files, CancellationToken ct) =>
        ServeAsync((id, pictureId), actor, db, files, FileCopy.Screen, ct);

    private static Task<IResult> Thumbnail(Guid id, Guid pictureId, Actor? actor, CarelineDb db, IFiles files, CancellationToken ct) =>
        ServeAsync((id, pictureId), actor, db, files, FileCopy.Thumbnail, ct);

    private static async Task<Answer<ClinicPictureResponse>> Cover(
        Guid id, Guid pictureId, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        await Clinic.LockAsync(db, actor, id, ct);
        var picture = await LoadAsync(db, id, pictureId, ct);
        await MakeCoverAsync(db, picture, ct);
        trail.About("clinic", id).Because("operations").Changed("pictures");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(Of(picture), "Cover changed.");
    }

    private static async Task<DeletedAnswer> Remove(Guid id, Guid pictureId, Actor actor, CarelineDb db, IFiles files, AuditTrail trail, CancellationToken ct)
    {
        await Clinic.LockAsync(db, actor, id, ct);
        var picture = await LoadAsync(db, id, pictureId, ct);
        await files.ReleaseAsync(picture.FileId, null, ct);
        await db.Set<Picture>().Where(p => p.Id == pictureId).ExecuteDeleteAsync(ct);
        if (picture.IsCover && await db.Set<Picture>().AsTracking().Where(p => p.ClinicId == id && p.Id != pictureId).OrderBy(p => p.CreatedAt).FirstOrDefaultAsync(ct) is { } next)
        {
            next.Cover();
        }

        trail.About("clinic", id).Because("operations").Changed("pictures");
        await db.SaveChangesAsync(ct);
        return Answer.Deleted();
    }

    // The former one first: there is never a moment with two.
    private static async Task MakeCoverAsync(CarelineDb db, Picture picture, CancellationToken ct)
    {
        await db.Set<Picture>().Where(p => p.ClinicId == picture.ClinicId && p.IsCover && p.Id != picture.Id).ExecuteUpdateAsync(p => p.SetProperty(c => c.IsCover, false), ct);
        picture.Cover();
    }

    private static async Task<Picture> LoadAsync(CarelineDb db, Guid id, Guid pictureId, CancellationToken ct) =>
        await db.Set<Picture>().AsTracking().FirstOrDefaultAsync(p => p.Id == pictureId && p.ClinicId == id, ct) ?? throw new NotFound();

    private static async Task CheckAsync(CarelineDb db, Actor? actor, Guid id, CancellationToken ct)
    {
        if (!await Clinic.VisibleToAnyone(db, actor).AnyAsync(c => c.Id == id, ct))
        {
            throw new NotFound();
        }
    }

    private static async Task<IResult> ServeAsync((Guid Clinic, Guid Picture) which, Actor? actor, CarelineDb db, IFiles files, FileCopy copy, CancellationToken ct)
    {
        await CheckAsync(db, actor, which.Clinic, ct);
        var file = await db.Set<Picture>().Where(p => p.Id == which.Picture && p.ClinicId == which.Clinic).Select(p => (Guid?)p.FileId).FirstOrDefaultAsync(ct)
            ?? throw new NotFound();

        // A small copy is made a moment after the picture came, and by a program that a machine may lack.
        var reading = await files.OpenAsync(file, copy, ct) ?? await files.OpenAsync(file, FileCopy.Screen, ct) ?? throw new NotFound();
        return reading.AsAttachment("clinic" + reading.MediaType switch { "image/png" => ".png", "image/webp" => ".webp", _ => ".jpg" });
    }

    private static ClinicPictureResponse Of(Picture picture) =>
        new(picture.Id, $"/api/eclinic/clinics/{picture.ClinicId}/pictures/{picture.Id}/", picture.Caption, picture.IsCover, picture.CreatedAt);
}
