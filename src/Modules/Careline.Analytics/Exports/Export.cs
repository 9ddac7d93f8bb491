using Careline.Analytics.Reports;

namespace Careline.Analytics.Exports;

/// <summary>What a file is.</summary>
public enum ExportFormat
{
    /// <summary>Comma-separated values (RFC 4180), UTF-8.</summary>
    Csv,

    /// <summary>A workbook (Office Open XML).</summary>
    Xlsx,

    /// <summary>A paper with a chart; of reports alone.</summary>
    Pdf,

    /// <summary>A JSON object on each line.</summary>
    Ndjson,
}

/// <summary>What is in a file.</summary>
public enum ExportContent
{
    /// <summary>What a report came to.</summary>
    Report,

    /// <summary>Facts, one by one.</summary>
    List,
}

/// <summary>Where an export stands.</summary>
public enum ExportStatus
{
    /// <summary>Waits for a host.</summary>
    Queued,

    /// <summary>A host is at it.</summary>
    Running,

    /// <summary>The file is there.</summary>
    Ready,

    /// <summary>It could not be made; <c>retry/</c> tries again.</summary>
    Failed,

    /// <summary>Called off.</summary>
    Cancelled,

    /// <summary>The file was there, and is deleted.</summary>
    Expired,
}

/// <summary>A file that is made in the background for whoever asked for it, and is nobody else's.</summary>
internal sealed class Export : IVersioned, IVisible<Export>
{
    private Export()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public Guid? ReportId { get; private set; }

    public ExportContent Content { get; private set; }

    public string Dataset { get; private set; } = "";

    public string Question { get; private set; } = "";

    public ExportFormat Format { get; private set; }

    public bool WithBom { get; private set; }

    public bool IsScheduled { get; private set; }

    public ExportStatus Status { get; private set; }

    public long RowsDone { get; private set; }

    public long? RowsTotal { get; private set; }

    public bool IsTruncated { get; private set; }

    public long? Size { get; private set; }

    public Guid? FileId { get; private set; }

    public string? FileName { get; private set; }

    /// <summary>Whom its rows name, while the file is there: whoever takes it has seen their data.</summary>
    public Guid[] PatientIds { get; private set; } = [];

    /// <summary>A code of why it failed.</summary>
    public string? Failure { get; private set; }

    /// <summary>Names the host's hold on it: what another host took over is not finished by the first.</summary>
    public Guid? Claim { get; private set; }

    /// <summary>From when on a host may take it.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public int Tries { get; private set; }

    public DateTimeOffset RequestedAt { get; private set; }

    public DateTimeOffset? FinishedAt { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    public int Version { get; private set; } = 1;

    public ReportQuestion ReportAsked => JsonSerializer.Deserialize<ReportQuestion>(Question, WireJson.Options)!;

    public ListQuestion ListAsked => JsonSerializer.Deserialize<ListQuestion>(Question, WireJson.Options)!;

    public static Export OfReport(Guid id, Guid by, ReportQuestion question, Guid? reportId, ExportFormat format, bool isScheduled, DateTimeOffset now)
    {
        var export = Of(id, by, format, now);
        (export.Content, export.Dataset, export.Question) = (ExportContent.Report, question.Dataset, JsonSerializer.Serialize(question, WireJson.Options));
        (export.ReportId, export.IsScheduled) = (reportId, isScheduled);
        return export;
    }

    public static Export OfList(Guid id, Guid by, ListQuestion question, ExportFormat format, DateTimeOffset now)
    {
        var export = Of(id, by, format, now);
        (export.Content, export.Dataset, export.Question) = (ExportContent.List, question.Dataset, JsonSerializer.Serialize(question, WireJson.Options));
        return export;
    }

    public Export WithByteOrderMark(bool with)
    {
        WithBom = with;
        return this;
    }

    /// <exception cref="RuleViolation">EXPORT_ENDED: there is nothing to call off.</exception>
    public void Cancel(DateTimeOffset now)
    {
        if (Status is not (ExportStatus.Queued or ExportStatus.Running))
        {
            throw new RuleViolation("EXPORT_ENDED", "Only an export that waits or is being made can be called off.");
        }

        (Status, DueAt, Claim, FinishedAt) = (ExportStatus.Cancelled, null, null, now);
    }

    /// <exception cref="RuleViolation">EXPORT_NOT_FAILED: there is nothing to try again.</exception>
    public void Retry(DateTimeOffset now)
    {
        if (Status is not (ExportStatus.Failed or ExportStatus.Cancelled or ExportStatus.Expired))
        {
            throw new RuleViolation("EXPORT_NOT_FAILED", "Only an export that failed, was called off or has expired can be made again.");
        }

        (Status, DueAt, Tries, Failure, FinishedAt, ExpiresAt) = (ExportStatus.Queued, now, 0, null, null, null);
        (RowsDone, RowsTotal, Size, FileId, FileName, IsTruncated, PatientIds) = (0, null, null, null, null, false, []);
    }

    /// <summary>Whoever asked for it, and nobody else, whatever their role.</summary>
    public static IQueryable<Export> VisibleTo(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        return db.Set<Export>().Where(e => e.AccountId == me);
    }

    private static Export Of(Guid id, Guid by, ExportFormat format, DateTimeOffset now) =>
        new() { Id = id, AccountId = by, Format = format, WithBom = true, Status = ExportStatus.Queued, RequestedAt = now, DueAt = now };

    internal sealed class Mapping : IEntityTypeConfiguration<Export>
    {
        public void Configure(EntityTypeBuilder<Export> builder)
        {
            builder.ToTable("exports", "analytics");
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.Property(e => e.Question).HasColumnType("jsonb");
            builder.Ignore(e => e.ReportAsked);
            builder.Ignore(e => e.ListAsked);
        }
    }
}
