namespace Careline.Analytics.Figures;

/// <summary>What a figure counts.</summary>
public enum FigureUnit
{
    /// <summary>A number of things.</summary>
    Count,

    /// <summary>Hundredths.</summary>
    Percent,

    /// <summary>Minutes.</summary>
    Minutes,

    /// <summary>Days.</summary>
    Days,

    /// <summary>Between -100 and 100, or a mean of given marks.</summary>
    Score,
}

/// <summary>A figure and what it means.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Definition">How it is counted, in words.</param>
/// <param name="IsHigherBetter">Whether a target is a floor; else it is a ceiling.</param>
public sealed record FigureDefinition(string Name, FigureUnit Unit, string Definition, bool IsHigherBetter)
{
    internal Func<Sums, decimal?> Of { get; init; } = _ => null;

    /// <summary>Only where everybody is counted, not where a clinic is.</summary>
    internal bool IsOfPlatform { get; init; }

    /// <summary>What receptionists know too.</summary>
    internal bool IsOfVisits { get; init; }
}

/// <summary>All figures, with the words and the arithmetic of each.</summary>
internal static class FigureCatalogue
{
    private const int Hundred = 100;

    public static IReadOnlyList<FigureDefinition> All { get; } =
    [
        Visit("booked", "Visits agreed for the days, whatever became of them; requests that nobody accepted are none.", d => d.Booked),
        Visit("upcoming", "Visits that are agreed and have not begun.", d => d.Upcoming),
        Visit("waiting", "Visits whose patient has checked in and waits.", d => d.Waiting, isHigherBetter: false),
        Visit("underway", "Visits that go on now.", d => d.Underway),
        Visit("completed", "Visits that took place.", d => d.Completed),
        Visit("cancelled", "Visits that either side called off.", d => d.Cancelled, isHigherBetter: false),
        Visit("missed", "Visits to which the patient did not come.", d => d.Missed, isHigherBetter: false),
        Visit("no_show_rate", FigureUnit.Percent, "Missed visits among those that were completed or missed.", false, s => s.Visits(d => d.Missed, d => d.Completed + d.Missed, Hundred)),
        Visit("cancellation_rate", FigureUnit.Percent, "Visits called off among all that were agreed.", false, s => s.Visits(d => d.Cancelled, d => d.Booked, Hundred)),
        Visit("punctuality", FigureUnit.Percent, "Visits begun no later than five minutes after their time, among those begun.", true, s => s.Visits(d => d.StartedOnTime, d => d.Started, Hundred)),
        Visit("average_wait", FigureUnit.Minutes, "From checking in until the visit began, on the average.", false, s => s.Visits(d => d.WaitSeconds, d => d.Waits, 1 / 60m)),
        Visit("average_length", FigureUnit.Minutes, "From the beginning of completed visits to their end, on the average.", true, s => s.Visits(d => d.LengthSeconds, d => d.Lengths, 1 / 60m)),
        Visit("average_lead", FigureUnit.Days, "From booking to the visit, on the average: how long people wait for a time.", false, s => s.Visits(d => d.LeadSeconds, d => d.Booked, 1 / 86400m)),
        Answer("asked", FigureUnit.Count, "Patients asked after a visit how it was.", s => s.Answers(d => d.Asked)),
        Answer("answered", FigureUnit.Count, "Patients who answered.", s => s.Answers(d => d.Answered)),
        Answer("response_rate", FigureUnit.Percent, "Answers among questions.", s => s.Answers(d => d.Answered, d => d.Asked, Hundred)),
        Answer("csat", FigureUnit.Percent, "Answers of 4 or 5 among all from 1 to 5. Not shown for fewer than five answers.", s => s.Answers(d => d.Satisfied, d => d.Rated, Hundred)),
        Answer("average_rating", FigureUnit.Score, "Mean of the answers from 1 to 5. Not shown for fewer than five answers.", s => s.Answers(d => d.RatingSum, d => d.Rated)),
        Answer(
            "nps",
            FigureUnit.Score,
            "Net promoter score: the share that would recommend with 9 or 10 less the share that would with 0 to 6, in hundredths. Not shown for fewer than five answers.",
            s => s.Answers(d => d.Promoters - d.Detractors, d => d.Promoters + d.Passives + d.Detractors, Hundred)),
        Person("registered_patients", "Patients who registered.", s => s.People(d => d.RegisteredPatients)),
        Person("registered_doctors", "Doctors who registered.", s => s.People(d => d.RegisteredDoctors)),
        Person("registered_staff", "Other staff whose account was made.", s => s.People(d => d.RegisteredStaff)),
        Person("active_in7_days", "People who were signed in within the seven days up to the last day.", s => s.AtLast(d => d.ActiveIn7Days)),
        Person("active_in30_days", "People who were signed in within the thirty days up to the last day.", s => s.AtLast(d => d.ActiveIn30Days)),
    ];

    /// <summary>Those that a scope shows.</summary>
    public static IEnumerable<FigureDefinition> Of(Scope scope) =>
        All.Where(f => (scope.SeesAll || f.IsOfVisits) && (scope.Kind == ScopeKind.Platform || !f.IsOfPlatform));

    private static FigureDefinition Visit(string name, string definition, Func<VisitDay, long> of, bool isHigherBetter = true) =>
        Visit(name, FigureUnit.Count, definition, isHigherBetter, s => s.Visits(of));

    private static FigureDefinition Visit(string name, FigureUnit unit, string definition, bool isHigherBetter, Func<Sums, decimal?> of) =>
        new(name, unit, definition, isHigherBetter) { Of = of, IsOfVisits = true };

    private static FigureDefinition Answer(string name, FigureUnit unit, string definition, Func<Sums, decimal?> of) => new(name, unit, definition, true) { Of = of };

    private static FigureDefinition Person(string name, string definition, Func<Sums, decimal?> of) =>
        new(name, FigureUnit.Count, definition, true) { Of = of, IsOfPlatform = true };
}
