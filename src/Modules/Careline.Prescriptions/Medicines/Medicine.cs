namespace Careline.Prescriptions.Medicines;

/// <summary>
/// A medicine of the catalogue: a generic, of one or several ingredients, or a brand with what it is composed of. What came with a release is
/// replaced by a newer release; what the site wrote or corrected is the site's.
/// </summary>
internal sealed class Medicine : IVersioned
{
    private Medicine()
    {
    }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string NameKey { get; private set; } = "";

    public MedicineKind Kind { get; private set; }

    public string[] Ingredients { get; private set; } = [];

    /// <summary>Of each ingredient what one unit holds; empty where it is not stated.</summary>
    public string[] IngredientStrengths { get; private set; } = [];

    public string[] AtcCodes { get; private set; } = [];

    public string[] Forms { get; private set; } = [];

    public string[] Strengths { get; private set; } = [];

    public string[] Routes { get; private set; } = [];

    public string[] Synonyms { get; private set; } = [];

    public string? Maker { get; private set; }

    public string? Country { get; private set; }

    public string Source { get; private set; } = "";

    public MedicineOrigin Origin { get; private set; }

    /// <summary>All its names as they are compared, for the search as typed.</summary>
    public string SearchText { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public List<MedicineName> Names { get; } = [];

    public IReadOnlyList<MedicinePart> Parts => [.. Ingredients.Zip(IngredientStrengths, (name, strength) => new MedicinePart(name, strength.Length == 0 ? null : strength))];

    public static Medicine Add(Guid id, MedicineEntry entry, MedicineOrigin origin, DateTimeOffset now)
    {
        var medicine = new Medicine { Id = id, CreatedAt = now };
        medicine.Write(entry, origin, now);
        return medicine;
    }

    /// <summary>A site's correction makes the row the site's; a newer release never touches it again.</summary>
    public void Replace(MedicineEntry entry, MedicineOrigin by, DateTimeOffset now) => Write(entry, by, now);

    /// <summary>It is no longer offered, nor recognised by the names it had here; what was prescribed keeps its text.</summary>
    public void Remove(DateTimeOffset now)
    {
        RemovedAt ??= now;
        UpdatedAt = now;
        Origin = MedicineOrigin.Site;
        Names.Clear();
    }

    public static IQueryable<Medicine> Offered(CarelineDb db) => db.Set<Medicine>().Where(m => m.RemovedAt == null);

    private void Write(MedicineEntry entry, MedicineOrigin origin, DateTimeOffset now)
    {
        var composition = entry.Composition.Count > 0 ? entry.Composition : [new MedicinePart(entry.Name)];
        Name = entry.Name;
        NameKey = MedicineNames.Key(entry.Name);
        Kind = entry.Kind;
        Ingredients = [.. composition.Select(part => part.Ingredient)];
        IngredientStrengths = [.. composition.Select(part => part.Strength ?? "")];
        AtcCodes = [.. entry.AtcCodes];
        Forms = [.. entry.Forms.Select(EnumText<MedicineForm>.Of)];
        Strengths = [.. entry.Strengths];
        Routes = [.. entry.Routes];
        Synonyms = [.. entry.Synonyms];
        Maker = entry.Maker;
        Country = entry.Country;
        Source = entry.Source;
        Origin = origin;
        UpdatedAt = now;
        var keys = entry.Synonyms.Prepend(entry.Name).Select(MedicineNames.Key).Where(key => key.Length > 0).Distinct().ToList();
        SearchText = string.Join(' ', keys.Union(Ingredients.Select(MedicineNames.Key)));
        Names.RemoveAll(name => !keys.Contains(name.Key));
        Names.AddRange(keys.Where(key => Names.TrueForAll(name => name.Key != key)).Select(key => new MedicineName(key, Id)));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Medicine>, IEntityTypeConfiguration<MedicineName>
    {
        public void Configure(EntityTypeBuilder<Medicine> builder)
        {
            builder.ToTable("medicines", "prescriptions");
            builder.Property(m => m.Id).ValueGeneratedNever();
            builder.Ignore(m => m.Parts);
            builder.HasMany(m => m.Names).WithOne().HasForeignKey(n => n.MedicineId);
        }

        public void Configure(EntityTypeBuilder<MedicineName> builder)
        {
            builder.ToTable("medicine_names", "prescriptions");
            builder.HasKey(n => new { n.Key, n.MedicineId });
        }
    }
}

/// <summary>A name by which a medicine is recognised.</summary>
/// <param name="key">As names are compared.</param>
/// <param name="medicineId">The medicine.</param>
internal sealed class MedicineName(string key, Guid medicineId)
{
    public string Key { get; private set; } = key;

    public Guid MedicineId { get; private set; } = medicineId;
}
