namespace Careline.Analytics.Figures;

/// <summary>Reads which days are meant.</summary>
internal static class Period
{
    /// <summary>So many days at most.</summary>
    public const int MostDays = 1100;

    private const int Usual = 30;

    /// <summary>The filters that name them.</summary>
    public static readonly string[] Names = ["start_date", "end_date"];

    /// <summary>From <c>start_date</c> to <c>end_date</c>, both among them: thirty days until today unless told. Answers every fault of the query found so far.</summary>
    public static Stretch Of(ListQuery query, CarelineDb db)
    {
        var last = query.Date("end_date") ?? Stretch.DayOf(db.Now);
        var first = query.Date("start_date") ?? last.AddDays(1 - Usual);
        if (first > last || last.DayNumber - first.DayNumber >= MostDays)
        {
            query.Fault("start_date", $"Must not lie after end_date, and at most {MostDays} days before it.");
        }

        query.Check();
        return new Stretch(first, last);
    }
}
