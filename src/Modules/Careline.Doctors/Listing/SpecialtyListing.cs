namespace Careline.Doctors.Listing;

/// <summary>A doctor under a specialty. Derived from the doctor's row by the database; read only.</summary>
internal sealed class SpecialtyListing
{
    public Guid DoctorId { get; private set; }

    public Guid SpecializationId { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SpecialtyListing>
    {
        public void Configure(EntityTypeBuilder<SpecialtyListing> builder)
        {
            builder.ToTable("doctor_specializations", "doctors");
            builder.HasKey(l => new { l.DoctorId, l.SpecializationId });
        }
    }
}

/// <summary>A doctor at a clinic. Derived from the doctor's row by the database; read only.</summary>
internal sealed class ClinicListing
{
    public Guid DoctorId { get; private set; }

    public Guid ClinicId { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ClinicListing>
    {
        public void Configure(EntityTypeBuilder<ClinicListing> builder)
        {
            builder.ToTable("doctor_clinics", "doctors");
            builder.HasKey(l => new { l.ClinicId, l.DoctorId });
        }
    }
}
