using Careline.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Careline.Doctors.Specializations;

/// <summary>A specialty of the managed list.</summary>
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

    public static string Term(string text) => text.Trim().ToLowerInvariant();

    /// <summary>The specialty that free text means, or the one named "other".</summary>
    public static async Task<Specialization> MeantByAsync(CarelineDb db, string text, CancellationToken ct)
    {
        var term = Term(text);
        return await db.Set<Specialization>().Where(s => s.Terms.Contains(term) || s.Slug == Fallback)
            .OrderBy(s => s.Slug == Fallback).ThenBy(s => s.Slug).FirstAsync(ct);
    }

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
