namespace Careline.Prescriptions.Safety.Rules;

/// <summary>What every line of the safety data says.</summary>
/// <param name="Code">Stable from one release to the next.</param>
/// <param name="Severity">How bad; null where the source says that it does no harm.</param>
/// <param name="Mechanism">Why.</param>
/// <param name="Advice">What to do.</param>
/// <param name="Source">Where it is written.</param>
internal sealed record SafetyRule(string Code, SafetySeverity? Severity, string Mechanism, string Advice, string Source);

/// <summary>A rule about an age, until which or from which it holds.</summary>
/// <param name="From">From this age; null is birth.</param>
/// <param name="Below">Below this age; null is without end.</param>
/// <param name="Rule">What it says.</param>
internal sealed record AgeRule(AgeMark? From, AgeMark? Below, SafetyRule Rule);

/// <summary>A rule for kidneys that excrete less than so much.</summary>
/// <param name="Below">mL/min.</param>
/// <param name="Rule">What it says.</param>
internal sealed record KidneyRule(decimal Below, SafetyRule Rule);

/// <summary>The most that may be taken of an ingredient, by age and weight. Amounts are in mg.</summary>
/// <param name="From">From this age; null is birth.</param>
/// <param name="Below">Below this age; null is without end.</param>
/// <param name="Route">Oral, or as the data says; null for every route.</param>
/// <param name="Amounts">The limits.</param>
/// <param name="Rule">What it says.</param>
internal sealed record DoseLimit(AgeMark? From, AgeMark? Below, string? Route, DoseAmounts Amounts, SafetyRule Rule);

/// <summary>Limits of a dose; each may be absent.</summary>
/// <param name="Single">mg at a time.</param>
/// <param name="Daily">mg a day.</param>
/// <param name="Weekly">mg a week.</param>
/// <param name="SinglePerKg">mg at a time for each kg of body weight.</param>
/// <param name="DailyPerKg">mg a day for each kg of body weight.</param>
internal sealed record DoseAmounts(decimal? Single, decimal? Daily, decimal? Weekly, decimal? SinglePerKg, decimal? DailyPerKg);
