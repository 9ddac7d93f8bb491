using System.Linq.Expressions;
using Careline.Analytics.Reports;

namespace Careline.Analytics.Exports;

/// <summary>A file to make: of a kept report, of a report, or of a list.</summary>
/// <param name="Format">What the file is; a paper is of reports alone.</param>
/// <param name="ReportId">A kept report.</param>
/// <param name="Report">What to count.</param>
/// <param name="List">What to list.</param>
/// <param name="ByteOrderMark">Of CSV: begin with the mark by which spreadsheets know UTF-8.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExportRequest(ExportFormat Format, Guid? ReportId = null, ReportQuestion? Report = null, ListQuestion? List = null, bool ByteOrderMark = true) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (new object?[] { ReportId, Report, List }.Count(part => part is not null) != 1)
        {
            yield return new ValidationResult("Name one of report_id, report and list.", [nameof(Report)]);
        }

        if (Format == ExportFormat.Pdf && List is not null)
        {
            yield return new ValidationResult("A list is made as csv, xlsx or ndjson.", [nameof(Format)]);
        }
    }
}

/// <summary>A file that is made, or was.</summary>
public sealed record ExportResponse : IVersioned
{
    /// <summary>The export.</summary>
    public required Guid Id { get; init; }

    /// <summary>What is in it.</summary>
    public required ExportContent Content { get; init; }

    /// <summary>Of which facts.</summary>
    public required string Dataset { get; init; }

    /// <summary>The kept report, where it was made of one.</summary>
    public required Guid? ReportId { get; init; }

    /// <summary>What the file is.</summary>
    public required ExportFormat Format { get; init; }

    /// <summary>A schedule asked for it.</summary>
    public required bool IsScheduled { get; init; }

    /// <summary>Where it stands.</summary>
    public required ExportStatus Status { get; init; }

    /// <summary>Rows that are written.</summary>
    public required long RowsDone { get; init; }

    /// <summary>Rows that there are; null until they are counted.</summary>
    public required long? RowsTotal { get; init; }

    /// <summary>There were more rows than the file may have.</summary>
    public required bool IsTruncated { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required long? Size { get; init; }

    /// <summary>What the file is called.</summary>
    public required string? FileName { get; init; }

    /// <summary>Why it failed: <c>not_allowed</c>, <c>report_too_slow</c>, <c>quota_exceeded</c>, <c>file_too_large</c>, <c>validation_error</c>, <c>gave_up</c>.</summary>
    public required string? Failure { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the file is deleted.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static Expression<Func<Export, ExportResponse>> Of { get; } = e => new ExportResponse
    {
        Id = e.Id,
        Content = e.Content,
        Dataset = e.Dataset,
        ReportId = e.ReportId,
        Format = e.Format,
        IsScheduled = e.IsScheduled,
        Status = e.Status,
        RowsDone = e.RowsDone,
        RowsTotal = e.RowsTotal,
        IsTruncated = e.IsTruncated,
        Size = e.Size,
        FileName = e.FileName,
        Failure = e.Failure,
        RequestedAt = e.RequestedAt,
        FinishedAt = e.FinishedAt,
        ExpiresAt = e.ExpiresAt,
        Version = e.Version,
    };
}
