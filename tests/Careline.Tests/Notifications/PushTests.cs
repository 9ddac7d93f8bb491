using System.Collections.Concurrent;
using System.Net;
using Careline.Notifications.Contracts;
using Careline.Notifications.Push;
using Careline.Platform.Data;
using Careline.Tests.Architecture;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Careline.Tests.Notifications;

public sealed class PushTests(PushTests.PushApp app) : IClassFixture<PushTests.PushApp>
{
    private const string Path = "/api/notifications/push-subscriptions/";

    [Fact]
    public async Task A_notice_goes_to_the_browser_encrypted_and_signed_under_the_deliverys_own_topic()
    {
        using var reader = await app.PatientAsync();
        await SubscribeAsync(reader, "whole");

        await TellAsync(reader);

        var sent = app.Service.SentTo("whole").ShouldHaveSingleItem();
        sent.Headers["Content-Encoding"].ShouldBe("aes128gcm");
        int.Parse(sent.Headers["TTL"], null).ShouldBeGreaterThan(0);
        sent.Headers["Topic"].Length.ShouldBe(32);
        sent.Headers["Authorization"].ShouldStartWith("vapid t=");
        sent.Headers["Authorization"].ShouldEndWith($"k={(await reader.GetAsync("/api/notifications/push-key/")).Data.GetProperty("public_key").GetString()}");
        System.Text.Encoding.UTF8.GetString(sent.Body).ShouldNotContain("accepted");
        (await reader.GetAsync(Path)).Rows.Single().GetProperty("last_used_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task A_subscription_that_its_service_no_longer_knows_is_removed(HttpStatusCode answer)
    {
        using var reader = await app.PatientAsync();
        var name = $"gone-{(int)answer}";
        await SubscribeAsync(reader, name);
        app.Service.Answers[name] = answer;

        await TellAsync(reader);

        (await reader.GetAsync(Path)).Rows.ShouldBeEmpty();
        (await StatusAsync(reader)).ShouldBe(("failed", "NO_SUBSCRIPTION"));
    }

    [Fact]
    public async Task A_service_that_fails_is_tried_again_and_keeps_its_subscription()
    {
        using var reader = await app.PatientAsync();
        await SubscribeAsync(reader, "tired");
        app.Service.Answers["tired"] = HttpStatusCode.ServiceUnavailable;

        await TellAsync(reader);

        (await reader.GetAsync(Path)).Rows.Count().ShouldBe(1);
        (await StatusAsync(reader)).ShouldBe(("queued", "HttpRequestException"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var reader = await app.PatientAsync();
        await SubscribeAsync(reader, "elsewhere");
        app.Service.Answers["elsewhere"] = HttpStatusCode.TemporaryRedirect;

        await TellAsync(reader);

        (await StatusAsync(reader)).ShouldBe(("failed", "PUSH_307"));
    }

    [Fact]
    public async Task One_browser_that_is_gone_keeps_the_notice_from_no_other()
    {
        using var reader = await app.PatientAsync();
        await SubscribeAsync(reader, "old-phone");
        await SubscribeAsync(reader, "new-phone");
        app.Service.Answers["old-phone"] = HttpStatusCode.Gone;

        await TellAsync(reader);

        app.Service.SentTo("new-phone").ShouldHaveSingleItem();
        (await reader.GetAsync(Path)).Rows.Count().ShouldBe(1);
        (await StatusAsync(reader)).Status.ShouldBe("sent");
    }

    [Fact]
    public async Task A_browser_shows_only_what_is_told_to_whoever_subscribed_it_last()
    {
        using var former = await app.PatientAsync();
        using var present = await app.PatientAsync();
        await SubscribeAsync(former, "shared");
        await SubscribeAsync(present, "shared");

        await TellAsync(former);
        await TellAsync(present);

        app.Service.SentTo("shared").ShouldHaveSingleItem();
        (await former.GetAsync(Path)).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_endpoint_is_stored_encrypted_and_shown_to_nobody()
    {
        using var reader = await app.PatientAsync();
        await SubscribeAsync(reader, "very-secret-endpoint");

        (await reader.GetAsync(Path)).Text.ShouldNotContain("very-secret-endpoint");
        (await app.SqlAsync("SELECT count(*) FROM notifications.push_subscriptions s WHERE to_jsonb(s)::text LIKE '%very-secret%' OR position(convert_to('very-secret', 'UTF8') IN sealed) > 0")).ShouldBe(0L);
    }

    [Theory]
    [InlineData("https://127.0.0.1/x", "endpoint")]
    [InlineData("https://localhost/x", "endpoint")]
    [InlineData("http://push.example.com/x", "endpoint")]
    [InlineData("nonsense", "endpoint")]
    public async Task What_is_no_push_service_is_refused(string endpoint, string field)
    {
        using var reader = await app.PatientAsync();
        var browser = System.Text.Json.JsonSerializer.SerializeToNode(StrangersWorld.Browser("x"))!.AsObject();
        browser["endpoint"] = endpoint;

        var refused = await reader.PostAsync(Path, browser.ToJsonString());

        refused.Status.ShouldBe(400);
        refused.Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(refused.Text);
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused()
    {
        using var reader = await app.PatientAsync();
        var browser = new { endpoint = "https://push.example.com/x", keys = new { p256dh = new string('A', 87), auth = "AAAA" } };

        var refused = await reader.PostAsync(Path, browser);

        refused.Status.ShouldBe(400);
        refused.Text.ShouldContain("keys.p256dh");
        refused.Text.ShouldContain("keys.auth");
    }

    private static async Task SubscribeAsync(Person reader, string name)
    {
        var reply = await reader.PostAsync(Path, StrangersWorld.Browser(name));
        reply.Status.ShouldBe(201, reply.Text);
    }

    private async Task TellAsync(Person reader)
    {
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var notice = new Notice(NoticeCategory.Record, NoticeSeverity.Info, "patients.proxy_made");
            await scope.ServiceProvider.GetRequiredService<INotifier>().TellAsync(notice, [new Recipient(reader.UserId)], CancellationToken.None);
            await scope.ServiceProvider.GetRequiredService<CarelineDb>().SaveChangesAsync();
        }

        await app.InboxAsync("nobody@example.test");
    }

    private async Task<(string Status, string? Failure)> StatusAsync(Person reader)
    {
        var found = (string)(await app.SqlAsync(
            """
            SELECT m.status || ' ' || coalesce(m.failure, '') FROM platform.messages m, notifications.notifications n
            WHERE m.channel = 'push' AND n.account_id = $1 AND m.created_at >= n.created_at ORDER BY m.created_at LIMIT 1
            """,
            reader.UserId))!;
        return found.Split(' ', 2) is [var status, { Length: > 0 } failure] ? (status, failure) : (found.Trim(), null);
    }

    /// <summary>An application that really pushes, to a push service that stands here.</summary>
    public sealed class PushApp(TestCluster cluster) : TestApp(cluster)
    {
        internal PushService Service { get; } = new();

        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["Delivery:Push"] = "webpush" };

        protected override void Configure(WebApplicationBuilder builder) => builder.Services.PostConfigure<HttpClientFactoryOptions>(
            PushTransport.Client, options => options.HttpMessageHandlerBuilderActions.Add(made => made.PrimaryHandler = Service));
    }

    internal sealed record Sent(Dictionary<string, string> Headers, byte[] Body);

    internal sealed class PushService : HttpMessageHandler
    {
        private readonly ConcurrentDictionary<string, ConcurrentQueue<Sent>> _sent = [];

        public ConcurrentDictionary<string, HttpStatusCode> Answers { get; } = [];

        public IReadOnlyCollection<Sent> SentTo(string name) => _sent.GetValueOrDefault(name, []);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var name = request.RequestUri!.Segments[^1];
            var headers = request.Headers.Concat(request.Content!.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value));
            _sent.GetOrAdd(name, _ => []).Enqueue(new Sent(headers, await request.Content.ReadAsByteArrayAsync(cancellationToken)));
            return new HttpResponseMessage(Answers.GetValueOrDefault(name, HttpStatusCode.Created));
        }
    }
}
