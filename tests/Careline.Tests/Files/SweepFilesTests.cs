using Careline.Files.Contracts;
using Careline.Files.Keeping;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Files;

/// <summary>What nobody holds goes, and nothing else; however a host was ended, no row is without its bytes.</summary>
public sealed class SweepFilesTests(TestApp app) : IClassFixture<TestApp>
{
    private IFileStore Store => app.Services.GetRequiredService<IFileStore>();

    [Fact]
    public async Task What_was_never_attached_goes_after_an_hour_and_what_was_released_after_its_time()
    {
        var (nobodys, held, released, erased) = (await TakeInAsync(), await TakeInAsync(), await TakeInAsync(), await TakeInAsync());
        foreach (var id in new[] { held, released, erased })
        {
            await app.InTransactionAsync(files => files.AttachAsync(id, CancellationToken.None));
        }

        await app.InTransactionAsync(files => files.ReleaseAsync(released, app.Now.AddHours(3), CancellationToken.None));
        await app.InTransactionAsync(files => files.ReleaseAsync(erased, null, CancellationToken.None));
        var paths = new Dictionary<Guid, string>();
        foreach (var id in new[] { nobodys, held, released, erased })
        {
            paths[id] = await PathOfAsync(id);
        }

        await app.RunJobAsync("files.sweep");
        paths.Where(p => File.Exists(p.Value)).Select(p => p.Key).ShouldBe([nobodys, held, released], ignoreOrder: true);
        app.Advance(TimeSpan.FromMinutes(61));
        await app.RunJobAsync("files.sweep");
        paths.Where(p => File.Exists(p.Value)).Select(p => p.Key).ShouldBe([held, released], ignoreOrder: true);
        (await app.SqlAsync("SELECT count(*) FROM files.files WHERE id = $1", nobodys)).ShouldBe(0L);
        app.Advance(TimeSpan.FromHours(2));
        await app.RunJobAsync("files.sweep");
        paths.Where(p => File.Exists(p.Value)).Select(p => p.Key).ShouldBe([held]);
        (await app.SqlAsync("SELECT count(*) FROM files.files WHERE id = $1 AND key IS NULL AND destroyed_at IS NOT NULL", released)).ShouldBe(1L);
        (await app.ReadAsync(held)).ShouldBe(Samples.Text());
    }

    [Fact]
    public async Task Bytes_without_a_row_go_once_they_are_old_and_those_of_rows_stay()
    {
        var held = await TakeInAsync();
        await app.InTransactionAsync(files => files.AttachAsync(held, CancellationToken.None));
        var orphan = await OrphanAsync();
        var young = await OrphanAsync();
        await using var draft = app.Services.GetRequiredService<Spool>().Begin();
        app.Advance(TimeSpan.FromDays(2));
        File.SetLastWriteTimeUtc(PathOf(orphan), app.Now.UtcDateTime.AddHours(-7));
        File.SetLastWriteTimeUtc(PathOf(young), app.Now.UtcDateTime.AddHours(-1));
        File.SetLastWriteTimeUtc(await PathOfAsync(held), app.Now.UtcDateTime.AddHours(-7));
        var stale = Path.Combine(app.FilesFolder, "incoming", "stale");
        await File.WriteAllTextAsync(stale, "x", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(stale, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-25));

        await app.RunJobAsync("files.sweep-store");

        (File.Exists(PathOf(orphan)), File.Exists(PathOf(young)), File.Exists(await PathOfAsync(held)), File.Exists(stale)).ShouldBe((false, true, true, false));
        File.Exists(Path.Combine(app.FilesFolder, "incoming", draft.Blob)).ShouldBeTrue("it is being written");
    }

    [Fact]
    public async Task A_store_of_another_database_is_not_swept()
    {
        var orphan = await OrphanAsync();
        File.SetLastWriteTimeUtc(PathOf(orphan), app.Now.UtcDateTime.AddHours(-7));
        var name = Path.Combine(app.FilesFolder, "installation");
        await File.WriteAllTextAsync(name, Guid.CreateVersion7().ToString(), TestContext.Current.CancellationToken);

        await app.RunJobAsync("files.sweep-store");

        File.Exists(PathOf(orphan)).ShouldBeTrue();
        File.Delete(name);
    }

