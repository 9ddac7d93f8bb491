using Careline.Vitals.Contracts;
using Careline.Vitals.Observations;
using FsCheck;
using FsCheck.Fluent;

namespace Careline.Tests.Vitals;

public sealed class UnitsTests
{
    [Theory]
    [InlineData(Measure.Weight, 1, "[lb_av]", 0.454)]
    [InlineData(Measure.Weight, 220.462, "lb", 100)]
    [InlineData(Measure.Weight, 3500, "g", 3.5)]
    [InlineData(Measure.Height, 70, "[in_i]", 177.8)]
    [InlineData(Measure.Height, 1.75, "m", 175)]
    [InlineData(Measure.Temperature, 98.6, "[degF]", 37)]
    [InlineData(Measure.Temperature, 212, "°F", 100)]
    [InlineData(Measure.Temperature, -40, "[degF]", -40)]
    [InlineData(Measure.Temperature, 310.15, "K", 37)]
    [InlineData(Measure.BloodGlucose, 5.5, "mmol/L", 99.1)]
    [InlineData(Measure.BloodGlucose, 10, "mmol/L", 180.2)]
    [InlineData(Measure.Systolic, 16, "kPa", 120)]
    [InlineData(Measure.Diastolic, 10, "kPa", 75)]
    [InlineData(Measure.HeartRate, 72.5, "{beats}/min", 73)]
    [InlineData(Measure.OxygenSaturation, 97.25, "%", 97.3)]
    public void A_value_becomes_that_of_its_measure(Measure measure, double value, string unit, double kept) =>
        Units.Kept(measure, (decimal)value, unit).ShouldBe((decimal)kept);

    [Theory]
    [InlineData(Measure.Weight, "Cel")]
    [InlineData(Measure.Weight, "KG")]
    [InlineData(Measure.Weight, "")]
    [InlineData(Measure.Temperature, "C")]
    [InlineData(Measure.BloodGlucose, "mmol")]
    [InlineData(Measure.Consciousness, "1")]
    public void A_unit_of_another_measure_or_of_none_is_none(Measure measure, string unit) => Units.Kept(measure, 1, unit).ShouldBeNull();

    [Fact]
    public void Turning_there_and_back_gives_the_value_again_and_more_stays_more()
    {
        (Measure Measure, string Unit, Func<decimal, decimal> Back, decimal Tolerance)[] turns =
        [
            (Measure.Weight, "[lb_av]", kg => kg / 0.45359237m, 0.0012m),
            (Measure.Temperature, "[degF]", c => (c * 9 / 5) + 32, 0.0091m),
            (Measure.BloodGlucose, "mmol/L", mg => mg / 18.0156m, 0.0028m),
            (Measure.Height, "[in_i]", cm => cm / 2.54m, 0.002m),
            (Measure.Systolic, "kPa", mmHg => mmHg * 0.133322387415m, 0.067m),
        ];
        var given = from turn in Gen.Elements(turns) from hundredths in Gen.Choose(0, 50_000) from more in Gen.Choose(0, 1000) select (turn, Value: hundredths / 100m, More: more / 100m);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(given.ToArbitrary(), g =>
        {
            var kept = Units.Kept(g.turn.Measure, g.Value, g.turn.Unit)!.Value;
            return Math.Abs(g.turn.Back(kept) - g.Value) <= g.turn.Tolerance && Units.Kept(g.turn.Measure, g.Value + g.More, g.turn.Unit)!.Value >= kept;
        }));
    }
}
