using System.Text.RegularExpressions;
using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>Signing in by a code that came by SMS.</summary>
public sealed partial class OneTimeCodeTests(OneTimeCodeTests.Unlimited app) : IClassFixture<OneTimeCodeTests.Unlimited>
{
    private static int _numbers;

    private readonly string _phone = $"+2348031{Interlocked.Increment(ref _numbers):D6}";

    [Fact]
    public async Task A_new_number_becomes_a_patient_and_the_same_number_comes_back()
    {
        var first = await app.Anonymous.PostAsync("/api/auth/verify-otp/", new { phone = _phone, otp = await CodeAsync() });
        var again = await app.Anonymous.PostAsync("/api/auth/verify-otp/", new { phone = _phone, otp = await CodeAsync() });

        first.Data.GetProperty("is_new_user").GetBoolean().ShouldBeTrue();
        again.Data.GetProperty("is_new_user").GetBoolean().ShouldBeFalse();
        var user = again.Data.GetProperty("user");
        user.GetProperty("id").GetGuid().ShouldBe(first.Data.GetProperty("user").GetProperty("id").GetGuid());
        (user.GetProperty("user_type").GetString(), user.GetProperty("phone_verified").GetBoolean()).ShouldBe(("patient", true));
        var me = await app.Anonymous.SendAsync("GET", "/api/patients/me/", null, ("Authorization", $"Bearer {again.Data.GetProperty("access").GetString()}"));
        me.Data.GetProperty("phone").GetString().ShouldBe(_phone);
    }

    [Fact]
    public async Task Five_tries_are_all_there_are_however_many_come_at_once()
    {
        var code = await CodeAsync();
        var wrong = code == "000000" ? "000001" : "000000";

        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => VerifyAsync(wrong)));

        replies.ShouldAllBe(r => r.Status == 401 && r.ErrorCode == "OTP_INVALID");
        (await app.SqlAsync("SELECT tries FROM accounts.otp_challenges WHERE phone = $1", _phone)).ShouldBe(5);
        (await VerifyAsync(code)).ErrorCode.ShouldBe("OTP_INVALID");
    }

    [Fact]
    public async Task A_code_serves_once_for_its_number_and_challenge_and_for_five_minutes()
    {
        var sent = await SendAsync();
        var code = await LatestAsync();
        (await app.Anonymous.PostAsync("/api/auth/verify-otp/", new { phone = _phone, otp = code, challenge_id = Guid.CreateVersion7() })).Status.ShouldBe(401);
        (await app.Anonymous.PostAsync("/api/auth/verify-otp/", new { phone = _phone + "9", otp = code })).Status.ShouldBe(401);
        (await app.Anonymous.PostAsync("/api/auth/verify-otp/", new { phone = _phone, otp = code, challenge_id = sent.Data.GetProperty("challenge_id").GetGuid() })).Status.ShouldBe(200);
        (await VerifyAsync(code)).Status.ShouldBe(401);

        var late = await CodeAsync();
        app.Advance(TimeSpan.FromMinutes(5));
        (await VerifyAsync(late)).ErrorCode.ShouldBe("OTP_INVALID");
    }

    [Fact]
    public async Task A_new_code_ends_the_one_before()
    {
        var before = await CodeAsync();
        var after = await CodeAsync();

        (await VerifyAsync(before == after ? "x" : before)).Status.ShouldBe(401);
        (await VerifyAsync(after)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_code_is_stored_as_a_keyed_hash_and_the_message_is_gone_once_sent()
    {
        var code = await CodeAsync();

        (await app.SqlAsync("SELECT count(*) FROM accounts.otp_challenges WHERE encode(code_hash, 'escape') LIKE '%' || $1 || '%'", code)).ShouldBe(0L);
        (await app.SqlAsync("SELECT count(*) FROM platform.messages WHERE status = 'sent' AND content IS NOT NULL")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_number_that_is_none_is_refused() =>
        (await app.Anonymous.PostAsync("/api/auth/send-otp/", new { phone = "0803" })).ErrorDetails.GetProperty("phone").GetArrayLength().ShouldBe(1);

    private async Task<string> CodeAsync()
    {
        await SendAsync();
        return await LatestAsync();
    }

    private async Task<Reply> SendAsync()
    {
        var reply = await app.Anonymous.PostAsync("/api/auth/send-otp/", new { phone = _phone });
        reply.Status.ShouldBe(200, reply.Text);
        return reply;
    }

    private async Task<string> LatestAsync() => Code().Match((await app.InboxAsync(_phone))[0]).Value;

    private Task<Reply> VerifyAsync(string code) => app.Anonymous.PostAsync("/api/auth/verify-otp/", new { phone = _phone, otp = code });

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex Code();

    /// <summary>Without sending limits, which have a test of their own.</summary>
    public sealed class Unlimited(TestCluster cluster) : TestApp(cluster)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["RateLimits:Enabled"] = "false" };
    }
}

/// <summary>How often codes are sent.</summary>
public sealed class OneTimeCodeLimitTests(OneTimeCodeLimitTests.Limited app) : IClassFixture<OneTimeCodeLimitTests.Limited>
{
    [Fact]
    public async Task One_a_minute_three_in_a_quarter_of_an_hour_ten_a_day()
    {
        var allowed = new List<int>();
        for (var minute = 0; minute <= 150; minute++)
        {
            var reply = await app.Anonymous.PostAsync("/api/auth/send-otp/", new { phone = "+2348039000001" });
            if (reply.Status == 200)
            {
                allowed.Add(minute);
            }
            else
            {
                (reply.Status, reply.ErrorCode).ShouldBe((429, "RATE_LIMITED"));
                reply.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 86_400);
            }

            app.Advance(TimeSpan.FromMinutes(1));
        }

        allowed.ShouldBe([0, 1, 2, 15, 16, 17, 30, 31, 32, 45]);
    }

    /// <summary>With the limits of a real installation, but for the address that all tests share.</summary>
    public sealed class Limited(TestCluster cluster) : TestApp(cluster)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["RateLimits:Enabled"] = "true",
            ["RateLimits:AuthPerMinute"] = "1000",
        };
    }
}
