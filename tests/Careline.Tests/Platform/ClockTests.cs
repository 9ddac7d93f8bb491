using System.Security.Cryptography;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Careline.Tests.Platform;

public sealed class ProductionApp(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?> { ["Tokens:SigningKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)) };

    protected override void Configure(WebApplicationBuilder builder) => builder.Environment.EnvironmentName = "Production";
}

/// <summary>The application's time can be moved where nobody's health depends on it.</summary>
public sealed class ClockTests(TestApp app, ProductionApp production) : IClassFixture<TestApp>, IClassFixture<ProductionApp>
{
    [Fact]
    public async Task The_clock_moves_forward_and_what_expires_expires()
    {
        using var person = await app.PatientAsync();
        var before = app.Now;

        var reply = await app.Anonymous.PostAsync("/dev/clock/", new { advance_seconds = 901 });

        reply.Status.ShouldBe(200, reply.Text);
        reply.Data.GetProperty("now").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(before.AddSeconds(901));
        (await person.GetAsync("/api/auth/profile/")).Status.ShouldBe(401);
        ((long)(await app.SqlAsync("SELECT offset_seconds FROM platform.clock"))!).ShouldBeGreaterThanOrEqualTo(901);
    }

    [Theory]
    [InlineData("""{"advance_seconds":-1}""")]
    [InlineData("""{"advance_seconds":315360001}""")]
    [InlineData("""{"advance_seconds":9223372036854775807}""")]
    [InlineData("""{"advance_seconds":1.5}""")]
    [InlineData("""{}""")]
    public async Task It_never_moves_back_nor_out_of_sight(string body) =>
        (await app.Anonymous.PostAsync("/dev/clock/", body)).Status.ShouldBe(400);

    [Fact]
    public async Task In_production_there_is_no_such_thing()
    {
        (await production.Anonymous.PostAsync("/dev/clock/", new { advance_seconds = 1 })).Status.ShouldBe(404);
        (await production.Anonymous.AskAsync("/health/")).Status.ShouldBe(200);
    }
}
