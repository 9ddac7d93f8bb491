namespace Careline.Doctors.Specializations;

/// <summary>A specialty of the managed list. Free text that no entry knows falls to the one named "other".</summary>
internal sealed class Specialization : IVersioned
{
    private const string Fallback = "other";

    private Specialization()
    {
    }

    public Guid Id { get; private set; }

    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string[] Aliases { get; private set; } = [];

    /// <summary>Slug, name and aliases in lower case: what free text is compared with.</summary>
    public string[] Terms { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public bool IsOther => Slug == Fallback;

    public static Specialization Add(Guid id, SpecializationRequest request, DateTimeOffset now)
    {
        var specialization = new Specialization { Id = id, CreatedAt = now };
        specialization.Replace(request);
        return specialization;
    }

    /// <exception cref="RuleViolation">The fallback would be renamed.</exception>
    public void Replace(SpecializationRequest request)
    {
        var slug = request.Slug ?? SlugOf(request.Name);
        if (IsOther && slug != Fallback)
        {
            throw new RuleViolation("SPECIALIZATION_FIXED", "The entry for everything else keeps its slug.");
        }

        Slug = slug;
        Name = request.Name;
        Aliases = [.. (request.Aliases ?? []).Select(Term).Distinct()];
        Terms = [.. Aliases.Prepend(Term(Name)).Prepend(Slug).Distinct()];
    }

    /// <summary>Text as terms are compared: without regard to case and outer blanks.</summary>
    public static string Term(string text) => text.Trim().ToLowerInvariant();

    /// <summary>The specialty that free text means, or the fallback.</summary>
    public static async Task<Specialization> MeantByAsync(CarelineDb db, string text, CancellationToken ct)
    {
        var id = await IdOfAsync(db, text, ct);
        return await db.Set<Specialization>().Where(s => s.Id == id || s.Slug == Fallback).OrderBy(s => s.Slug == Fallback && s.Id != id).FirstAsync(ct);
    }

    /// <summary>The id of the specialty that a slug, name, alias or id means, or null.</summary>
    public static Task<Guid?> IdOfAsync(CarelineDb db, string text, CancellationToken ct)
    {
        var term = Term(text);
        return db.Set<SpecializationTerm>().Where(t => t.Term == term).Select(t => (Guid?)t.SpecializationId).FirstOrDefaultAsync(ct);
    }

    private static string SlugOf(string name) =>
        string.Join('-', Term(name).Split([' ', '/', '&', ','], StringSplitOptions.RemoveEmptyEntries));

    internal sealed class Mapping : IEntityTypeConfiguration<Specialization>
    {
        public void Configure(EntityTypeBuilder<Specialization> builder)
        {
            builder.ToTable("specializations", "doctors");
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Ignore(s => s.IsOther);
        }
    }
}

/// <summary>A word that means a specialty. Derived from the specialty's row by the database; read only.</summary>
internal sealed class SpecializationTerm
{
    public string Term { get; private set; } = "";

    public Guid SpecializationId { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SpecializationTerm>
    {
        public void Configure(EntityTypeBuilder<SpecializationTerm> builder)
        {
            builder.ToTable("specialization_terms", "doctors");
            builder.HasKey(t => t.Term);
        }
    }
}
