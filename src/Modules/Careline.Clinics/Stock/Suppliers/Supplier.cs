namespace Careline.Clinics.Stock.Suppliers;

/// <summary>Where a clinic buys.</summary>
internal sealed class Supplier : IVersioned
{
    private Supplier()
    {
    }

    public Guid Id { get; private set; }

    public Guid ClinicId { get; private set; }

    public string Name { get; private set; } = "";

    public string? Contact { get; private set; }

    public bool IsActive { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Supplier Add(Guid id, Guid clinicId, SupplierRequest request, DateTimeOffset now)
    {
        var supplier = new Supplier { Id = id, ClinicId = clinicId, CreatedAt = now };
        supplier.Replace(request, now);
        return supplier;
    }

    public void Replace(SupplierRequest request, DateTimeOffset now) =>
        (Name, Contact, IsActive, UpdatedAt) = (request.Name, request.Contact, request.IsActive, now);

    internal sealed class Mapping : IEntityTypeConfiguration<Supplier>
    {
        public void Configure(EntityTypeBuilder<Supplier> builder)
        {
            builder.ToTable("suppliers", "clinics");
            builder.Property(s => s.Id).ValueGeneratedNever();
        }
    }
}
