using Careline.Files.Contracts;
using Careline.Tests.Support;

namespace Careline.Tests.Files;

/// <summary>ClamAV itself, with a signature for EICAR's test file: <c>bench/faults/clamd</c> starts it and names its address in <c>CARELINE_CLAMD</c>.</summary>
public sealed class RealScannerTests(RealScannerTests.Scanned app) : IClassFixture<RealScannerTests.Scanned>
{
    private static string? Clamd => LargeRun.Given("CARELINE_CLAMD");

    [Fact]
    public async Task It_finds_the_test_file_and_nothing_in_a_letter()
    {
        if (Clamd is null)
        {
            Assert.Skip("No ClamAV: bench/faults/clamd starts one.");
        }

        var letter = await app.TakeInAsync("a.txt", Samples.Text(new string('x', 1_000_000)));
        var infected = await app.TakeInAsync("b.txt", ScannerDouble.Eicar);

        await Eventually.HoldsAsync(async () => await StatusAsync(letter) == "clean");
        await Eventually.HoldsAsync(async () => await StatusAsync(infected) == "infected");
    }

    private async Task<string> StatusAsync(KeptFile file) => (string)(await app.SqlAsync("SELECT scan_status FROM files.files WHERE id = $1", file.Id))!;

    public sealed class Scanned(TestCluster cluster) : TestApp(cluster)
    {
        public override async ValueTask InitializeAsync()
        {
            if (Clamd is not null)
            {
                await base.InitializeAsync();
            }
            else
            {
                StandFor(await Cluster.SharedAppAsync());
            }
        }

        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Files:Scanner:Address"] = Clamd };
    }
}
