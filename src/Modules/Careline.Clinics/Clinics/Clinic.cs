using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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

    public string? Address { get; private set; }

    public string? City { get; private set; }

    public string? Country { get; private set; }

    public string? Phone { get; private set; }

    public string? Email { get; private set; }

    public double? Latitude { get; private set; }

    public double? Longitude { get; private set; }

    public ClinicStatus Status { get; private set; }

    public bool IsPharmacy { get; private set; }

    public bool IsVerified { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>Only administrators open clinics, so that a new one needs nobody else to verify it.</summary>
    public static Clinic Open(Guid id, ClinicRequest request, DateTimeOffset now)
    {
        var clinic = new Clinic { Id = id, IsVerified = true, CreatedAt = now };
        clinic.Replace(request, now);
        return clinic;
    }

    public void Replace(ClinicRequest request, DateTimeOffset now)
    {
        Name = request.Name;
        TimeZone = request.TimeZone;
        Address = request.Address;
        City = request.City;
        Country = request.Country;
        Phone = request.Phone;
        Email = request.Email;
        Latitude = request.Location?.Latitude;
        Longitude = request.Location?.Longitude;
        Status = request.Status;
        IsPharmacy = request.IsPharmacy;
        UpdatedAt = now;
    }

    public static IQueryable<Clinic> VisibleTo(CarelineDb db, Actor actor) => VisibleToAnyone(db, actor);

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
            || db.Set<StaffRow>().Any(s => s.ClinicId == c.Id && s.AccountId == me));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Clinic>, IEntityTypeConfiguration<ClinicRow>
    {
        public void Configure(EntityTypeBuilder<Clinic> builder)
        {
            builder.ToTable("clinics", "clinics");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<ClinicRow> builder)
        {
            // With a key, so that lists of clinics can be read inside a projection.
            builder.HasKey(c => c.Id);
            builder.ToView("clinic_rows", "clinics");
        }
    }
}
