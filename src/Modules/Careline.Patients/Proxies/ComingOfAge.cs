namespace Careline.Patients.Proxies;

/// <summary>Until when somebody may act for a patient who is not of age.</summary>
internal static class ComingOfAge
{
    private const int Years = 18;

    /// <summary>The first moment of the eighteenth birthday, UTC; of somebody born on a leap day, of 28 February.</summary>
    public static DateTimeOffset Of(DateOnly birth) => new(birth.AddYears(Years).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>
    /// The end of a link: the one asked for, and for parents and guardians of a child at the latest its eighteenth birthday. The same for whatever
    /// others agreed on in the child's name: an adult's word is the adult's own.
    /// </summary>
    public static DateTimeOffset? Limit(DateTimeOffset? asked, DateOnly? birth, bool endsWithChildhood, DateTimeOffset now)
    {
        if (!endsWithChildhood || birth is not { } day || Of(day) is var grownUp && grownUp <= now)
        {
            return asked;
        }

        return asked < grownUp ? asked : grownUp;
    }
}
