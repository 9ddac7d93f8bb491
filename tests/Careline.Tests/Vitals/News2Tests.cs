using Careline.Vitals.Contracts;
using Careline.Vitals.Scores;
using FsCheck;
using FsCheck.Fluent;

namespace Careline.Tests.Vitals;

/// <summary>Every boundary of the chart (Royal College of Physicians, 2017), from both sides.</summary>
public sealed class News2Tests
{
    private static readonly VitalMeasurements _well = new(
        Systolic: 120, HeartRate: 70, Temperature: 37m, RespiratoryRate: 16, OxygenSaturation: 98, Consciousness: Consciousness.Alert, OnOxygen: false);

    [Theory]
    [InlineData(8, 3), InlineData(9, 1), InlineData(11, 1), InlineData(12, 0), InlineData(20, 0), InlineData(21, 2), InlineData(24, 2), InlineData(25, 3)]
    public void Breaths_score_by_the_chart(int perMinute, int score) => News2.Breaths(perMinute).ShouldBe(score);

    [Theory]
    [InlineData(91, 3), InlineData(92, 2), InlineData(93, 2), InlineData(94, 1), InlineData(95, 1), InlineData(96, 0), InlineData(100, 0)]
    [InlineData(91.9, 3), InlineData(93.9, 2), InlineData(95.9, 1)]
    public void Saturation_scores_by_scale_one_and_a_fraction_as_the_percent_below(double percent, int score) =>
        News2.Saturation((decimal)percent).ShouldBe(score);

    [Theory]
    [InlineData(83, false, 3), InlineData(83, true, 3), InlineData(84, false, 2), InlineData(85, true, 2), InlineData(86, false, 1), InlineData(87, true, 1)]
    [InlineData(88, false, 0), InlineData(88, true, 0), InlineData(92, false, 0), InlineData(92, true, 0)]
    [InlineData(93, false, 0), InlineData(94, false, 0), InlineData(95, false, 0), InlineData(96, false, 0), InlineData(97, false, 0), InlineData(100, false, 0)]
    [InlineData(93, true, 1), InlineData(94, true, 1), InlineData(95, true, 2), InlineData(96, true, 2), InlineData(97, true, 3), InlineData(100, true, 3)]
    [InlineData(87.5, true, 1), InlineData(92.5, true, 1), InlineData(92.5, false, 0), InlineData(96.1, true, 3), InlineData(83.9, false, 3)]
    public void Saturation_scores_by_scale_two_and_between_percents_as_the_worse(double percent, bool onOxygen, int score) =>
        News2.SaturationByScaleTwo((decimal)percent, onOxygen).ShouldBe(score);

    [Fact]
    public void Scale_two_takes_the_place_of_scale_one_in_the_total()
    {
        var hypercapnic = _well with { OxygenSaturation = 90, OnOxygen = true };

        News2.Of(hypercapnic, OxygenScale.One)!.Score.ShouldBe(5);
        News2.Of(hypercapnic, OxygenScale.Two)!.Score.ShouldBe(2);
        News2.Of(hypercapnic with { OxygenSaturation = 98 }, OxygenScale.Two)!.ShouldBe(new News2Result(5, News2Risk.Medium));
    }

    /// <summary>The whole chart: the points of each value by its row, as the chart prints the rows from left to right.</summary>
    [Fact]
    public void Every_value_that_can_be_recorded_scores_as_its_cell()
    {
        Cells(8, 60, News2.Breaths, (8, 3), (11, 1), (20, 0), (24, 2), (60, 3));
        Cells(70, 100, v => News2.Saturation(v), (91, 3), (93, 2), (95, 1), (100, 0));
        Cells(70, 100, v => News2.SaturationByScaleTwo(v, onOxygen: false), (83, 3), (85, 2), (87, 1), (100, 0));
        Cells(70, 100, v => News2.SaturationByScaleTwo(v, onOxygen: true), (83, 3), (85, 2), (87, 1), (92, 0), (94, 1), (96, 2), (100, 3));
        Cells(50, 300, News2.Systolic, (90, 3), (100, 2), (110, 1), (219, 0), (300, 3));
        Cells(30, 250, News2.Pulse, (40, 3), (50, 1), (90, 0), (110, 1), (130, 2), (250, 3));
        Cells(300, 450, v => News2.Temperature(v / 10m), (350, 3), (360, 1), (380, 0), (390, 1), (450, 2));

        static void Cells(int from, int to, Func<int, int> points, params (int Through, int Points)[] row)
        {
            for (var value = from; value <= to; value++)
            {
                points(value).ShouldBe(row.First(cell => value <= cell.Through).Points, $"{value}");
            }
        }
    }

