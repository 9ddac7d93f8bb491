using Careline.Labs.Catalogue;
using Careline.Labs.Kidney;
using Careline.Labs.Ranges;
using Careline.Labs.Results;
using Careline.Labs.Samples;
using Careline.Labs.Units;
using Careline.Patients.Contracts;
using FsCheck;
using FsCheck.Fluent;

namespace Careline.Tests.Labs;

/// <summary>Units, ranges and what is calculated from results.</summary>
public sealed class ArithmeticTests
{
    private static readonly Analyte _glucose = new(180.156m, null);
    private static readonly DateOnly _today = new(2026, 6, 1);

    [Theory]
    [InlineData(90, "mg/dL", "mmol/L", 180.156, null, 4.9957)]
    [InlineData(1, "mg/dL", "umol/L", 113.12, null, 88.402)]
    [InlineData(88.4, "umol/L", "mg/dL", 113.12, null, 1.0)]
    [InlineData(5.2, "mmol/L", "mg/dL", 386.65, null, 201.06)]
    [InlineData(13.5, "g/dL", "g/L", null, null, 135)]
    [InlineData(4.2, "g/dL", "g/L", null, null, 42)]
    [InlineData(6.1, "10*9/L", "10*3/uL", null, null, 6.1)]
    [InlineData(6100, "/uL", "10*9/L", null, null, 6.1)]
    [InlineData(4.4, "mEq/L", "mmol/L", null, 1, 4.4)]
    [InlineData(5.0, "meq/L", "mmol/L", 40.078, 2, 2.5)]
    [InlineData(10, "mg/dL", "mmol/L", 40.078, 2, 2.4951)]
    [InlineData(2.5, "uIU/mL", "m[IU]/L", null, null, 2.5)]
    [InlineData(1.2, "ng/dL", "pmol/L", 776.87, null, 15.446)]
    [InlineData(500, "pg/mL", "ng/L", null, null, 500)]
    [InlineData(0.42, "L/L", "%", null, null, 42)]
    [InlineData(12, "mm/hr", "mm/h", null, null, 12)]
    [InlineData(4.9, "µmol/L", "umol/L", null, null, 4.9)]
    public void Units_are_converted(double value, string from, string to, double? molarMass, int? valence, double expected)
    {
        var converted = UnitConversion.Convert((decimal)value, from, to, new Analyte((decimal?)molarMass, valence));

        ((double)converted.ShouldNotBeNull()).ShouldBe(expected, Math.Abs(expected) * 0.0001);
    }

    [Theory]
    [InlineData("mg/dL", "mmol/L", null, null)]
    [InlineData("meq/L", "mmol/L", 40.0, null)]
    [InlineData("mg/dL", "g", 180.0, null)]
    [InlineData("MG/DL", "mg/dL", 180.0, null)]
    [InlineData("furlongs", "mmol/L", 180.0, null)]
    [InlineData("", "mmol/L", 180.0, null)]
    [InlineData(null, "mmol/L", 180.0, null)]
    [InlineData("%", "mmol/mol", null, null)]
    [InlineData("mg/g", "mg/mmol", 113.12, null)]
    [InlineData("U/L", "g/L", 100.0, null)]
    public void What_is_not_known_exactly_is_not_converted(string? from, string to, double? molarMass, int? valence) =>
        UnitConversion.Convert(1, from, to, new Analyte((decimal?)molarMass, valence)).ShouldBeNull();

