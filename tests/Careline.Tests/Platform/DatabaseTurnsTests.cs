using Careline.Platform.Data;
using Careline.Platform.Web;

namespace Careline.Tests.Platform;

public sealed class DatabaseTurnsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_go_at_once_and_the_next_when_one_has_ended()
    {
        using var lane = new DatabaseLane(2, Timeout.InfiniteTimeSpan);
        var first = await lane.EnterAsync(Ct);
        using var second = await lane.EnterAsync(Ct);

        var third = lane.EnterAsync(Ct).AsTask();
        var fourth = lane.EnterAsync(Ct).AsTask();

        (third.IsCompleted || fourth.IsCompleted).ShouldBeFalse();
        first.Dispose();
        var next = await Task.WhenAny(third, fourth);
        var last = next == third ? fourth : third;
        last.IsCompleted.ShouldBeFalse();
        (await next).Dispose();
        (await last).Dispose();
    }

    [Fact]
    public async Task Where_no_turn_comes_free_the_service_is_unavailable()
    {
        using var lane = new DatabaseLane(1, TimeSpan.FromMilliseconds(1));
        using var hangs = await lane.EnterAsync(Ct);

        await Should.ThrowAsync<Unavailable>(lane.EnterAsync(Ct).AsTask());
    }

    [Fact]
    public async Task Who_gave_up_waiting_takes_no_turn()
    {
        using var lane = new DatabaseLane(1, Timeout.InfiniteTimeSpan);
        using var hangUp = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var first = await lane.EnterAsync(Ct);
        var given = lane.EnterAsync(hangUp.Token).AsTask();

        await hangUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(given);
        first.Dispose();
        (await lane.EnterAsync(Ct)).Dispose();
    }
}
