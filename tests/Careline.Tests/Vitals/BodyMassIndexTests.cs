using Careline.Vitals.Scores;

namespace Careline.Tests.Vitals;

public sealed class BodyMassIndexTests
{
    [Theory]
    [InlineData(70, 175, 22.9)]
    [InlineData(81, 180, 25.0)]
    [InlineData(3.5, 50, 14.0)]
    [InlineData(65.45, 100, 65.5)]
    [InlineData(500, 250, 80.0)]
    public void Weight_over_squared_height_to_one_decimal(double kilograms, double centimetres, double index) =>
        BodyMassIndex.Of((decimal)kilograms, (decimal)centimetres).ShouldBe((decimal)index);

    [Fact]
    public void Without_both_there_is_none()
    {
        BodyMassIndex.Of(70, null).ShouldBeNull();
        BodyMassIndex.Of(null, 175).ShouldBeNull();
    }
}
