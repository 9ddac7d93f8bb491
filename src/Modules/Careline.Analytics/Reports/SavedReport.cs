using System.Linq.Expressions;
using Careline.Clinics.Contracts;

namespace Careline.Analytics.Reports;

/// <summary>A question that somebody keeps, and shows to others, who run it with rights of their own.</summary>
internal sealed class SavedReport : IVersioned, IVisible<SavedReport>
{
    private SavedReport()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public string Name { get; private set; } = "";

    public string? Description { get; private set; }

    public ReportQuestion Question { get; private set; } = null!;

    /// <summary>Whose doctors and administrators read it; null means nobody's.</summary>
    public Guid? ClinicId { get; private set; }

    public Guid[] ReaderIds { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static SavedReport Of(Guid id, ReportRequest request, Guid by, DateTimeOffset now)
    {
        var report = new SavedReport { Id = id, AccountId = by, CreatedAt = now };
        report.Replace(request, now);
        return report;
    }

    public void Replace(ReportRequest request, DateTimeOffset now)
    {
        (Name, Description, Question, ClinicId) = (request.Name, request.Description, request.Question, request.ClinicId);
        (ReaderIds, UpdatedAt) = ([.. (request.ReaderIds ?? []).Distinct()], now);
    }

    public void Remove(DateTimeOffset now) => RemovedAt = UpdatedAt = now;

    /// <summary>Its author, those to whom it was shown, and the doctors and administrators of the clinic that it was shown to.</summary>
    public static IQueryable<SavedReport> VisibleTo(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        var clinics = db.Set<StaffRow>().Where(s => s.AccountId == me && (s.Role == ClinicRole.Administrator || s.Role == ClinicRole.Doctor)).Select(s => s.ClinicId);
        return db.Set<SavedReport>().Where(r => r.RemovedAt == null && (r.AccountId == me || r.ReaderIds.Contains(me) || clinics.Contains(r.ClinicId!.Value)));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<SavedReport>
    {
        public void Configure(EntityTypeBuilder<SavedReport> builder)
        {
            builder.ToTable("reports", "analytics");
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Question).HasColumnType("jsonb")
                .HasConversion(q => JsonSerializer.Serialize(q, WireJson.Options), text => JsonSerializer.Deserialize<ReportQuestion>(text, WireJson.Options)!);
        }
    }
}

/// <summary>A kept report.</summary>
public sealed record ReportResponse : IVersioned
{
    /// <summary>The report.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required string? Description { get; init; }

    /// <summary>What it counts.</summary>
    public required ReportQuestion Question { get; init; }

    /// <summary>The clinic whose doctors and administrators read it.</summary>
    public required Guid? ClinicId { get; init; }

    /// <summary>The accounts that read it.</summary>
    public required IReadOnlyList<Guid> ReaderIds { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static Expression<Func<SavedReport, ReportResponse>> Of { get; } = r => new ReportResponse
    {
        Id = r.Id,
        Name = r.Name,
        Description = r.Description,
        Question = r.Question,
        ClinicId = r.ClinicId,
        ReaderIds = r.ReaderIds,
        OwnerId = r.AccountId,
        CreatedAt = r.CreatedAt,
        UpdatedAt = r.UpdatedAt,
        Version = r.Version,
    };
}
