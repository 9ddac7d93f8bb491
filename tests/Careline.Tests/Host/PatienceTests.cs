using Careline.Host.Supervision;

namespace Careline.Tests.Host;

public sealed class PatienceTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);

    [Fact]
    public void Quick_deaths_are_waited_on_longer_and_longer_and_then_given_up()
    {
        var patience = new Patience();

        var pauses = Enumerable.Range(0, Patience.QuickFailures).Select(_ => patience.After(Quick)).ToList();

        pauses[..^1].ShouldAllBe(pause => pause != null);
        pauses[..^1].ShouldBeInOrder();
        pauses[^1].ShouldBeNull();
    }

    [Fact]
    public void A_long_life_makes_up_for_what_was_before()
    {
        var patience = new Patience();
        for (var i = 1; i < Patience.QuickFailures; i++)
        {
            patience.After(Quick);
        }

        patience.After(TimeSpan.FromHours(1)).ShouldNotBeNull();
        patience.After(Quick).ShouldNotBeNull();
    }
}
