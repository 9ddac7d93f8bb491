using Careline.Vitals.Contracts;
using Careline.Vitals.Scores;

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
