using System.Text;
using Careline.Files.Contracts;
using Careline.Platform.Web;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Files;

/// <summary>Files in pieces over lines that break.</summary>
public sealed class PartialFilesTests(SharedApp app) : IClassFixture<SharedApp>
{
    private static readonly byte[] _content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{Samples.Marker} line {i}\n")));

    private readonly Guid _person = Guid.CreateVersion7();

    [Fact]
    public async Task Pieces_become_the_file_and_the_answer_can_be_asked_for_again()
    {
        var begun = await BeginAsync();
        (begun.Offset, begun.Length, begun.IsComplete).ShouldBe((0, _content.Length, false));
        foreach (var (start, end) in new[] { (0, 100), (100, 70_000), (70_000, _content.Length) })
        {
            (await AskAsync(p => p.AppendAsync(begun.Id, _person, start, new MemoryStream(_content[start..end]), CancellationToken.None))).Offset.ShouldBe(end);
        }

        var kept = await AskAsync(p => p.FinishAsync(begun.Id, _person, CancellationToken.None));

        (await app.ReadAsync(kept.Id)).ShouldBe(_content);
        kept.FileName.ShouldBe("letter.txt");
        (await AskAsync(p => p.FinishAsync(begun.Id, _person, CancellationToken.None))).ShouldBe(kept);
        (await AskAsync(p => p.FindAsync(begun.Id, _person, CancellationToken.None)))!.FileId.ShouldBe(kept.Id);
        (await app.SqlAsync("SELECT count(*) FROM files.parts WHERE partial_id = $1", begun.Id)).ShouldBe(0L);
    }

    [Fact]
    public async Task What_came_before_the_line_broke_is_kept()
    {
        var begun = await BeginAsync();

        await Should.ThrowAsync<IOException>(() => AskAsync(p => p.AppendAsync(begun.Id, _person, 0, new BreakingStream(_content, 150_000), CancellationToken.None)));

        var offset = (await AskAsync(p => p.FindAsync(begun.Id, _person, CancellationToken.None)))!.Offset;
        offset.ShouldBe(150_000);
        await AskAsync(p => p.AppendAsync(begun.Id, _person, offset, new MemoryStream(_content[(int)offset..]), CancellationToken.None));
        (await app.ReadAsync((await AskAsync(p => p.FinishAsync(begun.Id, _person, CancellationToken.None))).Id)).ShouldBe(_content);
    }

    [Fact]
    public async Task Another_offset_an_incomplete_file_and_too_many_bytes_are_refused()
    {
        var begun = await BeginAsync();

        (await Should.ThrowAsync<RuleViolation>(() => AppendAsync(begun.Id, 5))).Code.ShouldBe("OFFSET_MISMATCH");
        (await Should.ThrowAsync<RuleViolation>(() => AskAsync(p => p.FinishAsync(begun.Id, _person, CancellationToken.None)))).Code.ShouldBe("UPLOAD_INCOMPLETE");
        await Should.ThrowAsync<FileTooLarge>(() => AskAsync(p => p.AppendAsync(begun.Id, _person, 0, new MemoryStream([.. _content, 1]), CancellationToken.None)));
        await AppendAsync(begun.Id, 0);
        (await Should.ThrowAsync<RuleViolation>(() => AppendAsync(begun.Id, 0))).Code.ShouldBe("OFFSET_MISMATCH");
    }

    [Fact]
    public async Task Of_two_that_bring_the_same_piece_one_is_taken()
    {
        var begun = await BeginAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await AppendAsync(begun.Id, 0);
                return "taken";
            }
            catch (RuleViolation refused)
            {
                return refused.Code;
            }
        }));

        outcomes.Count(o => o == "taken").ShouldBe(1);
        outcomes.Where(o => o != "taken").ShouldAllBe(o => o == "OFFSET_MISMATCH");
        var finished = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskAsync(p => p.FinishAsync(begun.Id, _person, CancellationToken.None))));
        finished.Select(f => f.Id).Distinct().Count().ShouldBe(1);
        (await app.ReadAsync(finished[0].Id)).ShouldBe(_content);
    }

    [Fact]
    public async Task Nobody_else_finds_it()
    {
        var (begun, other) = (await BeginAsync(), Guid.CreateVersion7());

        (await AskAsync(p => p.FindAsync(begun.Id, other, CancellationToken.None))).ShouldBeNull();
        (await AskAsync(p => p.TerminateAsync(begun.Id, other, CancellationToken.None))).ShouldBeFalse();
        await Should.ThrowAsync<NotFound>(() => AskAsync(p => p.AppendAsync(begun.Id, other, 0, new MemoryStream(_content), CancellationToken.None)));
        await Should.ThrowAsync<NotFound>(() => AskAsync(p => p.FinishAsync(begun.Id, other, CancellationToken.None)));
    }

    [Fact]
    public async Task A_terminated_one_leaves_no_bytes()
    {
        var begun = await BeginAsync();
        await AppendAsync(begun.Id, 0);
        var blob = (string)(await app.SqlAsync("SELECT blob FROM files.parts WHERE partial_id = $1", begun.Id))!;
        var path = Path.Combine(app.FilesFolder, blob[..2], blob[2..4], blob);
        Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).ShouldNotContain(Samples.Marker);

        (await AskAsync(p => p.TerminateAsync(begun.Id, _person, CancellationToken.None))).ShouldBeTrue();

        File.Exists(path).ShouldBeFalse();
        (await AskAsync(p => p.FindAsync(begun.Id, _person, CancellationToken.None))).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_refused_is_refused_as_early_as_it_can_be_known()
    {
        await Should.ThrowAsync<FileTypeRefused>(() => BeginAsync("a.svg"));
        await Should.ThrowAsync<FileTooLarge>(() => BeginAsync(length: 26 * 1024 * 1024));
        await Should.ThrowAsync<InvalidInput>(() => BeginAsync(length: 0));

        var begun = await BeginAsync("a.png");
        await Should.ThrowAsync<FileTypeRefused>(() => AppendAsync(begun.Id, 0));
        (await AskAsync(p => p.FindAsync(begun.Id, _person, CancellationToken.None)))!.Offset.ShouldBe(0);

        // Broken only as a whole: forgotten with the refusal.
        var cut = Samples.Png()[..^10];
        var second = await BeginAsync("a.png", cut.Length);
        await AskAsync(p => p.AppendAsync(second.Id, _person, 0, new MemoryStream(cut), CancellationToken.None));
        await Should.ThrowAsync<InvalidInput>(() => AskAsync(p => p.FinishAsync(second.Id, _person, CancellationToken.None)));
        (await AskAsync(p => p.FindAsync(second.Id, _person, CancellationToken.None))).ShouldBeNull();
    }

    private Task<PartialFile> BeginAsync(string name = "letter.txt", long? length = null) =>
        AskAsync(p => p.BeginAsync(Offers.Of(app, name, owner: new FileOwner(_person)) with { Length = length ?? _content.Length }, CancellationToken.None));

    private Task<PartialFile> AppendAsync(Guid id, long offset) => AskAsync(p => p.AppendAsync(id, _person, offset, new MemoryStream(_content), CancellationToken.None));

    private async Task<T> AskAsync<T>(Func<IPartialFiles, Task<T>> ask)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<IPartialFiles>());
    }

    private sealed class BreakingStream(byte[] content, int at) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < at ? base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, at - Position)], cancellationToken) : throw new IOException("The line broke.");
    }
}
