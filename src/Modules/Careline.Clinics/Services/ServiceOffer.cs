namespace Careline.Clinics.Services;

/// <summary>Something that a clinic sells, at a price and for so long.</summary>
internal sealed class ServiceOffer : IVersioned
{
    private ServiceOffer()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public string Name { get; private set; } = "";

    public string? Category { get; private set; }

    public string? Description { get; private set; }

    public string? Preparation { get; private set; }

    public ServiceModality Modality { get; private set; }

    public int DurationMinutes { get; private set; }

    public long PriceAmount { get; private set; }

    public string PriceCurrency { get; private set; } = "";

    public bool IsActive { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static ServiceOffer Of(Guid id, Guid clinicId, ServiceRequest request, DateTimeOffset now)
    {
        var service = new ServiceOffer { Id = id, ClinicId = clinicId, CreatedAt = now };
        service.Replace(request, now);
        return service;
    }

    public void Replace(ServiceRequest request, DateTimeOffset now)
    {
        Name = request.Name;
        Category = request.Category;
        Description = request.Description;
        Preparation = request.Preparation;
        Modality = request.Modality;
        DurationMinutes = request.DurationMinutes;
        PriceAmount = request.Price.Amount;
        PriceCurrency = request.Price.Currency;
        IsActive = request.IsActive;
        UpdatedAt = now;
    }

    /// <summary>It is sold no more; visits that name it still do.</summary>
    public void Remove(DateTimeOffset now) => RemovedAt ??= now;

    internal sealed class Mapping : IEntityTypeConfiguration<ServiceOffer>, IEntityTypeConfiguration<ServiceRow>
    {
        public void Configure(EntityTypeBuilder<ServiceOffer> builder)
        {
            builder.ToTable("services", "clinics");
            builder.Property(s => s.Id).ValueGeneratedNever();
        }

        public void Configure(EntityTypeBuilder<ServiceRow> builder)
        {
            builder.HasKey(s => s.Id);
            builder.ToView("service_rows", "clinics");
        }
    }
}

/// <inheritdoc />
internal sealed class ClinicServices(CarelineDb db) : IClinicServices
{
    public Task<ServiceTerms?> FindAsync(Guid serviceId, CancellationToken ct) => (
        from s in db.Set<ServiceOffer>()
        where s.Id == serviceId && s.IsActive && s.RemovedAt == null
        join c in db.Set<ClinicRow>() on s.ClinicId equals c.Id
        where c.IsOpen
        select new ServiceTerms(s.Id, s.ClinicId, s.Name, s.Modality, s.DurationMinutes, s.PriceAmount, s.PriceCurrency)).FirstOrDefaultAsync(ct);
}
