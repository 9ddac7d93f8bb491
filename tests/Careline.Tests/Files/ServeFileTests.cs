using System.Text;
using Careline.Files.Contracts;
using Careline.Platform.Web;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Files;

/// <summary>How a file is given out: to be saved, inert, in parts when asked.</summary>
public sealed class ServeFileTests(SharedApp app) : IClassFixture<SharedApp>
{
    private static readonly byte[] _content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n")));

    [Fact]
    public async Task It_is_saved_and_not_shown()
    {
        var kept = await app.TakeInAsync("a.txt", _content);

        var answer = await AskAsync(kept.Id, "Bef\u202Eund \"1\"/ü; x.txt");

        answer.Status.ShouldBe(200);
        answer.Body.ShouldBe(_content);
        answer.Headers.ContentLength.ShouldBe(_content.Length);
        answer.Headers.ContentType.ToString().ShouldBe("text/plain; charset=utf-8");
        answer.Headers.ContentDisposition.ToString().ShouldStartWith("attachment; ");
        answer.Headers.ContentDisposition.ToString().ShouldEndWith("filename*=UTF-8''%C3%BC_%20x.txt");
        answer.Headers.XContentTypeOptions.ToString().ShouldBe("nosniff");
        answer.Headers.ContentSecurityPolicy.ToString().ShouldBe("sandbox; default-src 'none'");
        answer.Headers.CacheControl.ToString().ShouldBe("no-store");
        answer.Headers.AcceptRanges.ToString().ShouldBe("bytes");
        answer.Headers.ETag.ToString().ShouldBe($"\"{kept.Sha256[..32]}\"");
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=65530-65545", 65_530, 16)]
    [InlineData("bytes=-5", -5, 5)]
    [InlineData("bytes=100000-", 100_000, -1)]
    public async Task A_part_is_given_out_alone(string range, int start, int length)
    {
        var kept = await app.TakeInAsync("a.txt", _content);
        start = start < 0 ? _content.Length + start : start;
        length = length < 0 ? _content.Length - start : length;

        var answer = await AskAsync(kept.Id, "a.txt", ("Range", range));

        answer.Status.ShouldBe(206);
        answer.Body.ShouldBe(_content[start..(start + length)]);
        answer.Headers.ContentRange.ToString().ShouldBe($"bytes {start}-{start + length - 1}/{_content.Length}");
    }

    [Fact]
    public async Task Conditions_and_impossible_ranges_are_answered_as_HTTP_has_them()
    {
        var kept = await app.TakeInAsync("a.txt", _content);
        var tag = $"\"{kept.Sha256[..32]}\"";

        (await AskAsync(kept.Id, "a.txt", ("If-None-Match", tag))).Status.ShouldBe(304);
        (await AskAsync(kept.Id, "a.txt", ("If-None-Match", "\"other\""))).Status.ShouldBe(200);
        (await AskAsync(kept.Id, "a.txt", ("If-Match", "\"other\""))).Status.ShouldBe(412);
        (await AskAsync(kept.Id, "a.txt", ("Range", "bytes=0-9"), ("If-Range", tag))).Status.ShouldBe(206);
        (await AskAsync(kept.Id, "a.txt", ("Range", "bytes=0-9"), ("If-Range", "\"other\""))).Body.ShouldBe(_content);
        var beyond = await AskAsync(kept.Id, "a.txt", ("Range", $"bytes={_content.Length}-"));
        beyond.Status.ShouldBe(416);
        beyond.Headers.ContentRange.ToString().ShouldBe($"bytes */{_content.Length}");
    }

    [Fact]
    public async Task What_was_found_infected_is_never_given_out()
    {
        var kept = await app.TakeInAsync("a.txt", _content);
        await app.SqlAsync("UPDATE files.files SET scan_status = 'infected' WHERE id = $1", kept.Id);

        var refused = await Should.ThrowAsync<PermissionDenied>(() => AskAsync(kept.Id, "a.txt"));

        (refused.Status, refused.Code).ShouldBe((403, "FILE_INFECTED"));
    }

    [Fact]
    public async Task What_was_changed_on_the_disk_breaks_off_instead_of_giving_other_bytes()
    {
        var kept = await app.TakeInAsync("a.txt", _content);
        var blob = (string)(await app.SqlAsync("SELECT blob FROM files.files WHERE id = $1", kept.Id))!;
        var path = Path.Combine(app.FilesFolder, blob[..2], blob[2..4], blob);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Encoding.Latin1.GetString(bytes).ShouldNotContain("line 1");
        bytes[100_000] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        await Should.ThrowAsync<System.Security.Cryptography.CryptographicException>(() => app.ReadAsync(kept.Id));
        (await AskAsync(kept.Id, "a.txt", ("Range", "bytes=0-65535"))).Body.ShouldBe(_content[..65_536]);
    }

    [Fact]
    public async Task What_has_lost_its_content_is_told_to_be_unavailable()
    {
        var kept = await app.TakeInAsync("a.txt", _content);
        var blob = (string)(await app.SqlAsync("SELECT blob FROM files.files WHERE id = $1", kept.Id))!;
        File.Delete(Path.Combine(app.FilesFolder, blob[..2], blob[2..4], blob));

        await Should.ThrowAsync<Unavailable>(() => AskAsync(kept.Id, "a.txt"));
    }

    private async Task<(int Status, IHeaderDictionary Headers, byte[] Body)> AskAsync(Guid id, string name, params (string Name, string Value)[] headers)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, Request = { Method = "GET" }, Response = { Body = body } };
        foreach (var (header, value) in headers)
        {
            http.Request.Headers[header] = value;
        }

        var reading = await scope.ServiceProvider.GetRequiredService<IFiles>().OpenAsync(id, FileCopy.Original, CancellationToken.None);
        await reading!.AsAttachment(name).ExecuteAsync(http);
        return (http.Response.StatusCode, http.Response.Headers, body.ToArray());
    }
}
