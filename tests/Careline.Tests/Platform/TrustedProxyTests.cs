using Careline.Host.Settings;
using Careline.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Careline.Tests.Platform;

/// <summary>Stands behind proxies of its own: the tests' machine, and a network before it.</summary>
public sealed class ProxiedApp(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["RateLimits:Enabled"] = "true",
        ["Network:TrustedProxies:0"] = "127.0.0.1",
        ["Network:TrustedProxies:1"] = "10.0.0.0/8",
    };
}

/// <summary>Has a proxy, from which the tests do not come; and the framework's switch that would believe everybody.</summary>
public sealed class BypassedApp(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["RateLimits:Enabled"] = "true",
        ["Network:TrustedProxies:0"] = "10.9.9.9",
        ["ForwardedHeaders_Enabled"] = "true",
    };
}

/// <summary>Whose word counts for where a request came from. Each test begins in a minute of its own.</summary>
public sealed class TrustedProxyTests : IClassFixture<ProxiedApp>, IClassFixture<BypassedApp>
{
    private readonly ProxiedApp _proxied;
    private readonly BypassedApp _bypassed;

    public TrustedProxyTests(ProxiedApp proxied, BypassedApp bypassed)
    {
        (_proxied, _bypassed) = (proxied, bypassed);
        proxied.Advance(TimeSpan.FromSeconds(61));
        bypassed.Advance(TimeSpan.FromSeconds(61));
    }

    [Fact]
    public async Task Two_clients_behind_a_trusted_proxy_have_separate_tries()
    {
        (await TriesAsync(_proxied, _ => "203.0.113.1", 7)).ShouldBe(5);
        (await TriesAsync(_proxied, _ => "203.0.113.2", 7)).ShouldBe(5);
        (await TriesAsync(_proxied, _ => "203.0.113.1", 2)).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_client_wrote_before_the_proxy_gives_no_more_tries() =>
        (await TriesAsync(_proxied, i => $"198.51.100.{i}, 203.0.113.3", 12)).ShouldBe(5);

    [Fact]
    public async Task A_chain_of_trusted_proxies_is_followed_to_the_client_and_no_further() =>
        (await TriesAsync(_proxied, i => $"198.51.100.{i}, 203.0.113.4, 10.{i}.2.3", 12)).ShouldBe(5);

    [Fact]
    public async Task A_forged_header_of_somebody_unknown_gives_no_more_tries() => (await TriesAsync(_bypassed, i => $"203.0.113.{i}", 12)).ShouldBe(5);

    [Fact]
    public async Task A_network_of_one_household_counts_as_one() => (await TriesAsync(_proxied, i => $"2001:db8:1:2::{i:x}", 12)).ShouldBe(5);

    [Fact]
    public async Task Two_households_count_as_two()
    {
        (await TriesAsync(_proxied, _ => "2001:db8:7:1::1", 6)).ShouldBe(5);
        (await TriesAsync(_proxied, _ => "2001:db8:7:2::1", 6)).ShouldBe(5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_a_trusted_proxy_says_that_the_line_was_encrypted(bool isTrusted)
    {
        var reply = await (isTrusted ? _proxied : (TestApp)_bypassed).Anonymous.SendAsync("GET", "/health/", null, ("X-Forwarded-Proto", "https"));

        reply.Headers.Contains("Strict-Transport-Security").ShouldBe(isTrusted);
    }

    [Fact]
    public async Task A_developers_route_does_not_take_the_proxy_for_the_caller()
    {
        (await _proxied.Anonymous.AskAsync("/dev/inbox/")).Status.ShouldBe(200);
        (await _proxied.Anonymous.SendAsync("GET", "/dev/inbox/", null, ("X-Forwarded-For", "203.0.113.5"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_person_has_one_limit_wherever_they_come_from()
    {
        using var person = await _proxied.StaffAsync("nurse");

        var replies = await Task.WhenAll(Enumerable.Range(0, 110)
            .Select(i => person.Client.SendAsync("GET", "/api/auth/profile/", null, ("X-Forwarded-For", $"203.0.113.{i}"))));

        replies.Count(r => r.Status == 200).ShouldBe(100);
    }

    [Theory]
    [InlineData("everybody")]
    [InlineData("0.0.0.0/0")]
    [InlineData("10.0.0.0/33")]
    public void A_setting_that_names_no_proxy_is_refused_at_the_start(string named)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Network:TrustedProxies:0", named)]).Build();

        Should.Throw<StartFailure>(() => TrustedProxies.Read(settings)).Message.ShouldContain(named);
    }

    private static async Task<int> TriesAsync(TestApp app, Func<int, string> from, int times)
    {
        var let = 0;
        for (var i = 1; i <= times; i++)
        {
            var reply = await app.Anonymous.PostAsync(
                "/api/auth/login/", new { username = "nobody", password = "not the right one" }, ("X-Forwarded-For", from(i)));
            reply.Status.ShouldBeOneOf(401, 429);
            let += reply.Status == 401 ? 1 : 0;
        }

        return let;
    }
}
