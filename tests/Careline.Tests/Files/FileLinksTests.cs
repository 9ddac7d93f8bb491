using Careline.Files.Contracts;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Files;

public sealed class FileLinksTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public void A_link_serves_for_a_minute_and_for_nothing_else()
    {
        var links = app.Services.GetRequiredService<IFileLinks>();
        var link = new FileLink(Guid.CreateVersion7(), FileCopy.Thumbnail, Guid.CreateVersion7());
        var text = links.Make(link);

        links.Open(text).ShouldBe(link);
        for (var at = 0; at < text.Length; at++)
        {
            links.Open(string.Concat(text.AsSpan(0, at), text[at] == 'A' ? "B" : "A", text.AsSpan(at + 1))).ShouldBeNull();
        }

        foreach (var wrong in new[] { "", "x", text + "A", text[..^1], text + "=", new string('A', text.Length) })
        {
            links.Open(wrong).ShouldBeNull();
        }

        app.Advance(TimeSpan.FromSeconds(30));
        links.Open(text).ShouldBe(link);
        app.Advance(TimeSpan.FromSeconds(31));
        links.Open(text).ShouldBeNull();
    }
}
