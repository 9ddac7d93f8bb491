using Careline.Platform.Data;

namespace Careline.Tests.Platform;

public sealed class DatabaseTurnsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task So_many_go_at_once_and_the_next_when_one_has_ended()
    {
        using var lane = new DatabaseLane(2);
        var first = await lane.EnterAsync(Ct);
        using var second = await lane.EnterAsync(Ct);

        var third = lane.EnterAsync(Ct).AsTask();
        var fourth = lane.EnterAsync(Ct).AsTask();

        third.IsCompleted.ShouldBeFalse();
        first.Dispose();
        using var turn = await third;
        fourth.IsCompleted.ShouldBeFalse();
        turn.Dispose();
        (await fourth).Dispose();
    }

    [Fact]
    public async Task Who_gave_up_waiting_takes_no_turn()
    {
        using var lane = new DatabaseLane(1);
        using var hangUp = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var first = await lane.EnterAsync(Ct);
        var given = lane.EnterAsync(hangUp.Token).AsTask();

        await hangUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(given);
        first.Dispose();
        (await lane.EnterAsync(Ct)).Dispose();
    }
}
