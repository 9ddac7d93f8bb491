using Careline.Patients.Patients;

namespace Careline.Patients.Consents;

/// <summary>What people are asked to agree to.</summary>
public enum ConsentKind
{
    /// <summary>How the practice uses data: read and acknowledged.</summary>
    PrivacyNotice,

    /// <summary>Care at a distance.</summary>
    TelehealthConsent,

    /// <summary>Opening the record to people whom the patient names.</summary>
    DataSharing,
}

/// <summary>What was done about a text.</summary>
public enum ConsentStep
{
    /// <summary>Agreed to.</summary>
    Accepted,

    /// <summary>Taken back.</summary>
    Withdrawn,
}

/// <summary>One wording of what people are asked to agree to; another wording is another version.</summary>
internal sealed class ConsentText
{
    public ConsentKind Kind { get; private init; }

    public int Version { get; private init; }

    public string Title { get; private init; } = "";

    public string Body { get; private init; } = "";

    public bool IsWithdrawable { get; private init; }

    public DateTimeOffset PublishedAt { get; private init; }

    /// <summary>The newest version of each kind.</summary>
    public static IQueryable<ConsentText> Current(CarelineDb db) =>
        db.Set<ConsentText>().Where(t => !db.Set<ConsentText>().Any(later => later.Kind == t.Kind && later.Version > t.Version));
}

/// <summary>A patient agreed to one version of a text, or took that back. Only ever added: the last line of a kind is what holds.</summary>
internal sealed class Consent
{
    public Guid Id { get; private init; }

    public Guid PatientId { get; private init; }

    public ConsentKind Kind { get; private init; }

    public int TextVersion { get; private init; }

    public ConsentStep Step { get; private init; }

    public DateTimeOffset At { get; private init; }

    public Guid AccountId { get; private init; }

    public string Channel { get; private init; } = "";

    public byte[]? AddressHash { get; private init; }

    public static Consent Of(Guid patientId, ConsentText text, ConsentStep step, ConsentSource source, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        PatientId = patientId,
        Kind = text.Kind,
        TextVersion = text.Version,
        Step = step,
        At = now,
        AccountId = source.AccountId,
        Channel = "api",
        AddressHash = source.AddressHash,
    };

    /// <summary>What holds of a kind at present, kept from changing until the transaction ends.</summary>
    public static async Task<Consent?> LastAsync(CarelineDb db, Guid patientId, ConsentKind kind, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM patients.patients WHERE id = {patientId} FOR NO KEY UPDATE", ct);
        return await db.Set<Consent>().Where(c => c.PatientId == patientId && c.Kind == kind)
            .OrderByDescending(c => c.At).ThenByDescending(c => c.Id).FirstOrDefaultAsync(ct);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Consent>, IEntityTypeConfiguration<ConsentText>
    {
        public void Configure(EntityTypeBuilder<Consent> builder)
        {
            builder.ToTable("consents", "patients");
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId);
        }

        public void Configure(EntityTypeBuilder<ConsentText> builder)
        {
            builder.ToTable("consent_texts", "patients");
            builder.HasKey(t => new { t.Kind, t.Version });
        }
    }
}

/// <summary>Who said it and from where.</summary>
internal sealed record ConsentSource(Guid AccountId, byte[]? AddressHash);
