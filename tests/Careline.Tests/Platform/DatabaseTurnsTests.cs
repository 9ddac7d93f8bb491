using Careline.Platform.Data;
using Careline.Platform.Web;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Platform;

// Two requests at once and no more.
public sealed class NarrowApp(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["Database:Turns"] = "2" };
}

public sealed class DatabaseTurnsTests(NarrowApp app) : IClassFixture<NarrowApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_requests_write_at_once_and_the_others_when_these_have_ended()
    {
        using var patient = await app.PatientAsync();
        var gate = await WritersGate.CloseAsync(app, "patients.allergies");
        var writes = Task.WhenAll(Enumerable.Range(0, 8).Select(i => patient.PostAsync($"/api/patients/{patient.PatientId}/allergies/", new { substance = $"Pollen {i}" })));

        await gate.WaitedForByAsync(2);
        await OthersAreAnsweredAsync();

        (await gate.WaitingAsync()).ShouldBe(2);
        await gate.OpenAsync();
        (await writes).ShouldAllBe(r => r.Status == 201);
    }

    [Fact]
    public async Task Two_of_those_that_ask_for_times_and_for_own_appointments_read_at_once()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await patient.BookedAsync((await doctor.OfferAsync(app.Day()))[0]);
        await app.DeliverEventsAsync();
        var gate = await WritersGate.CloseAsync(app, "scheduling.appointments", "ACCESS EXCLUSIVE");
        var reads = Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0
            ? patient.GetAsync("/api/appointments/")
            : app.Anonymous.AskAsync($"/api/time-slots/?doctor={doctor.DoctorId}&date={app.Day().Text()}")));

        await gate.WaitedForByAsync(2);
        await OthersAreAnsweredAsync();

        (await gate.WaitingAsync()).ShouldBe(2);
        await gate.OpenAsync();
        (await reads).ShouldAllBe(r => r.Status == 200);
    }

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

    // What takes no turn: time enough for everybody who could be at the gate to get there.
    private async Task OthersAreAnsweredAsync()
    {
        for (var i = 0; i < 50; i++)
        {
            (await app.Anonymous.AskAsync("/api/doctors/?page=1&page_size=" + (i + 1))).Status.ShouldBe(200);
        }
    }
}
