using Careline.Labs.Catalogue;
using Careline.Labs.Orders;

namespace Careline.Labs.Results;

/// <summary>A result, as it holds now.</summary>
public sealed record ResultResponse : IVersioned
{
    /// <summary>The result.</summary>
    public Guid Id { get; init; }

    /// <summary>The order.</summary>
    public Guid OrderId { get; init; }

    /// <summary>The order's number.</summary>
    public string OrderNumber { get; init; } = "";

    /// <summary>Of whom.</summary>
    public Guid PatientId { get; init; }

    /// <summary>The test.</summary>
    public Guid TestId { get; init; }

    /// <summary>Its code.</summary>
    public string TestCode { get; init; } = "";

    /// <summary>Its name.</summary>
    public string TestName { get; init; } = "";

    /// <summary>LOINC code.</summary>
    public string? Loinc { get; init; }

    /// <summary>Tells several results of one test apart.</summary>
    public string? SubId { get; init; }

    /// <summary>How far it is.</summary>
    public ResultState State { get; init; }

    /// <summary>The same for people.</summary>
    public string StateDisplay => EnumText<ResultState>.Display(State);

    /// <summary>Where it came from.</summary>
    public ResultSource Source { get; init; }

    /// <summary>What it says.</summary>
    public Reading Reading { get; init; } = new();

    /// <summary>How many decimals people read it with.</summary>
    public int? Decimals { get; init; }

    /// <summary>Somebody has to act at once.</summary>
    public bool IsCritical { get; init; }

    /// <summary>The name of the report beside it, if there is one.</summary>
    public string? ReportName { get; init; }

    /// <summary>How many times something was said; more than one has a history.</summary>
    public int Versions { get; init; }

    /// <summary>When it was first entered.</summary>
    public DateTimeOffset EnteredAt { get; init; }

    /// <summary>When a doctor looked at it.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>What the doctor says of it.</summary>
    public string? ReviewNote { get; init; }

    /// <summary>From when on the patient sees it.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public int Version { get; init; }

    internal static IQueryable<ResultResponse> From(CarelineDb db, IQueryable<LabResult> results) =>
        from r in results
        join order in db.Set<LabOrder>() on r.OrderId equals order.Id
        join test in db.Set<LabTest>() on r.TestId equals test.Id
        select new ResultResponse
        {
            Id = r.Id,
            OrderId = r.OrderId,
            OrderNumber = order.Number,
            PatientId = r.PatientId,
            TestId = r.TestId,
            TestCode = test.Code,
            TestName = r.TestName,
            Loinc = r.Loinc,
            SubId = r.SubId == "" ? null : r.SubId,
            State = r.State,
            Source = r.Source,
            Reading = new Reading
            {
                Value = r.Value,
                Comparator = r.Comparator,
                Unit = r.Unit,
                Answer = r.Answer,
                Text = r.TextValue,
                CanonicalValue = r.CanonicalValue,
                CanonicalUnit = r.CanonicalUnit,
                Low = r.Low,
                High = r.High,
                CriticalLow = r.CriticalLow,
                CriticalHigh = r.CriticalHigh,
                Flag = r.Flag,
                SenderFlags = r.SenderFlags,
                SenderRange = r.SenderRange,
                Note = r.Note,
                ObservedAt = r.ObservedAt,
            },
            Decimals = test.Decimals,
            IsCritical = r.IsCritical,
            ReportName = r.ReportName,
            Versions = r.Versions,
            EnteredAt = r.EnteredAt,
            ReviewedAt = r.ReviewedAt,
            ReviewNote = r.ReviewNote,
            ReleasedAt = r.ReleasedAt,
            UpdatedAt = r.UpdatedAt,
            Version = r.Version,
        };
}
