using Careline.Analytics.Figures;

namespace Careline.Analytics.Dashboard;

/// <summary>The figures of a stretch of days.</summary>
public sealed record DashboardResponse
{
    /// <summary>Whose they are.</summary>
    public required ScopeKind Scope { get; init; }

    /// <summary>The clinic, if they are of one.</summary>
    public required Guid? ClinicId { get; init; }

    /// <summary>The doctor, if they are of one.</summary>
    public required Guid? DoctorId { get; init; }

    /// <summary>The first day: of visits by the clock of where they are held, of all else UTC.</summary>
    public required DateOnly StartDate { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly EndDate { get; init; }

    /// <summary>All that happened before then is counted; null before anything was.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>Each figure.</summary>
    public required IReadOnlyList<FigureResponse> Figures { get; init; }

    /// <summary>What was taken, by currency; empty for those who do not see it.</summary>
    public required IReadOnlyList<MoneyFigure> Money { get; init; }

    /// <summary>How people met, of the visits that were not called off.</summary>
    public required ModalityFigures Modalities { get; init; }

    /// <summary>Visits day by day; days without any are left out.</summary>
    public required IReadOnlyList<VisitsOfDay> Days { get; init; }
}

/// <summary>A figure of a stretch of days.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Value">What it comes to; null where there is nothing to count, or too few people to show.</param>
/// <param name="Previous">What it came to in as many days before.</param>
/// <param name="Definition">How it is counted, in words.</param>
public sealed record FigureResponse(string Name, FigureUnit Unit, decimal? Value, decimal? Previous, string Definition);

/// <summary>Money of a currency, in minor units.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Payments">How many payments came.</param>
/// <param name="Captured">What came.</param>
/// <param name="Refunded">What went back.</param>
/// <param name="ChargedBack">What banks took back, less what they gave again.</param>
/// <param name="Net">What came less what went.</param>
/// <param name="PreviousNet">The same in as many days before.</param>
public sealed record MoneyFigure(string Currency, long Payments, long Captured, long Refunded, long ChargedBack, long Net, long PreviousNet);

/// <summary>How people met.</summary>
/// <param name="Video">Picture and sound.</param>
/// <param name="Audio">Sound only.</param>
/// <param name="Chat">Written.</param>
/// <param name="InPerson">At the practice.</param>
public sealed record ModalityFigures(long Video, long Audio, long Chat, long InPerson);

/// <summary>The visits of a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Booked">Agreed.</param>
/// <param name="Completed">Took place.</param>
/// <param name="Cancelled">Called off.</param>
/// <param name="Missed">Missed.</param>
public sealed record VisitsOfDay(DateOnly Day, long Booked, long Completed, long Cancelled, long Missed);
