using Careline.Labs.Catalogue;

namespace Careline.Labs.Kidney;

/// <summary>
/// Estimated glomerular filtration rate from creatinine, CKD-EPI 2021, without race: Inker and others, New England Journal of Medicine 2021; 385: 1737. For adults; in
/// pregnancy, in acute illness and at extremes of muscle mass it misleads.
/// </summary>
internal static class CkdEpi2021
{
    public const int FromAge = 18;

    /// <summary>mL/min per 1.73 m², to a whole number as laboratories report it.</summary>
    /// <param name="creatinine">mg/dL.</param>
    /// <param name="age">Whole years.</param>
    /// <param name="sex">Sex.</param>
    public static decimal Of(decimal creatinine, int age, RangeSex sex)
    {
        var (kappa, alpha, factor) = sex == RangeSex.Female ? (0.7, -0.241, 1.012) : (0.9, -0.302, 1.0);
        var ratio = (double)creatinine / kappa;
        var rate = 142 * Math.Pow(Math.Min(ratio, 1), alpha) * Math.Pow(Math.Max(ratio, 1), -1.200) * Math.Pow(0.9938, age) * factor;
        return Math.Round((decimal)rate, MidpointRounding.AwayFromZero);
    }
}
