using System.Text;
using Careline.Files.Contracts;
using Careline.Files.Keeping;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Careline.Tests.Files;

/// <summary>Quotas, limits, keys, and what is left when a step fails.</summary>
public sealed class KeepingTests(KeepingTests.Small app) : IClassFixture<KeepingTests.Small>
{
    private const int Limit = 300_000;

    [Fact]
    public async Task A_persons_quota_holds_when_many_come_at_once()
    {
        var owner = new FileOwner(Guid.CreateVersion7());
        var content = Samples.Text(new string('x', 100_000));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TriedAsync(content, owner)));

        outcomes.Count(o => o is null).ShouldBe(10);
        outcomes.Where(o => o is not null).ShouldAllBe(o => o == "QUOTA_EXCEEDED");
        (await BlobsAsync(owner)).ShouldBe(10);
        (await TriedAsync(content, new FileOwner(Guid.CreateVersion7()))).ShouldBeNull();
    }

    [Fact]
    public async Task A_clinics_quota_counts_everybodys_files_and_pieces_that_are_to_come()
    {
        var clinic = Guid.CreateVersion7();
        var content = Samples.Text(new string('x', 250_000));
        for (var i = 0; i < 5; i++)
        {
            (await TriedAsync(content, new FileOwner(Guid.CreateVersion7(), clinic))).ShouldBeNull();
        }

        await using var scope = app.Services.CreateAsyncScope();
        var partials = scope.ServiceProvider.GetRequiredService<IPartialFiles>();
        var (person, last) = (Guid.CreateVersion7(), new FileOwner(Guid.CreateVersion7(), clinic));
        var begun = await partials.BeginAsync(Offers.Of(app, "a.txt", owner: new FileOwner(person, clinic)) with { Length = 250_000 }, CancellationToken.None);

        (await TriedAsync(content, last)).ShouldBe("QUOTA_EXCEEDED");
        await partials.AppendAsync(begun.Id, person, 0, new MemoryStream(content), CancellationToken.None);
        var kept = await partials.FinishAsync(begun.Id, person, CancellationToken.None);
        (await TriedAsync(content, last)).ShouldBe("QUOTA_EXCEEDED");
        await app.InTransactionAsync(files => files.AttachAsync(kept.Id, CancellationToken.None));
        await app.InTransactionAsync(files => files.ReleaseAsync(kept.Id, app.Now.AddYears(6), CancellationToken.None));
        (await TriedAsync(content, last)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_too_large_is_refused_before_it_is_read_where_that_is_known()
    {
        var endless = new Endless();
        await using var scope = app.Services.CreateAsyncScope();
        var files = scope.ServiceProvider.GetRequiredService<IFiles>();

        await Should.ThrowAsync<FileTooLarge>(() => files.TakeInAsync(endless, Offers.Of(app, "a.txt") with { Length = 1L << 30 }, CancellationToken.None));
        endless.Given.ShouldBe(0);
        await Should.ThrowAsync<FileTypeRefused>(() => files.TakeInAsync(endless, Offers.Of(app, "a.svg"), CancellationToken.None));
        endless.Given.ShouldBe(0);
        await Should.ThrowAsync<FileTypeRefused>(() => files.TakeInAsync(endless, Offers.Of(app, "a.pdf"), CancellationToken.None));
        endless.Given.ShouldBeLessThanOrEqualTo(64 * 1024);
        await Should.ThrowAsync<FileTooLarge>(() => files.TakeInAsync(endless, Offers.Of(app, "a.txt"), CancellationToken.None));
        endless.Given.ShouldBeLessThan(Limit + (3 * 64 * 1024));
        Directory.EnumerateFiles(Path.Combine(app.FilesFolder, "incoming")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FailingStore.Step.BeforePut)]
    [InlineData(FailingStore.Step.AfterPut)]
    public async Task Where_the_store_fails_there_is_no_row(FailingStore.Step step)
    {
        var owner = new FileOwner(Guid.CreateVersion7());
        app.Store.FailsAt = step;
        try
        {
            (await TriedAsync(Samples.Text(), owner)).ShouldBe("UNAVAILABLE");
        }
        finally
        {
            app.Store.FailsAt = null;
        }

        (await BlobsAsync(owner)).ShouldBe(0);
        (await TriedAsync(Samples.Text(), owner)).ShouldBeNull();
    }

    [Fact]
    public async Task A_caller_who_goes_away_leaves_nothing()
    {
        var owner = new FileOwner(Guid.CreateVersion7());
        using var gone = new CancellationTokenSource();
        await using var scope = app.Services.CreateAsyncScope();

        await Should.ThrowAsync<OperationCanceledException>(() => scope.ServiceProvider.GetRequiredService<IFiles>().TakeInAsync(
            new Endless { After = 100_000, Then = gone.Cancel }, Offers.Of(app, "a.txt", owner: owner), gone.Token));

        (await BlobsAsync(owner)).ShouldBe(0);
        Directory.EnumerateFiles(Path.Combine(app.FilesFolder, "incoming")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rotation_of_keys_seals_the_files_keys_anew_and_leaves_their_bytes()
    {
        var kept = await app.TakeInAsync("a.txt", Samples.Text());
        var before = await HashAsync(kept.Id);

        var outcome = await app.Services.GetRequiredService<KeyRotation>().RotateAsync((_, _) => { }, CancellationToken.None);

        outcome.Unreadable.ShouldBeEmpty();
        (await app.SqlAsync("SELECT get_byte(key, 1) FROM files.files WHERE id = $1", kept.Id)).ShouldBe((int)outcome.Key);
        (await HashAsync(kept.Id)).ShouldBe(before);
        (await app.ReadAsync(kept.Id)).ShouldBe(Samples.Text());
    }

    [Fact]
    public async Task Nothing_on_the_disk_shows_what_was_taken_in()
    {
        await app.TakeInAsync("a.txt", Samples.Text(string.Concat(Enumerable.Repeat(Samples.Marker, 5_000))));
        await app.TakeInAsync("a.docx", Samples.Docx());

        var files = Directory.EnumerateFiles(app.FilesFolder, "*", SearchOption.AllDirectories).ToList();
        files.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var path in files)
        {
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).ShouldNotContain(Samples.Marker);
            path.ShouldNotContain("a.txt");
        }
    }

    [Fact]
    public async Task A_file_is_never_taken_in_nor_held_in_the_wrong_place()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => app.InTransactionAsync(
            files => files.TakeInAsync(new MemoryStream(Samples.Text()), Offers.Of(app, "a.txt"), CancellationToken.None)));
        var kept = await app.TakeInAsync("a.txt", Samples.Text());
        await using var scope = app.Services.CreateAsyncScope();
        await Should.ThrowAsync<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<IFiles>().AttachAsync(kept.Id, CancellationToken.None));
    }

    private async Task<string?> TriedAsync(byte[] content, FileOwner owner)
    {
        try
        {
            await app.TakeInAsync("a.txt", content, owner: owner);
            return null;
        }
        catch (Refusal refused)
        {
            return refused.Code;
        }
    }

    private async Task<long> BlobsAsync(FileOwner owner) => (long)(await app.SqlAsync("SELECT count(*) FROM files.files WHERE person_id = $1", owner.PersonId))!;

    private async Task<string> HashAsync(Guid id)
    {
        var blob = (string)(await app.SqlAsync("SELECT blob FROM files.files WHERE id = $1", id))!;
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            await File.ReadAllBytesAsync(Path.Combine(app.FilesFolder, blob[..2], blob[2..4], blob), TestContext.Current.CancellationToken)));
    }

    public sealed class Small(TestCluster cluster) : TestApp(cluster)
    {
        internal FailingStore Store { get; private set; } = null!;

        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["Files:DocumentBytes"] = $"{Limit}",
            ["Files:PersonBytes"] = "1000000",
            ["Files:ClinicBytes"] = "1500000",
        };

        protected override void Configure(WebApplicationBuilder builder)
        {
            Store = new FailingStore(new FolderStore(builder.Configuration["Files:Folder"]!));
            builder.Services.Replace(ServiceDescriptor.Singleton<IFileStore>(Store));
        }
    }

    internal sealed class Endless : MemoryStream
    {
        public long Given { get; private set; }

        public int After { get; init; } = int.MaxValue;

        public Action? Then { get; init; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Given > After)
            {
                Then?.Invoke();
            }

            cancellationToken.ThrowIfCancellationRequested();
            buffer.Span.Fill((byte)'x');
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    /// <summary>A folder that fails at a step.</summary>
    public sealed class FailingStore : IFileStore
    {
        private readonly IFileStore _inner;

        internal FailingStore(IFileStore inner) => _inner = inner;

        public enum Step
        {
            BeforePut,
            AfterPut,
        }

        public Step? FailsAt { get; set; }

        async Task IFileStore.PutAsync(string blob, string spooled, CancellationToken ct)
        {
            if (FailsAt == Step.BeforePut)
            {
                throw new IOException("Full.");
            }

            await _inner.PutAsync(blob, spooled, ct);
            if (FailsAt == Step.AfterPut)
            {
                throw new IOException("Gone.");
            }
        }

        Task<StoredBytes> IFileStore.OpenAsync(string blob, CancellationToken ct) => _inner.OpenAsync(blob, ct);

        Task IFileStore.DeleteAsync(string blob, CancellationToken ct) => _inner.DeleteAsync(blob, ct);

        IAsyncEnumerable<StoredBlob> IFileStore.ListAsync(CancellationToken ct) => _inner.ListAsync(ct);

        Task<bool> IFileStore.IsOfAsync(Guid installation, CancellationToken ct) => _inner.IsOfAsync(installation, ct);
    }
}
