using System.Text.Json.Nodes;
using Careline.Tests.Support;

namespace Careline.Tests.Platform;

/// <summary>The table of RFC 7396, appendix A, one level down: the settings of a profile are any JSON.</summary>
public sealed class MergePatchTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", """ "bar" """, """ "bar" """)]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("""[1,2]""", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public async Task A_patch_merges_as_the_standard_says(string original, string patch, string result)
    {
        using var person = await app.PatientAsync();
        (await person.PutAsync("/api/auth/profile/", $$$"""{"first_name":"A","last_name":"B","preferences":{"x":{{{original}}} } }""")).Status.ShouldBe(200);

        var reply = await person.PatchAsync("/api/auth/profile/", $$$"""{"preferences":{"x":{{{patch}}} } }""");

        reply.Status.ShouldBe(200, reply.Text);
        JsonNode.DeepEquals(JsonNode.Parse(reply.Data.GetProperty("preferences").GetProperty("x").GetRawText()), JsonNode.Parse(result)).ShouldBeTrue(reply.Text);
        JsonNode.DeepEquals(JsonNode.Parse((await person.GetAsync("/api/auth/profile/")).Data.GetProperty("preferences").GetProperty("x").GetRawText()), JsonNode.Parse(result))
            .ShouldBeTrue("what was answered is what was stored");
    }

    [Fact]
    public async Task Null_takes_a_member_away_and_an_array_is_no_patch()
    {
        using var person = await app.PatientAsync();
        (await person.PatchAsync("/api/auth/profile/", """{"preferences":{"x":{"a":"foo"}}}""")).Status.ShouldBe(200);

        (await person.PatchAsync("/api/auth/profile/", """{"preferences":{"x":null}}""")).Data.GetProperty("preferences").ToString().ShouldBe("{}");
        (await person.PatchAsync("/api/auth/profile/", """["c"]""")).Status.ShouldBe(400);
        (await person.PatchAsync("/api/auth/profile/", """{"first_name":null}""")).Status.ShouldBe(400);
    }
}
