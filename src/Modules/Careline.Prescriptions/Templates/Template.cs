using Careline.Accounts.Contracts;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Templates;

/// <summary>What a doctor prescribes again and again, to begin prescriptions with. It names no patient.</summary>
internal sealed class Template : IVersioned, IVisible<Template>
{
    private Template()
    {
    }

    public Guid Id { get; private set; }

    public Guid DoctorId { get; private set; }

    public string Name { get; private set; } = "";

    public PrescriptionSheet Sheet { get; private set; } = new([]);

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static Template Of(Guid id, Guid doctorId, TemplateRequest request, DateTimeOffset now)
    {
        var template = new Template { Id = id, DoctorId = doctorId, CreatedAt = now };
        template.Replace(request, now);
        return template;
    }

    public void Replace(TemplateRequest request, DateTimeOffset now)
    {
        (Name, Sheet, UpdatedAt) = (request.Name, request.Sheet, now);
    }

    public void Remove(DateTimeOffset now) => RemovedAt = now;

    public static IQueryable<Template> VisibleTo(CarelineDb db, Actor actor)
    {
        var doctor = actor.DoctorId;
        return db.Set<Template>().Where(t => t.DoctorId == doctor && t.RemovedAt == null);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Template>
    {
        public void Configure(EntityTypeBuilder<Template> builder)
        {
            builder.ToTable("templates", "prescriptions");
            builder.Property(t => t.Id).ValueGeneratedNever();
            builder.Property(t => t.Sheet).HasColumnType("jsonb")
                .HasConversion(sheet => JsonSerializer.Serialize(sheet, WireJson.Options), text => JsonSerializer.Deserialize<PrescriptionSheet>(text, WireJson.Options)!);
        }
    }
}
