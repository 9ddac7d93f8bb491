using System.Globalization;

namespace Careline.Portal.Language;

/// <summary>How many decimals money is written with (ISO 4217).</summary>
internal static class Currencies
{
    /// <summary>The decimals of a currency; of one that nobody knows two.</summary>
    public static int Places(string currency) => currency switch
    {
        "JPY" or "KRW" or "VND" or "XOF" or "XAF" or "UGX" or "RWF" or "GNF" or "CLP" or "PYG" or "KMF" or "DJF" or "BIF" or "VUV" or "XPF" or "ISK" => 0,
        "BHD" or "KWD" or "OMR" or "JOD" or "TND" or "IQD" or "LYD" => 3,
        _ => 2,
    };

    /// <summary>How many minor units a major one has.</summary>
    public static decimal Scale(string currency) => (decimal)Math.Pow(10, Places(currency));

    /// <summary>An amount in minor units as it stands in a field that somebody types into; null where there is none.</summary>
    public static string? Typed(long? amount, string currency) => amount is { } minor ? (minor / Scale(currency)).ToString(CultureInfo.InvariantCulture) : null;
}
