namespace Careline.Doctors.Listing;

/// <summary>A doctor's day with free times. Written by statement (<see cref="DoctorListing"/>), read by the doctor list.</summary>
internal sealed class ListedDay
{
    public Guid DoctorId { get; private set; }

    public DateOnly Day { get; private set; }

    public DateTimeOffset FirstFreeAt { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ListedDay>
    {
        public void Configure(EntityTypeBuilder<ListedDay> builder)
        {
            builder.ToTable("free_days", "doctors");
            builder.HasKey(d => new { d.DoctorId, d.Day });
        }
    }
}
