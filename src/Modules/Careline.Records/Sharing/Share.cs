using System.Security.Cryptography;
using System.Text;
using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Patients.Contracts;
using Careline.Records.MedicalFiles;

namespace Careline.Records.Sharing;

/// <summary>
/// A document opened to somebody beside those in care: a person, the doctors, nurses and pharmacists of a clinic, everybody of a role who cares for the patient (which
/// opens a private document to them too), or whoever has a link.
/// </summary>
internal sealed class Share
{
    /// <summary>Wrong codes after which a link is over.</summary>
    public const int MostCodeTries = 5;

    private static readonly ClinicRole[] _clinicReaders = [ClinicRole.Doctor, ClinicRole.Nurse, ClinicRole.Pharmacist];

    private Share()
    {
    }

    public Guid Id { get; private set; }

    public Guid MedicalFileId { get; private set; }

    public Guid? AccountId { get; private set; }

    public Guid? ClinicId { get; private set; }

    public CareRole? CareRole { get; private set; }

    public byte[]? TokenHash { get; private set; }

    public byte[]? CodeHash { get; private set; }

    public int CodeTries { get; private set; }

    public int? MaxDownloads { get; private set; }

    public int Downloads { get; private set; }

    public DateTimeOffset? LastOpenedAt { get; private set; }

    public Guid SharedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Opens a document as asked; the text of a link's token is shown once and never stored.</summary>
    /// <exception cref="InvalidInput">Its end has passed already.</exception>
    public static (Share Share, string? Token) Of(Guid id, Guid medicalFileId, ShareRequest request, Guid by, DateTimeOffset now)
    {
        if (request.ExpiresAt <= now)
        {
            throw new InvalidInput("expires_at", "Must lie ahead.");
        }

        var (token, hash) = request.Link ? OpaqueToken.Issue() : (null, null);
        return (new Share
        {
            Id = id,
            MedicalFileId = medicalFileId,
            AccountId = request.UserId,
            ClinicId = request.ClinicId,
            CareRole = request.CareRole,
            TokenHash = hash,
            CodeHash = request.Code is { } code ? HashOf(id, code) : null,
            MaxDownloads = request.MaxDownloads,
            SharedBy = by,
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt,
        }, token);
    }

    /// <summary>What is kept of a code. It guards a link that is itself 256 bits, five tries long: a fast hash is enough.</summary>
    public static byte[] HashOf(Guid shareId, string code) => HMACSHA256.HashData(shareId.ToByteArray(bigEndian: true), Encoding.UTF8.GetBytes(code));

    /// <summary>
    /// What is open at this moment. With a restriction or without the consent to sharing nothing is that was opened before; and what was opened by
    /// somebody who acts for the patient lasts no longer than the right by which it was opened.
    /// </summary>
    public static IQueryable<Share> Live(CarelineDb db)
    {
        var now = db.Now;
        return
            from s in db.Set<Share>()
            join f in db.Set<MedicalFile>() on s.MedicalFileId equals f.Id
            join p in db.Set<PatientRow>() on f.PatientId equals p.Id
            where s.EndedAt == null && (s.ExpiresAt == null || s.ExpiresAt > now) && f.RemovedAt == null
                && (p.SharingEndedAt == null || s.CreatedAt > p.SharingEndedAt)
                && (s.SharedBy == p.AccountId || db.Set<ProxyRow>().Any(
                    x => x.PatientId == p.Id && x.AccountId == s.SharedBy && x.CanRead && x.CanBook && x.From <= s.CreatedAt && (x.Until == null || now < x.Until)))
            select s;
    }

    /// <summary>The documents that are opened to somebody by name, clinic or role at this moment.</summary>
    public static IQueryable<Guid> OpeningTo(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        var live = Live(db);
        var opened = live.Where(s => s.AccountId == me).Select(s => s.MedicalFileId)
            .Union(
                from s in live
                join m in db.Set<StaffRow>() on s.ClinicId equals (Guid?)m.ClinicId
                where m.AccountId == me && _clinicReaders.Contains(m.Role)
                select s.MedicalFileId);
        if (RoleOf(actor) is not { } role)
        {
            return opened;
        }

        var treated = ClinicalCare.TreatedBy(db, actor);
        return opened.Union(
            from s in live
            join f in db.Set<MedicalFile>() on s.MedicalFileId equals f.Id
            where s.CareRole == role && treated.Contains(f.PatientId)
            select s.MedicalFileId);
    }

    /// <summary>Ends all that was shared of a document, in the present transaction.</summary>
    public static Task EndAllAsync(CarelineDb db, Guid medicalFileId, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"UPDATE records.shares SET ended_at = {db.Now} WHERE medical_file_id = {medicalFileId} AND ended_at IS NULL", ct);

    private static CareRole? RoleOf(Actor actor) =>
        actor.Is(Roles.Doctor) ? Sharing.CareRole.Doctor : actor.Is(Roles.Nurse) ? Sharing.CareRole.Nurse : null;

    internal sealed class Mapping : IEntityTypeConfiguration<Share>
    {
        public void Configure(EntityTypeBuilder<Share> builder)
        {
            builder.ToTable("shares", "records");
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.HasOne<MedicalFile>().WithMany().HasForeignKey(s => s.MedicalFileId);
        }
    }
}

/// <summary>A role that people in care have.</summary>
public enum CareRole
{
    /// <summary>Doctors who treat the patient.</summary>
    Doctor,

    /// <summary>Nurses where the patient is.</summary>
    Nurse,
}
