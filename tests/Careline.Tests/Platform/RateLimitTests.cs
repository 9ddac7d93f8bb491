using Careline.Tests.Support;

namespace Careline.Tests.Platform;

public sealed class LimitedApp(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["RateLimits:Enabled"] = "true" };
}

/// <summary>How often one may ask. Each test begins in a minute of its own.</summary>
public sealed class RateLimitTests : IClassFixture<LimitedApp>
{
    private readonly LimitedApp _app;

    public RateLimitTests(LimitedApp app)
    {
        _app = app;
        app.Advance(TimeSpan.FromSeconds(61));
    }

    [Fact]
    public async Task Guessing_stops_after_five_tries_and_is_told_how_long()
    {
        for (var i = 0; i < 5; i++)
        {
            (await GuessAsync("/api/auth/login/")).Status.ShouldBe(401);
        }

        var reply = await GuessAsync("/api/auth/login/");

        (reply.Status, reply.ErrorCode).ShouldBe((429, "RATE_LIMITED"));
        reply.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        _app.Advance(reply.Headers.RetryAfter.Delta.Value + TimeSpan.FromSeconds(1));
        (await GuessAsync("/api/auth/login/")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_gateway_may_send_as_many_webhooks_as_it_has_since_it_signs_them()
    {
        for (var i = 0; i < 120; i++)
        {
            (await _app.Anonymous.PostAsync("/api/payments/webhooks/paystack/", "{}")).Status.ShouldBe(401);
        }
    }

    [Theory]
    [InlineData("/api/auth/login")]
    [InlineData("/API/AUTH/LOGIN/")]
    [InlineData("/api/auth/login/?x=1")]
    [InlineData("/api/auth/./login/")]
    [InlineData("/api/auth/%6Cogin/")]
    public async Task No_spelling_of_the_path_is_a_way_around(string path)
    {
        for (var i = 0; i < 5; i++)
        {
            await GuessAsync("/api/auth/login/");
        }

        (await GuessAsync(path)).Status.ShouldBeOneOf(429, 404);
    }

    [Fact]
    public async Task No_header_is_a_way_around()
    {
        for (var i = 0; i < 5; i++)
        {
            await GuessAsync("/api/auth/login/");
        }

        (await GuessAsync("/api/auth/login/", ("X-Forwarded-For", "203.0.113.9"), ("X-Real-IP", "203.0.113.9"), ("Forwarded", "for=203.0.113.9"))).Status.ShouldBe(429);
        (await GuessAsync("/api/auth/login/", ("Authorization", "Bearer nonsense"))).Status.ShouldBe(429);
    }

    [Fact]
    public async Task Twenty_guesses_at_once_are_five()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GuessAsync("/api/auth/login/")));

        replies.Count(r => r.Status == 401).ShouldBe(5);
        replies.Count(r => r.Status == 429).ShouldBe(15);
    }

    [Fact]
    public async Task A_sign_in_that_succeeds_does_not_count()
    {
        using var person = await _app.StaffAsync("nurse");

        for (var i = 0; i < 8; i++)
        {
            (await _app.Anonymous.PostAsync("/api/auth/login/", new { username = person.UserName, password = TestApp.Password })).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task Figures_are_asked_for_fifty_times_a_minute_and_count_for_themselves()
    {
        using var one = await _app.AdminAsync();
        string[] paths = ["/api/analytics/dashboard/", "/api/analytics/revenue", "/api/analytics/kpis/?clinic="];

        var replies = await Task.WhenAll(Enumerable.Range(0, 57).Select(i => one.GetAsync(paths[i % 3])));

        replies.Count(r => r.Status == 200).ShouldBe(50);
        replies.Count(r => r.Status == 429).ShouldBe(7);
        (await one.GetAsync("/api/auth/profile/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_person_has_a_hundred_calls_a_minute_and_takes_none_from_another()
    {
        using var one = await _app.StaffAsync("nurse");
        using var two = await _app.StaffAsync("nurse");
        string[] spellings = ["/api/auth/profile/", "/api/auth/profile", "/API/auth/Profile/", "/api/auth/profile/?a=b"];

        var replies = await Task.WhenAll(Enumerable.Range(0, 110).Select(i => one.GetAsync(spellings[i % 4])));

        replies.Count(r => r.Status == 200).ShouldBe(100);
        replies.Count(r => r.Status == 429).ShouldBe(10);
        (await one.GetAsync("/api/appointments/api/appointments/")).Status.ShouldBe(429, "an alias is the same path");
        (await one.GetAsync("/api/auth//profile/")).Status.ShouldBe(429, "so is a path that leads nowhere");
        (await two.GetAsync("/api/auth/profile/")).Status.ShouldBe(200);
        (await _app.Anonymous.AskAsync("/health/")).Status.ShouldBe(200);
    }

    private Task<Reply> GuessAsync(string path, params (string Name, string Value)[] headers) =>
        _app.Anonymous.PostAsync(path, new { username = "nobody", password = "not the right one" }, headers);
}