    [Fact]
    public void A_value_that_is_converted_there_and_back_is_the_same_and_order_is_kept()
    {
        string[] units = ["mg/dL", "g/L", "mmol/L", "umol/L", "ng/mL", "ug/dL", "nmol/L", "g/dL"];
        var property =
            from value in Gen.Choose(1, 99_000)
            from scale in Gen.Choose(2, 8)
            from one in Gen.Elements(units)
            from other in Gen.Elements(units)
            from mass in Gen.Choose(10, 2_000)
            select (Value: new decimal(value, 0, 0, false, (byte)scale), one, other, Analyte: new Analyte(mass, null));

        Prop.ForAll(property.ToArbitrary(), s =>
        {
            var there = UnitConversion.Convert(s.Value, s.one, s.other, s.Analyte)!.Value;
            var back = UnitConversion.Convert(there, s.other, s.one, s.Analyte)!.Value;
            var more = UnitConversion.Convert(s.Value * 1.01m, s.one, s.other, s.Analyte)!.Value;
            return Math.Abs(back - s.Value) <= Math.Abs(s.Value) * 0.000000001m && more > there;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_number_however_large_makes_arithmetic_fail()
    {
        string?[] units = ["mg/dL", "mmol/L", "10*12/L", "/L", "pg/mL", "mol/L", "U/L", "%", "mm/h", "nonsense", null];
        foreach (var value in new[] { decimal.MaxValue, decimal.MinValue, 0m, UnitConversion.Largest, -UnitConversion.Largest, 0.000000000000000000000000001m })
        {
            foreach (var from in units)
            {
                foreach (var to in units)
                {
                    Should.NotThrow(() => UnitConversion.Convert(value, from, to, new Analyte(1, 1)));
                }
            }
        }
    }

    // Limits of an invented analyte: 3.5 to 5.3, critical at 2.5 and 6.5.
    [Theory]
    [InlineData(2.4, null, "CriticalLow")]
    [InlineData(2.5, null, "CriticalLow")]
    [InlineData(2.6, null, "Low")]
    [InlineData(3.4, null, "Low")]
    [InlineData(3.5, null, "Normal")]
    [InlineData(5.3, null, "Normal")]
    [InlineData(5.4, null, "High")]
    [InlineData(6.4, null, "High")]
    [InlineData(6.5, null, "CriticalHigh")]
    [InlineData(2.0, "LessThan", "CriticalLow")]
    [InlineData(3.0, "LessThan", "Low")]
    [InlineData(3.5, "LessThan", "Low")]
    [InlineData(3.5, "AtMost", "NotJudged")]
    [InlineData(5.0, "LessThan", "NotJudged")]
    [InlineData(9.0, "LessThan", "NotJudged")]
    [InlineData(9.0, "GreaterThan", "CriticalHigh")]
    [InlineData(5.3, "GreaterThan", "High")]
    [InlineData(5.3, "AtLeast", "NotJudged")]
    [InlineData(1.0, "GreaterThan", "NotJudged")]
    public void A_number_is_judged_by_its_limits(double value, string? comparator, string expected) =>
        ResultJudge.Judge((decimal)value, comparator is null ? null : Enum.Parse<Comparator>(comparator), new RangeLimits(3.5m, 5.3m, 2.5m, 6.5m)).ToString().ShouldBe(expected);

    [Theory]
    [InlineData(4, null, null, 5.0, null, null, "Normal")]
    [InlineData(4, "LessThan", null, 5.0, null, null, "Normal")]
    [InlineData(9, "LessThan", null, 5.0, null, null, "NotJudged")]
    [InlineData(90, "GreaterThan", 60.0, null, null, null, "Normal")]
    [InlineData(50, "GreaterThan", 60.0, null, null, null, "NotJudged")]
    [InlineData(4, null, null, null, null, 9.0, "NotJudged")]
    [InlineData(9, null, null, null, null, 9.0, "CriticalHigh")]
    [InlineData(4, null, null, null, null, null, "NotJudged")]
    public void Limits_of_one_side_and_none_judge_no_more_than_they_can(double value, string? comparator, double? low, double? high, double? criticalLow, double? criticalHigh, string expected) =>
        ResultJudge.Judge(
            (decimal)value, comparator is null ? null : Enum.Parse<Comparator>(comparator), new RangeLimits((decimal?)low, (decimal?)high, (decimal?)criticalLow, (decimal?)criticalHigh))
            .ToString().ShouldBe(expected);

    [Fact]
    public void A_judgement_never_contradicts_the_limits()
    {
        var situations =
            from limits in Gen.Choose(-1000, 1000).ArrayOf(4)
            from value in Gen.Choose(-1200, 1200)
            select (Limits: limits.Order().Select(l => l / 10m).ToArray(), Value: value / 10m);

        Prop.ForAll(situations.ToArbitrary(), s =>
        {
            var flag = ResultJudge.Judge(s.Value, null, new RangeLimits(s.Limits[1], s.Limits[2], s.Limits[0], s.Limits[3]));
            return flag switch
            {
                Interpretation.CriticalLow => s.Value <= s.Limits[0],
                Interpretation.CriticalHigh => s.Value >= s.Limits[3],
                Interpretation.Low => s.Value < s.Limits[1] && s.Value > s.Limits[0],
                Interpretation.High => s.Value > s.Limits[2] && s.Value < s.Limits[3],
                Interpretation.Normal => s.Value >= s.Limits[1] && s.Value <= s.Limits[2],
                _ => false,
            };
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("1980-01-01", Gender.Male, null, 13.0, 17.5)]
    [InlineData("1980-01-01", Gender.Female, null, 12.0, 15.5)]
    [InlineData("1980-01-01", Gender.Female, true, 11.0, null)]
    [InlineData("1980-01-01", Gender.Unknown, null, null, null)]
    [InlineData("2024-06-01", Gender.Male, null, 11.0, null)]
    [InlineData("2025-06-01", Gender.Female, null, 10.5, null)]
    [InlineData("2026-05-01", Gender.Female, null, null, null)]
    [InlineData(null, Gender.Female, null, null, null)]
    public void The_range_is_that_of_the_persons_age_sex_and_pregnancy(string? born, Gender gender, bool? isPregnant, double? low, double? high)
    {
        TestRange[] haemoglobin =
        [
            Range(null, 183, 730, 10.5m), Range(null, 730, 1826, 11.0m), Range(RangeSex.Male, 5478, null, 13.0m, 17.5m), Range(RangeSex.Female, 5478, null, 12.0m, 15.5m),
            Range(RangeSex.Female, 4383, null, 11.0m, null, isPregnant: true),
        ];

        var limits = RangeChooser.Choose(haemoglobin, new RangeSubject(born is null ? null : DateOnly.Parse(born, null), gender, isPregnant), _today);

        (limits.Low, limits.High).ShouldBe(((decimal?)low, (decimal?)high));
    }

    [Fact]
    public void Where_the_person_is_not_known_the_most_cautious_critical_limit_counts()
    {
        TestRange[] creatinine = [TestRange.Of(Guid.Empty, new TestRangeForm(RangeSex.Male, High: 1.3m, CriticalHigh: 4.0m)), TestRange.Of(Guid.Empty, new TestRangeForm(RangeSex.Female, High: 1.1m, CriticalHigh: 3.5m))];

        var limits = RangeChooser.Choose(creatinine, new RangeSubject(null, Gender.Unknown, null), _today);

        limits.ShouldBe(new RangeLimits(null, null, null, 3.5m));
    }

    // Against values worked out from the published equation by hand; the last is the example of a normal young woman.
    [Theory]
    [InlineData(1.0, 50, RangeSex.Male, 92)]
    [InlineData(1.0, 50, RangeSex.Female, 69)]
    [InlineData(0.7, 30, RangeSex.Female, 119)]
    [InlineData(2.5, 70, RangeSex.Male, 27)]
    [InlineData(0.9, 40, RangeSex.Male, 111)]
    [InlineData(5.0, 60, RangeSex.Female, 9)]
    public void The_filtration_rate_is_that_of_the_equation(double creatinine, int age, RangeSex sex, int expected) =>
        CkdEpi2021.Of((decimal)creatinine, age, sex).ShouldBe(expected);

    [Theory]
    [InlineData("2160-0", true)]
    [InlineData("718-7", true)]
    [InlineData("98979-8", true)]
    [InlineData("2160-1", false)]
    [InlineData("21600", false)]
    [InlineData("-0", false)]
    [InlineData("2160-", false)]
    [InlineData("216O-0", false)]
    public void A_loinc_code_is_known_by_its_check_digit(string code, bool isValid) => Loinc.IsValid(code).ShouldBe(isValid);

    [Fact]
    public void The_bars_of_a_label_are_well_formed()
    {
        var bars = Code128.Encode("S0123456789");

        // Start, eleven characters and check of eleven modules each, and the stop of thirteen.
        bars.Sum(c => c - '0').ShouldBe((13 * 11) + 13);
        bars.ShouldStartWith("211214");
        bars.ShouldEndWith("2331112");
        Should.Throw<ArgumentOutOfRangeException>(() => Code128.Encode("é"));
    }

    private static TestRange Range(RangeSex? sex, int from, int? until, decimal low, decimal? high = null, bool isPregnant = false) =>
        TestRange.Of(Guid.Empty, new TestRangeForm(sex, from, until, isPregnant, low, high));
}
