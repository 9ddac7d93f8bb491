namespace Careline.Doctors.Practices;

/// <summary>What a doctor does at one clinic. It counts for something only while the clinic has the doctor on its staff.</summary>
internal sealed class Practice : IVersioned
{
    private Practice()
    {
    }

    public Guid Id { get; private set; }

    public Guid DoctorId { get; private set; }

    public Guid ClinicId { get; private set; }

    /// <summary>Of the doctor's own; all of them where it is empty.</summary>
    public Guid[] SpecializationIds { get; private set; } = [];

    public bool AcceptsPatients { get; private set; } = true;

    public int? SlotMinutes { get; private set; }

    public List<PracticeFee> Fees { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; }

    public static Practice At(Guid id, Guid doctorId, Guid clinicId, DateTimeOffset now) =>
        new() { Id = id, DoctorId = doctorId, ClinicId = clinicId, CreatedAt = now, Version = 1 };

    public PracticeChanged Replace(PracticeRequest request, IEnumerable<Guid> specializationIds, DateTimeOffset now)
    {
        (SpecializationIds, AcceptsPatients, SlotMinutes, UpdatedAt) = ([.. specializationIds.Distinct()], request.AcceptsPatients, request.SlotMinutes, now);
        return new PracticeChanged(DoctorId);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Practice>, IEntityTypeConfiguration<PracticeRow>, IEntityTypeConfiguration<PracticeFeeRow>
    {
        public void Configure(EntityTypeBuilder<Practice> builder)
        {
            builder.ToTable("practices", "doctors");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.HasMany(p => p.Fees).WithOne().HasForeignKey(f => f.PracticeId).OnDelete(DeleteBehavior.Cascade);
        }

        public void Configure(EntityTypeBuilder<PracticeRow> builder)
        {
            builder.HasKey(p => p.Id);
            builder.ToView("practice_rows", "doctors");
        }

        public void Configure(EntityTypeBuilder<PracticeFeeRow> builder)
        {
            builder.HasKey(f => new { f.PracticeId, f.Modality });
            builder.ToView("practice_fee_rows", "doctors");
        }
    }
}

/// <summary>What one way to meet costs there. Replaced with all others, never changed.</summary>
internal sealed class PracticeFee
{
    private PracticeFee()
    {
    }

    public Guid PracticeId { get; private set; }

    public Modality Modality { get; private set; }

    public long Amount { get; private set; }

    public string Currency { get; private set; } = "";

    public static PracticeFee Of(Guid practiceId, PracticeFeeForm form) =>
        new() { PracticeId = practiceId, Modality = form.Modality, Amount = form.Amount, Currency = form.Currency };

    internal sealed class Mapping : IEntityTypeConfiguration<PracticeFee>
    {
        public void Configure(EntityTypeBuilder<PracticeFee> builder)
        {
            builder.ToTable("practice_fees", "doctors");
            builder.HasKey(f => new { f.PracticeId, f.Modality });
        }
    }
}
