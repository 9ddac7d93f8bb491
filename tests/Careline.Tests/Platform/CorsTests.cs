using Careline.Tests.Support;

namespace Careline.Tests.Platform;

public sealed class PortalApp(TestCluster cluster) : TestApp(cluster)
{
    public const string Portal = "https://portal.example.test";

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["Cors:Origins:0"] = Portal };
}

/// <summary>Which pages may call from a browser.</summary>
public sealed class CorsTests(PortalApp portal, TestApp plain) : IClassFixture<PortalApp>, IClassFixture<TestApp>
{
    [Theory]
    [InlineData(PortalApp.Portal, true)]
    [InlineData("https://portal.example.test.evil.test", false)]
    [InlineData("http://portal.example.test", false)]
    [InlineData("https://evil.test", false)]
    [InlineData("null", false)]
    public async Task Only_a_named_origin_is_answered(string origin, bool isAllowed)
    {
        var preflight = await portal.Anonymous.SendAsync(
            "OPTIONS", "/api/auth/profile/", null, ("Origin", origin), ("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", "authorization,if-match,idempotency-key"));
        var refused = await portal.Anonymous.SendAsync("GET", "/api/auth/profile/", null, ("Origin", origin));

        AllowedBy(preflight).ShouldBe(isAllowed ? origin : null);
        AllowedBy(refused).ShouldBe(isAllowed ? origin : null, "a browser must be able to read the error too");
        preflight.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse("tokens travel in a header, never in a cookie");
    }

    [Fact]
    public async Task Nobody_is_allowed_unless_named() =>
        AllowedBy(await plain.Anonymous.SendAsync("GET", "/api/doctors/", null, ("Origin", PortalApp.Portal))).ShouldBeNull();

    private static string? AllowedBy(Reply reply) => reply.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
}