    [Fact]
    public async Task A_partial_file_is_forgotten_after_a_day()
    {
        var person = Guid.CreateVersion7();
        await using var scope = app.Services.CreateAsyncScope();
        var partials = scope.ServiceProvider.GetRequiredService<IPartialFiles>();
        var begun = await partials.BeginAsync(Offers.Of(app, "a.txt", owner: new FileOwner(person)) with { Length = 1000 }, CancellationToken.None);
        await partials.AppendAsync(begun.Id, person, 0, new MemoryStream(new byte[500]), CancellationToken.None);
        var blob = (string)(await app.SqlAsync("SELECT blob FROM files.parts WHERE partial_id = $1", begun.Id))!;

        app.Advance(TimeSpan.FromHours(25));
        (await partials.FindAsync(begun.Id, person, CancellationToken.None)).ShouldBeNull();
        await app.RunJobAsync("files.sweep");

        File.Exists(PathOf(blob)).ShouldBeFalse();
        (await app.SqlAsync("SELECT count(*) FROM files.partials WHERE id = $1", begun.Id)).ShouldBe(0L);
    }

    [Fact]
    public async Task A_check_names_what_is_missing_changed_or_has_another_key_and_nothing_else()
    {
        var (whole, missing, changed, sealedWrongly) = (await TakeInAsync(), await TakeInAsync(), await TakeInAsync(), await TakeInAsync());
        File.Delete(await PathOfAsync(missing));
        await using (var file = new FileStream(await PathOfAsync(changed), FileMode.Open))
        {
            file.WriteByte(0xFF);
        }

        await app.SqlAsync("UPDATE files.files SET key = (SELECT key FROM files.files WHERE id = $2) WHERE id = $1", sealedWrongly, whole);

        var outcome = await app.Services.GetRequiredService<IFileCheck>().VerifyAsync(_ => { }, CancellationToken.None);

        outcome.Broken.Where(b => new[] { whole, missing, changed, sealedWrongly }.Contains(b.FileId)).Select(b => (b.FileId, b.Fault))
            .ShouldBe([(missing, "missing"), (changed, "changed"), (sealedWrongly, "unreadable_key")], ignoreOrder: true);
        outcome.Whole.ShouldBeGreaterThanOrEqualTo(1);
        await app.SqlAsync("DELETE FROM files.files WHERE id IN ($1, $2, $3)", missing, changed, sealedWrongly);
    }

    [Fact]
    public async Task Only_the_owner_looks_into_the_store()
    {
        var path = await PathOfAsync(await TakeInAsync());

        foreach (var folder in new[] { app.FilesFolder, Path.Combine(app.FilesFolder, "incoming"), Path.GetDirectoryName(path)!, Path.GetDirectoryName(Path.GetDirectoryName(path)!)! })
        {
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder);
        }

        Directory.EnumerateFiles(Path.Combine(app.FilesFolder, "incoming")).ShouldBeEmpty();
    }

    private async Task<Guid> TakeInAsync() => (await app.TakeInAsync("a.txt", Samples.Text())).Id;

    // As a host leaves it that is ended after the bytes were put and before the row was entered.
    private async Task<string> OrphanAsync()
    {
        await using var draft = app.Services.GetRequiredService<Spool>().Begin();
        await draft.WriteAsync(Samples.Text(), CancellationToken.None);
        await draft.CompleteAsync(CancellationToken.None);
        await draft.KeepAsync(Store, CancellationToken.None);
        return draft.Blob;
    }

    private async Task<string> PathOfAsync(Guid id) => PathOf((string)(await app.SqlAsync("SELECT blob FROM files.files WHERE id = $1", id))!);

    private string PathOf(string blob) => Path.Combine(app.FilesFolder, blob[..2], blob[2..4], blob);
}
