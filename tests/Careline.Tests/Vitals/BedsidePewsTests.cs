using Careline.Vitals.Contracts;
using Careline.Vitals.Scores;
using FsCheck;
using FsCheck.Fluent;

namespace Careline.Tests.Vitals;

/// <summary>Every cell of the published table (Critical Care 2009, 13:R135, table 1), from both sides of each bound.</summary>
public sealed class BedsidePewsTests
{
    private static readonly VitalMeasurements _well = new(
        Systolic: 100, HeartRate: 100, RespiratoryRate: 30, OxygenSaturation: 98, OnOxygen: false, RespiratoryEffort: RespiratoryEffort.Normal, CapillaryRefill: 1);

    [Theory]
    [InlineData(AgeBand.UnderThreeMonths, 80, 90, 110, 150, 180, 190)]
    [InlineData(AgeBand.UnderOneYear, 70, 80, 100, 150, 170, 180)]
    [InlineData(AgeBand.UnderFourYears, 60, 70, 90, 120, 150, 170)]
    [InlineData(AgeBand.UnderTwelveYears, 50, 60, 70, 110, 130, 150)]
    [InlineData(AgeBand.FromTwelveYears, 40, 50, 60, 100, 120, 140)]
    internal void Pulse_scores_by_its_row(AgeBand band, int low4, int low2, int low1, int high1, int high2, int high4) =>
        Row(value => BedsidePews.Pulse(value, band), low4, low2, low1, high1, high2, high4);

    [Theory]
    [InlineData(AgeBand.UnderThreeMonths, 45, 50, 60, 80, 100, 130)]
    [InlineData(AgeBand.UnderOneYear, 60, 70, 80, 100, 120, 150)]
    [InlineData(AgeBand.UnderFourYears, 65, 75, 90, 110, 125, 160)]
    [InlineData(AgeBand.UnderTwelveYears, 70, 80, 90, 120, 140, 170)]
    [InlineData(AgeBand.FromTwelveYears, 75, 85, 100, 130, 150, 190)]
    internal void Systolic_pressure_scores_by_its_row(AgeBand band, int low4, int low2, int low1, int high1, int high2, int high4) =>
        Row(value => BedsidePews.Systolic(value, band), low4, low2, low1, high1, high2, high4);

    [Theory]
    [InlineData(AgeBand.UnderThreeMonths, 15, 19, 29, 61, 81, 91)]
    [InlineData(AgeBand.UnderOneYear, 15, 19, 24, 51, 71, 81)]
    [InlineData(AgeBand.UnderFourYears, 12, 15, 19, 41, 61, 71)]
    [InlineData(AgeBand.UnderTwelveYears, 10, 14, 19, 31, 41, 51)]
    [InlineData(AgeBand.FromTwelveYears, 9, 10, 11, 17, 23, 30)]
    internal void Breaths_score_by_their_row(AgeBand band, int low4, int low2, int low1, int high1, int high2, int high4) =>
        Row(value => BedsidePews.Breaths(value, band), low4, low2, low1, high1, high2, high4);

    [Theory]
    [InlineData(100, 0), InlineData(95, 0), InlineData(94.9, 1), InlineData(94, 1), InlineData(91, 1), InlineData(90.9, 2), InlineData(90, 2), InlineData(70, 2)]
    public void Saturation_scores_by_its_row(double percent, int points) => BedsidePews.Saturation((decimal)percent).ShouldBe(points);

    [Theory]
    [InlineData(0, 0), InlineData(2.9, 0), InlineData(3, 4), InlineData(20, 4)]
    public void Capillary_refill_scores_by_its_row(double seconds, int points) => BedsidePews.Refill((decimal)seconds).ShouldBe(points);

    [Theory]
    [InlineData(RespiratoryEffort.Normal, 0), InlineData(RespiratoryEffort.Mild, 1), InlineData(RespiratoryEffort.Moderate, 2), InlineData(RespiratoryEffort.Severe, 4)]
    public void Effort_scores_by_its_row(RespiratoryEffort effort, int points) => BedsidePews.Effort(effort).ShouldBe(points);

