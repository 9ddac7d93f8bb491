namespace Careline.Prescriptions.Safety.Rules;

/// <summary>An age such as 28 days, 6 months or 12 years. Reached on a day of the calendar, not after a number of days.</summary>
/// <param name="Number">How many.</param>
/// <param name="Unit">d, w, m or y.</param>
internal readonly record struct AgeMark(int Number, char Unit)
{
    public bool IsReached(DateOnly birthDate, DateOnly today) => today >= Unit switch
    {
        'd' => birthDate.AddDays(Number),
        'w' => birthDate.AddDays(7 * Number),
        'm' => birthDate.AddMonths(Number),
        _ => birthDate.AddYears(Number),
    };

    public static bool TryParse(string text, out AgeMark mark)
    {
        mark = default;
        if (text is not [.. var digits, var unit and ('d' or 'w' or 'm' or 'y')]
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 2000)
        {
            return false;
        }

        mark = new AgeMark(number, unit);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Unit switch { 'd' => "days", 'w' => "weeks", 'm' => "months", _ => "years" }}");
}
