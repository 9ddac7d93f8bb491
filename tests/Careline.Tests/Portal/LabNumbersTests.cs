using System.Text.Json;
using Careline.Portal.Api;
using Careline.Portal.Language;

namespace Careline.Tests.Portal;

/// <summary>A laboratory's number and the range beside it are read together: they are of one unit, and no sign is lost.</summary>
public sealed class LabNumbersTests
{
    private static readonly Words _words = new("en");
    private static readonly Show _show = new(_words, TimeZoneInfo.Utc, TimeProvider.System);

    [Fact]
    public void A_value_in_another_unit_is_said_in_that_of_the_range_too()
    {
        var reading = Of(1.9m, "mmol/L", 168.23m, "mg/dL");

        LabNumbers.Found(reading, 0, _show).ShouldBe("1.9 mmol/L (168 mg/dL)");
        LabNumbers.Usual(reading, _words, _show).ShouldBe("usual: at most 149 mg/dL");
    }

    [Theory]
    [InlineData("less_than", "< 150 mg/dL")]
    [InlineData("at_most", "≤ 150 mg/dL")]
    [InlineData("at_least", "≥ 150 mg/dL")]
    [InlineData("greater_than", "> 150 mg/dL")]
    [InlineData(null, "150 mg/dL")]
    public void The_sign_before_a_number_stays(string? comparator, string said) => LabNumbers.Found(Of(150, "mg/dL", 150, "mg/dL", comparator), 0, _show).ShouldBe(said);

    [Theory]
    [InlineData("en", "75 /min")]
    [InlineData("ar", "\u206675 /min\u2069")]
    public void A_number_and_its_unit_do_not_change_places_from_right_to_left(string language, string said) => new Show(new Words(language), TimeZoneInfo.Utc, TimeProvider.System).Whole("75 /min").ShouldBe(said);

    [Theory]
    [InlineData("en", "1 tablet, once a day", "Call Amara Nwosu: +234 1.")]
    [InlineData("ar", "\u20681 tablet\u2069، مرة واحدة في اليوم", "\u2068Call Amara Nwosu: \u2068+234 1\u2069.\u2069")]
    public void What_is_written_from_left_to_right_stays_whole_among_arabic(string language, string list, string sentence)
    {
        var words = new Words(language);
        words.List("1 tablet", "", words["once a day"]).ShouldBe(list);
        words["Call {0}: {1}.", "Amara Nwosu", "+234 1"].ShouldBe(sentence);
        Words.Bare(words["Call {0}: {1}.", "Amara Nwosu", "+234 1"]).ShouldBe("Call Amara Nwosu: +234 1.");
    }

    [Theory]
    [InlineData("10*9/L", "10⁹/L")]
    [InlineData("umol/L", "µmol/L")]
    [InlineData("/uL", "/µL")]
    [InlineData("ug/L{FEU}", "µg/L FEU")]
    [InlineData("m[IU]/L", "mIU/L")]
    [InlineData("mL/min/{1.73_m2}", "mL/min/1.73 m²")]
    [InlineData("{copies}/mL", "copies/mL")]
    [InlineData("{SG}", "")]
    [InlineData("mg/dL", "mg/dL")]
    public void A_unit_is_written_as_in_print(string ucum, string said) => LabNumbers.Unit(ucum).ShouldBe(said);

    private static Thing Of(decimal value, string unit, decimal own, string ownUnit, string? comparator = null) => new(JsonSerializer.SerializeToElement(new Dictionary<string, object?>
    {
        ["value"] = value,
        ["unit"] = unit,
        ["comparator"] = comparator,
        ["canonical_value"] = own,
        ["canonical_unit"] = ownUnit,
        ["low"] = null,
        ["high"] = 149,
        ["answer"] = null,
        ["text"] = null,
    }));
}