    [Theory]
    [InlineData(false, null, null, 0)]
    [InlineData(true, 3.9, null, 2)]
    [InlineData(true, 4.0, null, 4)]
    [InlineData(true, null, 49.9, 2)]
    [InlineData(true, null, 50.0, 4)]
    [InlineData(true, 1.0, 60.0, 4)]
    [InlineData(true, null, null, null)]
    [InlineData(null, null, null, null)]
    public void Oxygen_scores_by_how_much_is_given_and_not_at_all_where_nobody_said(bool? onOxygen, double? flow, double? percent, int? points) =>
        BedsidePews.Oxygen(_well with { OnOxygen = onOxygen, OxygenFlow = (decimal?)flow, OxygenConcentration = (decimal?)percent }).ShouldBe(points);

    [Fact]
    public void A_missing_item_gives_no_score_and_the_worst_of_all_gives_26()
    {
        BedsidePews.Of(_well, AgeBand.UnderFourYears).ShouldBe(0);
        foreach (var lacking in new[]
        {
            _well with { Systolic = null }, _well with { HeartRate = null }, _well with { RespiratoryRate = null }, _well with { OxygenSaturation = null },
            _well with { OnOxygen = null }, _well with { RespiratoryEffort = null }, _well with { CapillaryRefill = null },
        })
        {
            BedsidePews.Of(lacking, AgeBand.UnderFourYears).ShouldBeNull();
        }

        var worst = new VitalMeasurements(
            20, null, 250, null, 120, 70, OnOxygen: true, RespiratoryEffort: RespiratoryEffort.Severe, CapillaryRefill: 5, OxygenFlow: 15);
        Enum.GetValues<AgeBand>().ShouldAllBe(band => BedsidePews.Of(worst, band) == 26);
    }

    [Theory]
    [InlineData("2026-03-16", AgeBand.UnderThreeMonths), InlineData("2026-03-15", AgeBand.UnderOneYear)]
    [InlineData("2025-06-16", AgeBand.UnderOneYear), InlineData("2025-06-15", AgeBand.UnderFourYears)]
    [InlineData("2022-06-16", AgeBand.UnderFourYears), InlineData("2022-06-15", AgeBand.UnderTwelveYears)]
    [InlineData("2014-06-16", AgeBand.UnderTwelveYears), InlineData("2014-06-15", AgeBand.FromTwelveYears)]
    internal void A_band_begins_with_its_birthday(string born, AgeBand band) =>
        Age.BandOf(DateOnly.Parse(born, null), new DateOnly(2026, 6, 15)).ShouldBe(band);

    [Fact]
    public void A_row_falls_to_one_side_and_rises_to_the_other_for_every_band()
    {
        var values = from band in Gen.Elements(Enum.GetValues<AgeBand>()) from value in Gen.Choose(0, 300) select (band, value);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(values.ToArbitrary(), given =>
        {
            Func<int, AgeBand, int>[] rows = [BedsidePews.Pulse, BedsidePews.Systolic, BedsidePews.Breaths];
            return rows.All(row => row(given.value, given.band) is 0 or 1 or 2 or 4
                && Math.Min(row(given.value - 1, given.band), row(given.value + 1, given.band)) <= row(given.value, given.band));
        }));
    }

    private static void Row(Func<int, int> points, int low4, int low2, int low1, int high1, int high2, int high4)
    {
        (int Value, int Points)[] cells =
        [
            (low4, 4), (low4 + 1, low4 + 1 <= low2 ? 2 : 1), (low2, 2), (low2 + 1, low2 + 1 <= low1 ? 1 : 0), (low1, 1), (low1 + 1, 0),
            (high1 - 1, 0), (high1, 1), (high2 - 1, 1), (high2, 2), (high4 - 1, 2), (high4, 4),
        ];
        cells.ShouldAllBe(cell => points(cell.Value) == cell.Points);
    }
}
