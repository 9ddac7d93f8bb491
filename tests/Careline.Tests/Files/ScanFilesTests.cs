using Careline.Files.Contracts;
using Careline.Files.Scanning;
using Careline.Files.Working;
using Careline.Platform.Events;
using Careline.Platform.Web;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Files;

/// <summary>With a scanner nothing is given out before it has looked, and nothing that it finds.</summary>
public sealed class ScanFilesTests(ScanFilesTests.Scanned app) : IClassFixture<ScanFilesTests.Scanned>
{
    [Fact]
    public async Task What_is_clean_is_served_once_it_was_looked_at()
    {
        app.Scanner.IsBroken = false;

        var kept = await app.TakeInAsync("a.txt", Samples.Text());

        kept.ScanStatus.ShouldBe(ScanStatus.Pending);
        await Eventually.HoldsAsync(async () => await StatusAsync(kept.Id) == "clean");
        await ServeAsync(kept.Id);
    }

    [Fact]
    public async Task What_it_finds_is_announced_once_and_never_served()
    {
        app.Scanner.IsBroken = false;
        var kept = await app.TakeInAsync("a.txt", [.. "Lab results\n"u8, .. ScannerDouble.Eicar]);

        await Eventually.HoldsAsync(async () => await StatusAsync(kept.Id) == "infected");

        (await Should.ThrowAsync<PermissionDenied>(() => ServeAsync(kept.Id))).Code.ShouldBe("FILE_INFECTED");
        (await app.SqlAsync("SELECT finding FROM files.files WHERE id = $1", kept.Id)).ShouldBe(ScannerDouble.Finding);
        await Eventually.HoldsAsync(() => Task.FromResult(OnInfected.Heard.Count(e => e == kept.Id) == 1));
    }

    [Fact]
    public async Task While_it_cannot_say_nothing_is_served_and_it_is_asked_again()
    {
        app.Scanner.IsBroken = true;
        var kept = await app.TakeInAsync("a.txt", Samples.Text());
        await Eventually.HoldsAsync(async () => await StatusAsync(kept.Id) == "failed");

        (await Should.ThrowAsync<RuleViolation>(() => ServeAsync(kept.Id))).Code.ShouldBe("NOT_SCANNED_YET");
        app.Scanner.IsBroken = false;
        await app.SqlAsync("UPDATE files.files SET work_due_at = $2 WHERE id = $1", kept.Id, app.Now);
        while (await app.Services.GetRequiredService<FileWorker>().WorkAsync(CancellationToken.None))
        {
        }

        await Eventually.HoldsAsync(async () => await StatusAsync(kept.Id) == "clean");
        await ServeAsync(kept.Id);
    }

    [Fact]
    public async Task What_came_before_there_was_a_scanner_is_not_served_until_it_was_looked_at()
    {
        app.Scanner.IsBroken = false;
        var kept = await app.TakeInAsync("a.txt", Samples.Text());
        await Eventually.HoldsAsync(async () => await StatusAsync(kept.Id) == "clean");
        await app.SqlAsync("UPDATE files.files SET scan_status = 'not_scanned' WHERE id = $1", kept.Id);

        (await Should.ThrowAsync<RuleViolation>(() => ServeAsync(kept.Id))).Code.ShouldBe("NOT_SCANNED_YET");
    }

    [Theory]
    [InlineData("unix:/run/clamav/clamd.ctl", true)]
    [InlineData("tcp:127.0.0.1:3310", true)]
    [InlineData("tcp:[::1]:3310", true)]
    [InlineData("tcp:scanner.internal:3310", true)]
    [InlineData("tcp:scanner.internal", false)]
    [InlineData("/run/clamav/clamd.ctl", false)]
    [InlineData("http://127.0.0.1:3310", false)]
    public void An_address_is_a_socket_or_a_port(string address, bool isOne) => (ScannerSettings.Parse(address) is not null).ShouldBe(isOne);

    private async Task<string> StatusAsync(Guid id) => (string)(await app.SqlAsync("SELECT scan_status FROM files.files WHERE id = $1", id))!;

    private async Task ServeAsync(Guid id)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await using var reading = (await scope.ServiceProvider.GetRequiredService<IFiles>().OpenAsync(id, FileCopy.Original, CancellationToken.None))!;
        reading.AsAttachment("a.txt").ShouldNotBeNull();
    }

    public sealed class Scanned(TestCluster cluster) : TestApp(cluster)
    {
        internal ScannerDouble Scanner { get; } = new();

        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Files:Scanner:Address"] = Scanner.Address };

        protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddHandler<FileFoundInfected, OnInfected>();
    }

    internal sealed class OnInfected : IHandle<FileFoundInfected>
    {
        public static System.Collections.Concurrent.ConcurrentBag<Guid> Heard { get; } = [];

        public Task HandleAsync(FileFoundInfected happened, CancellationToken ct)
        {
            Heard.Add(happened.FileId);
            return Task.CompletedTask;
        }
    }
}
