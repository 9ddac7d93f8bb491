namespace Careline.Analytics.Figures;

/// <summary>What the figures of a stretch of days come to.</summary>
internal sealed class Sums(IReadOnlyCollection<VisitDay> visits, IReadOnlyCollection<SatisfactionDay> answers, IReadOnlyCollection<PeopleDay> people)
{
    /// <summary>What fewer people than these said is not shown: one of them could be told.</summary>
    public const int FewestPeople = 5;

    public decimal Visits(Func<VisitDay, long> of) => visits.Sum(of);

    public decimal? Visits(Func<VisitDay, long> part, Func<VisitDay, long> whole, decimal times = 1) => Share(visits.Sum(part), visits.Sum(whole), times);

    public decimal Answers(Func<SatisfactionDay, long> of) => answers.Sum(of);

    public decimal? Answers(Func<SatisfactionDay, long> part, Func<SatisfactionDay, long> whole, decimal times = 1) =>
        answers.Sum(d => d.Answered) < FewestPeople ? null : Share(answers.Sum(part), answers.Sum(whole), times);

    public decimal People(Func<PeopleDay, long> of) => people.Sum(of);

    /// <summary>What does not add up from day to day: as it was on the last one.</summary>
    public decimal? AtLast(Func<PeopleDay, long> of) => people.MaxBy(d => d.Day) is { } last ? of(last) : null;

    private static decimal? Share(long part, long whole, decimal times) => whole == 0 ? null : Math.Round(times * part / whole, 1, MidpointRounding.AwayFromZero);
}