    [Fact]
    public void A_total_is_within_0_and_20_and_says_its_risk_whatever_is_measured()
    {
        var sets = from breaths in Gen.Choose(1, 120)
                   from saturation in Gen.Choose(700, 1000)
                   from systolic in Gen.Choose(20, 300)
                   from pulse in Gen.Choose(30, 250)
                   from temperature in Gen.Choose(3000, 4500)
                   from word in Gen.Elements(Enum.GetValues<Consciousness>())
                   from onOxygen in Gen.Elements(true, false)
                   from scale in Gen.Elements(OxygenScale.One, OxygenScale.Two)
                   select (Set: new VitalMeasurements(systolic, null, pulse, temperature / 100m, breaths, saturation / 10m, Consciousness: word, OnOxygen: onOxygen), Scale: scale);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(sets.ToArbitrary(), given =>
        {
            var (score, risk) = News2.Of(given.Set, given.Scale)!;
            var isSound = score is >= 0 and <= 20 && (risk == News2Risk.High) == (score >= 7) && (risk == News2Risk.Medium) == (score is 5 or 6) && (risk != News2Risk.LowMedium || score >= 3);

            // Whoever is given oxygen scores at least the two points of it more, never less.
            return isSound && News2.Of(given.Set with { OnOxygen = true }, given.Scale)!.Score >= News2.Of(given.Set with { OnOxygen = false }, given.Scale)!.Score + 2;
        }));
    }

    [Theory]
    [InlineData(90, 3), InlineData(91, 2), InlineData(100, 2), InlineData(101, 1), InlineData(110, 1), InlineData(111, 0), InlineData(219, 0), InlineData(220, 3)]
    public void Systolic_pressure_scores_by_the_chart(int mmHg, int score) => News2.Systolic(mmHg).ShouldBe(score);

    [Theory]
    [InlineData(40, 3), InlineData(41, 1), InlineData(50, 1), InlineData(51, 0), InlineData(90, 0)]
    [InlineData(91, 1), InlineData(110, 1), InlineData(111, 2), InlineData(130, 2), InlineData(131, 3)]
    public void Pulse_scores_by_the_chart(int perMinute, int score) => News2.Pulse(perMinute).ShouldBe(score);

    [Theory]
    [InlineData(35.0, 3), InlineData(35.1, 1), InlineData(36.0, 1), InlineData(36.1, 0), InlineData(38.0, 0)]
    [InlineData(38.1, 1), InlineData(39.0, 1), InlineData(39.1, 2)]
    [InlineData(35.04, 3), InlineData(35.05, 1), InlineData(38.04, 0), InlineData(38.05, 1), InlineData(39.05, 2)]
    public void Temperature_scores_by_the_chart_to_a_tenth_of_a_degree(double celsius, int score) =>
        News2.Temperature((decimal)celsius).ShouldBe(score);

    [Theory]
    [InlineData(Consciousness.Alert, false, 0)]
    [InlineData(Consciousness.Confusion, false, 3)]
    [InlineData(Consciousness.Voice, false, 3)]
    [InlineData(Consciousness.Pain, false, 3)]
    [InlineData(Consciousness.Unresponsive, false, 3)]
    [InlineData(Consciousness.Alert, true, 2)]
    [InlineData(Consciousness.Voice, true, 5)]
    public void Consciousness_scores_three_unless_alert_and_oxygen_two(Consciousness consciousness, bool onOxygen, int score) =>
        News2.Of(_well with { Consciousness = consciousness, OnOxygen = onOxygen })!.Score.ShouldBe(score);

    [Fact]
    public void The_risk_follows_from_the_total_and_from_a_single_three()
    {
        Risk(_well).ShouldBe((0, News2Risk.Low));
        Risk(_well with { HeartRate = 111, OnOxygen = true }).ShouldBe((4, News2Risk.Low));
        Risk(_well with { RespiratoryRate = 8 }).ShouldBe((3, News2Risk.LowMedium));
        Risk(_well with { RespiratoryRate = 25, HeartRate = 91 }).ShouldBe((4, News2Risk.LowMedium));
        Risk(_well with { RespiratoryRate = 25, HeartRate = 111 }).ShouldBe((5, News2Risk.Medium));
        Risk(_well with { HeartRate = 111, OnOxygen = true, OxygenSaturation = 92 }).ShouldBe((6, News2Risk.Medium));
        Risk(_well with { HeartRate = 111, OnOxygen = true, OxygenSaturation = 91 }).ShouldBe((7, News2Risk.High));
        Risk(new VitalMeasurements(90, null, 131, 35m, 25, 91, Consciousness: Consciousness.Pain, OnOxygen: true)).ShouldBe((20, News2Risk.High));
    }

    [Fact]
    public void A_missing_input_gives_no_score_rather_than_a_normal_one()
    {
        News2.Of(_well with { RespiratoryRate = null }).ShouldBeNull();
        News2.Of(_well with { OxygenSaturation = null }).ShouldBeNull();
        News2.Of(_well with { OnOxygen = null }).ShouldBeNull();
        News2.Of(_well with { Systolic = null }).ShouldBeNull();
        News2.Of(_well with { HeartRate = null }).ShouldBeNull();
        News2.Of(_well with { Consciousness = null }).ShouldBeNull();
        News2.Of(_well with { Temperature = null }).ShouldBeNull();
    }

    private static (int, News2Risk) Risk(VitalMeasurements vitals) => (News2.Of(vitals)!.Score, News2.Of(vitals)!.Risk);
}
