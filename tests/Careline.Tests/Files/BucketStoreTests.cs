using System.Security.Cryptography;
using System.Text;
using Careline.Files.Contracts;
using Careline.Files.Keeping;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Files;

/// <summary>
/// The same promises with files in a bucket, against a server that speaks S3's protocol: <c>bench/faults/s3</c> starts one and names it in
/// <c>CARELINE_S3</c> (its address) and <c>CARELINE_S3_FOLDER</c> (where it keeps its bytes).
/// </summary>
public sealed class BucketStoreTests(BucketStoreTests.InBucket app) : IClassFixture<BucketStoreTests.InBucket>
{
    // More than one part of an upload.
    private static readonly byte[] _large = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 700_000).Select(i => $"{Samples.Marker} {i}\n")));

    private static string? Server => LargeRun.Given("CARELINE_S3");

    private IFileStore Store => app.Services.GetRequiredService<IFileStore>();

    [Fact]
    public async Task Files_small_and_large_come_back_whole_and_in_parts()
    {
        SkipWithoutServer();
        Store.ShouldBeOfType<BucketStore>();
        foreach (var content in new[] { Samples.Text(), _large })
        {
            var kept = await app.TakeInAsync("a.txt", content);

            Convert.ToHexStringLower(SHA256.HashData((await app.ReadAsync(kept.Id))!)).ShouldBe(kept.Sha256);
            await using var scope = app.Services.CreateAsyncScope();
            await using var reading = (await scope.ServiceProvider.GetRequiredService<IFiles>().OpenAsync(kept.Id, FileCopy.Original, CancellationToken.None))!;
            foreach (var start in new[] { content.Length - 5, 3, content.Length / 2 })
            {
                var part = new byte[2];
                reading.Content.Position = start;
                await reading.Content.ReadExactlyAsync(part, TestContext.Current.CancellationToken);
                part.ShouldBe(content[start..(start + 2)]);
            }
        }
    }

    [Fact]
    public async Task Pieces_lie_in_the_bucket_too_and_become_a_file()
    {
        SkipWithoutServer();
        var person = Guid.CreateVersion7();
        await using var scope = app.Services.CreateAsyncScope();
        var partials = scope.ServiceProvider.GetRequiredService<IPartialFiles>();
        var begun = await partials.BeginAsync(Offers.Of(app, "a.txt", owner: new FileOwner(person)) with { Length = _large.Length }, CancellationToken.None);
        await partials.AppendAsync(begun.Id, person, 0, new MemoryStream(_large[..5_000_000]), CancellationToken.None);
        await partials.AppendAsync(begun.Id, person, 5_000_000, new MemoryStream(_large[5_000_000..]), CancellationToken.None);

        var kept = await partials.FinishAsync(begun.Id, person, CancellationToken.None);

        kept.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(_large)));
    }

    [Fact]
    public async Task The_bucket_shows_nothing_of_the_content_and_the_spool_is_empty_again()
    {
        SkipWithoutServer();
        await app.TakeInAsync("a.txt", Samples.Text(string.Concat(Enumerable.Repeat(Samples.Marker, 1_000))));

        var files = Directory.EnumerateFiles(LargeRun.Given("CARELINE_S3_FOLDER")!, "*", SearchOption.AllDirectories).ToList();
        files.Count.ShouldBeGreaterThan(0);
        foreach (var path in files)
        {
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).ShouldNotContain(Samples.Marker);
        }

        Directory.EnumerateFiles(Path.Combine(app.FilesFolder, "incoming")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_nobody_holds_goes_and_what_is_missing_is_named()
    {
        SkipWithoutServer();
        var (held, lost) = (await app.TakeInAsync("a.txt", Samples.Text()), await app.TakeInAsync("a.txt", Samples.Text()));
        await using var draft = app.Services.GetRequiredService<Spool>().Begin();
        await draft.WriteAsync(Samples.Text(), CancellationToken.None);
        await draft.CompleteAsync(CancellationToken.None);
        await draft.KeepAsync(Store, CancellationToken.None);
        await Store.DeleteAsync((string)(await app.SqlAsync("SELECT blob FROM files.files WHERE id = $1", lost.Id))!, CancellationToken.None);

        app.Advance(TimeSpan.FromHours(7));
        await app.SqlAsync("UPDATE files.files SET attached_at = created_at");
        await app.RunJobAsync("files.sweep-store");
        var outcome = await app.Services.GetRequiredService<IFileCheck>().VerifyAsync(_ => { }, CancellationToken.None);

        var names = new List<string>();
        await foreach (var stored in Store.ListAsync(CancellationToken.None))
        {
            names.Add(stored.Blob);
        }

        names.ShouldNotContain(draft.Blob);
        names.ShouldContain((string)(await app.SqlAsync("SELECT blob FROM files.files WHERE id = $1", held.Id))!);
        outcome.Broken.Where(b => b.FileId == lost.Id || b.FileId == held.Id).ShouldBe([new BrokenFile(lost.Id, FileCopy.Original, "missing")]);
        (await Store.IsOfAsync(Guid.CreateVersion7(), CancellationToken.None)).ShouldBeFalse();
        await Should.ThrowAsync<FileNotFoundException>(() => app.ReadAsync(lost.Id));
    }

    private static void SkipWithoutServer()
    {
        if (Server is null)
        {
            Assert.Skip("No S3 server: bench/faults/s3 brings one.");
        }
    }

    public sealed class InBucket(TestCluster cluster) : TestApp(cluster)
    {
        public override async ValueTask InitializeAsync()
        {
            if (Server is not null)
            {
                await base.InitializeAsync();
            }
            else
            {
                StandFor(await Cluster.SharedAppAsync());
            }
        }

        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["Files:S3:Bucket"] = "careline",
            ["Files:S3:Endpoint"] = Server,
            ["Files:S3:AccessKey"] = "S3RVER",
            ["Files:S3:SecretKey"] = "S3RVER",
            ["Files:S3:Prefix"] = "trial/",
        };
    }
}
