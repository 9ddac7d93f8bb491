using System.Text;
using Careline.Labs.Orders;
using Careline.Patients.Contracts;

namespace Careline.Labs.Samples;

/// <summary>
/// What goes on a tube. Two things beside the name tell whose it is (birth date and number), as the rules for labelling samples ask (ISO 15189); the number of the
/// sample is in the bars too.
/// </summary>
/// <param name="Accession">The sample's number.</param>
/// <param name="Lines">The text, line by line.</param>
/// <param name="Bars">The number as Code 128, set B (ISO/IEC 15417): the widths of bars and gaps in turn, beginning with a bar.</param>
public sealed record SampleLabel(string Accession, IReadOnlyList<string> Lines, string Bars)
{
    internal static SampleLabel Of(LabOrder order, Sample sample, PatientRow patient)
    {
        var birth = patient.DateOfBirth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "born ?";
        var sex = patient.Gender switch { Gender.Male => " M", Gender.Female => " F", _ => "" };
        return new SampleLabel(
            sample.Accession,
            [
                sample.Accession,
                patient.Name,
                $"{birth}{sex}  {patient.Number}",
                $"{order.Number}  {sample.Container ?? EnumText<Catalogue.Specimen>.Display(sample.Specimen)}",
                sample.CollectedAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
            ],
            Code128.Encode(sample.Accession));
    }
}

/// <summary>Code 128, set B: the printable characters of ASCII.</summary>
internal static class Code128
{
    private const int StartB = 104;
    private const int Stop = 106;

    private static readonly string[] _widths =
    [
        "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212", "112232", "122132", "122231", "113222",
        "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321",
        "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121",
        "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224",
        "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
        "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113",
        "114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
    ];

    /// <summary>The widths of bars and gaps in turn.</summary>
    public static string Encode(string text)
    {
        var values = text.Select(c => c is >= ' ' and <= '~' ? c - ' ' : throw new ArgumentOutOfRangeException(nameof(text), "Printable ASCII only.")).ToList();
        var check = (StartB + values.Index().Sum(v => (v.Index + 1) * v.Item)) % 103;
        return values.Prepend(StartB).Append(check).Append(Stop).Aggregate(new StringBuilder(), (bars, value) => bars.Append(_widths[value])).ToString();
    }
}
