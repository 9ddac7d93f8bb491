namespace Careline.Prescriptions.Safety.Loading;

/// <summary>Rules about interactions that the site brought itself.</summary>
/// <param name="Version">Changes with each import; empty while there are none.</param>
/// <param name="Rows">The rules.</param>
internal sealed record SiteRules(string Version, IReadOnlyList<SiteRule> Rows)
{
    public static SiteRules None { get; } = new("", []);
}

/// <summary>One such rule; the columns of <c>interactions.csv</c>.</summary>
/// <param name="Code">The rule.</param>
/// <param name="A">An ingredient, <c>@group</c> or <c>atc:</c> code.</param>
/// <param name="B">The other.</param>
/// <param name="Severity">contraindicated, major, moderate or minor.</param>
/// <param name="Mechanism">Why.</param>
/// <param name="Advice">What to do.</param>
/// <param name="Source">Where it is written.</param>
internal sealed record SiteRule(string Code, string A, string B, string Severity, string Mechanism, string Advice, string Source);
