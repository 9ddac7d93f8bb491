using Careline.Platform.Jobs;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Careline.Tests.Platform;

public sealed class JobClockTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_job_that_hangs_or_fails_holds_up_no_other_and_is_not_begun_twice()
    {
        var (hangs, fails, works) = (new Job("tests.hangs"), new Job("tests.fails"), new Job("tests.works"));
        (hangs.Work, fails.Work) = (ct => Task.Delay(Timeout.Infinite, ct), _ => throw new InvalidOperationException("As a job may."));
        using var jobs = new JobClock(
            [hangs, fails, works], app.Services.GetRequiredService<IServiceScopeFactory>(), app.Services.GetRequiredService<TimeProvider>(), NullLogger<JobClock>.Instance);

        await jobs.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => works.Runs >= 2 && fails.Runs >= 2);
        await jobs.StopAsync(TestContext.Current.CancellationToken);

        hangs.Runs.ShouldBe(1);
        jobs.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }

    private sealed class Job(string name) : IRecurringJob
    {
        private int _runs;

        public string Name => name;

        public TimeSpan Every => TimeSpan.Zero;

        public Func<CancellationToken, Task> Work { get; set; } = _ => Task.CompletedTask;

        public int Runs => Volatile.Read(ref _runs);

        public Task RunAsync(IServiceProvider scope, CancellationToken ct)
        {
            Interlocked.Increment(ref _runs);
            return Work(ct);
        }
    }
}
