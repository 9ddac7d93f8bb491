using Careline.Finding.Contracts;

namespace Careline.Doctors.Listing;

/// <summary>Where a doctor is found: at open clinics and where the doctor says. A view; read only.</summary>
internal sealed class DoctorPlace
{
    public Guid DoctorId { get; private set; }

    public double Latitude { get; private set; }

    public double Longitude { get; private set; }

    /// <summary>How far every place is, by the same formula as <see cref="Place.KilometresTo"/>.</summary>
    public static IQueryable<DoctorDistance> DistancesFrom(CarelineDb db, Place from)
    {
        const double Radian = Math.PI / 180;
        var (latitude, longitude, cosine) = (from.Latitude, from.Longitude, Math.Cos(from.Latitude * Radian));
        return db.Set<DoctorPlace>().Select(p => new DoctorDistance
        {
            DoctorId = p.DoctorId,
            Kilometres = 2 * Place.EarthRadius * Math.Asin(Math.Sqrt(Math.Min(
                1.0,
                Math.Pow(Math.Sin((p.Latitude - latitude) * Radian / 2), 2)
                + (cosine * Math.Cos(p.Latitude * Radian) * Math.Pow(Math.Sin((p.Longitude - longitude) * Radian / 2), 2))))),
        });
    }

    internal sealed class Mapping : IEntityTypeConfiguration<DoctorPlace>
    {
        public void Configure(EntityTypeBuilder<DoctorPlace> builder) => builder.HasNoKey().ToView("doctor_places", "doctors");
    }
}

/// <summary>How far a place of a doctor is.</summary>
internal sealed class DoctorDistance
{
    public Guid DoctorId { get; init; }

    public double Kilometres { get; init; }
}
