using System.Security.Cryptography;
using System.Text;
using Careline.Files.Contracts;
using Careline.Platform.Web;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Files;

public sealed class FileLifeTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly byte[] _letter = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40_000).Select(i => $"line {i} of the letter\n")));

    [Fact]
    public async Task What_was_taken_in_is_read_again()
    {
        var kept = await app.TakeInAsync("C:\\letters\\..\\letter.TXT", _letter, "text/plain; charset=utf-8");

        kept.FileName.ShouldBe("letter.TXT");
        (kept.MediaType, kept.Size, kept.Sha256).ShouldBe(("text/plain", _letter.Length, Convert.ToHexStringLower(SHA256.HashData(_letter))));
        (await app.ReadAsync(kept.Id)).ShouldBe(_letter);
        (await app.ReadAsync(Guid.CreateVersion7())).ShouldBeNull();
    }

    [Fact]
    public async Task A_file_is_attached_once_and_gone_once_released()
    {
        var kept = await app.TakeInAsync("letter.txt", _letter);

        await app.InTransactionAsync(files => files.AttachAsync(kept.Id, CancellationToken.None));
        (await Should.ThrowAsync<RuleViolation>(() => app.InTransactionAsync(files => files.AttachAsync(kept.Id, CancellationToken.None)))).Code.ShouldBe("FILE_GONE");
        await app.InTransactionAsync(files => files.ReleaseAsync(kept.Id, app.Now.AddYears(6), CancellationToken.None));

        (await app.ReadAsync(kept.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_is_held_back_in_memory_while_it_comes()
    {
        const int size = 24 * 1024 * 1024;
        var content = new Watched(size, Path.Combine(app.FilesFolder, "incoming"));
        await using var scope = app.Services.CreateAsyncScope();

        var kept = await scope.ServiceProvider.GetRequiredService<IFiles>().TakeInAsync(content, Offers.Of(app, "a.txt"), CancellationToken.None);

        kept.Size.ShouldBe(size);
        content.MostHeldBack.ShouldBeLessThan(4 * 64 * 1024);
    }

    [Fact]
    public async Task Any_part_of_it_is_read_without_the_rest()
    {
        var kept = await app.TakeInAsync("letter.txt", _letter);
        await using var scope = app.Services.CreateAsyncScope();
        await using var reading = (await scope.ServiceProvider.GetRequiredService<IFiles>().OpenAsync(kept.Id, FileCopy.Original, CancellationToken.None))!;

        foreach (var (start, length) in new[] { (0, 1), (65_535, 2), (65_536, 65_536), (131_000, 70_000), (_letter.Length - 1, 1), (10, 20) })
        {
            var part = new byte[length];
            reading.Content.Position = start;
            await reading.Content.ReadExactlyAsync(part, TestContext.Current.CancellationToken);

            part.ShouldBe(_letter[start..(start + length)]);
        }
    }

    // Sends text without an end and looks after each piece how much of it lies on the disk.
    private sealed class Watched(int size, string folder) : MemoryStream
    {
        private long _sent;

        public long MostHeldBack { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var written = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Sum(f => new FileInfo(f).Length) : 0;
            MostHeldBack = Math.Max(MostHeldBack, _sent - written);
            var count = (int)Math.Min(buffer.Length, size - _sent);
            buffer.Span[..count].Fill((byte)'x');
            _sent += count;
            return ValueTask.FromResult(count);
        }
    }
}
