using Careline.Accounts.Contracts;
using Careline.Clinics.Profile;
using Careline.Clinics.Staff;

namespace Careline.Clinics.Clinics;

/// <summary>Where care is given. The public sees it once an administrator has verified it.</summary>
internal sealed class Clinic : IVersioned, IVisible<Clinic>
{
    private Clinic()
    {
    }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string TimeZone { get; private set; } = "";

    public string? Description { get; private set; }

    public ClinicKind Kind { get; private set; }

    public string? RegistrationNumber { get; private set; }

    public string? Address { get; private set; }

    public string? City { get; private set; }

    public string? Country { get; private set; }

    public string? Phone { get; private set; }

    public string? Email { get; private set; }

    public string? Website { get; private set; }

    public double? Latitude { get; private set; }

    public double? Longitude { get; private set; }

    public ClinicStatus Status { get; private set; }

    public bool IsPharmacy { get; private set; }

    public DateOnly[] ClosedDays { get; private set; } = [];

    public List<OpeningHours> OpeningHours { get; private set; } = [];

    public Guid? RegisteredBy { get; private set; }

    public bool IsVerified { get; private set; }

    /// <summary>Was verified and not rejected since: working here gives rights.</summary>
    public bool IsTrusted { get; private set; }

    public ClinicVerification Verification { get; private set; }

    public DateTimeOffset? VerificationAt { get; private set; }

    public Guid? VerificationBy { get; private set; }

    public string? VerificationNote { get; private set; }

    /// <summary>Mean of the reviews; kept by the database, as is their count.</summary>
    public decimal Rating { get; private set; }

    public int ReviewCount { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>Whom an administrator opens needs nobody else to verify it.</summary>
    public static Clinic Open(Guid id, ClinicRequest request, DateTimeOffset now)
    {
        var clinic = new Clinic { Id = id, IsVerified = true, IsTrusted = true, CreatedAt = now };
        clinic.Take(request, now);
        return clinic;
    }

    /// <summary>Somebody who works in care registers it; it waits for an administrator.</summary>
    public static Clinic Register(Guid id, Guid by, ClinicRequest request, DateTimeOffset now)
    {
        var clinic = new Clinic { Id = id, RegisteredBy = by, CreatedAt = now };
        clinic.Take(request, now);
        return clinic;
    }

    /// <summary>
    /// What was verified is this name with this registration: where the clinic itself changes it, it has to be looked at again. A rejected one waits again once it is
    /// changed.
    /// </summary>
    public void Replace(ClinicRequest request, bool byPlatform, DateTimeOffset now)
    {
        var judged = (Name, RegistrationNumber, Country);
        Take(request, now);
        if (!byPlatform && (!IsVerified || judged != (Name, RegistrationNumber, Country)))
        {
            (IsVerified, VerificationAt, VerificationBy) = (false, null, null);
        }
    }

    /// <summary>An administrator decides; a decision can be changed.</summary>
    public void Decide(bool isVerified, string? note, Guid by, DateTimeOffset now) =>
        (IsVerified, IsTrusted, VerificationAt, VerificationBy, VerificationNote, UpdatedAt) = (isVerified, isVerified, now, by, note, now);

    public void CloseOn(IEnumerable<DateOnly> days, DateTimeOffset now) => (ClosedDays, UpdatedAt) = ([.. days.Distinct().Order()], now);

    /// <summary>
    /// Whose it is to act on: only who works there and administrators of the platform. To others there is nothing to act on, whatever they read of it
    /// (<see cref="VisibleToAnyone"/>).
    /// </summary>
    public static IQueryable<Clinic> VisibleTo(CarelineDb db, Actor actor)
    {
        var (isAdmin, me) = (actor.IsAdmin, actor.AccountId);
        return db.Set<Clinic>().Where(c => isAdmin || db.Set<StaffMember>().Any(s => s.ClinicId == c.Id && s.AccountId == me && s.LeftAt == null));
    }

    /// <summary>A clinic is public once verified and active; before and after, only its staff and administrators see it.</summary>
    public static IQueryable<Clinic> VisibleToAnyone(CarelineDb db, Actor? actor)
    {
        var clinics = db.Set<Clinic>();
        if (actor is null)
        {
            return clinics.Where(c => c.IsVerified && c.Status == ClinicStatus.Active);
        }

        if (actor.IsAdmin)
        {
            return clinics;
        }

        var me = actor.AccountId;
        return clinics.Where(c => (c.IsVerified && c.Status == ClinicStatus.Active)
            || db.Set<StaffMember>().Any(s => s.ClinicId == c.Id && s.AccountId == me && s.LeftAt == null));
    }

    /// <summary>The clinic, for one of its administrators, kept from changing until the transaction ends.</summary>
    /// <exception cref="NotFound">The actor does not work there.</exception>
    /// <exception cref="PermissionDenied">The actor does not run it.</exception>
    public static async Task<Clinic> LockAsync(CarelineDb db, Actor actor, Guid id, CancellationToken ct)
    {
        await StaffMember.RequireAdministratorAsync(db, actor, id, ct);
        return await db.Set<Clinic>().FromSql($"SELECT * FROM clinics.clinics WHERE id = {id} FOR NO KEY UPDATE").AsTracking().SingleOrDefaultAsync(ct)
            ?? throw new NotFound();
    }

    private void Take(ClinicRequest request, DateTimeOffset now)
    {
        Name = request.Name;
        TimeZone = request.TimeZone;
        Description = request.Description;
        Kind = request.Kind;
        RegistrationNumber = request.RegistrationNumber;
        Address = request.Address;
        City = request.City;
        Country = request.Country;
        Phone = request.Phone;
        Email = request.Email;
        Website = request.Website;
        Latitude = request.Location?.Latitude;
        Longitude = request.Location?.Longitude;
        Status = request.Status;
        IsPharmacy = request.IsPharmacy;
        UpdatedAt = now;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Clinic>, IEntityTypeConfiguration<ClinicRow>
    {
        public void Configure(EntityTypeBuilder<Clinic> builder)
        {
            builder.ToTable("clinics", "clinics");
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Property(c => c.Verification).ValueGeneratedOnAddOrUpdate();
            builder.Property(c => c.Rating).HasColumnType("numeric(3,2)");
            builder.HasMany(c => c.OpeningHours).WithOne().HasForeignKey(h => h.ClinicId);
        }

        public void Configure(EntityTypeBuilder<ClinicRow> builder)
        {
            // With a key, so that lists of clinics can be read inside a projection.
            builder.HasKey(c => c.Id);
            builder.ToView("clinic_rows", "clinics");
        }
    }
}
