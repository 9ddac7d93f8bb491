using Careline.Accounts.Contracts;
using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>Tokens that outlast the log-off, so that it alone decides.</summary>
public sealed class LongTokensApp(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Tokens:AccessMinutes"] = "100000",
        ["Tokens:RefreshDays"] = "60",
    };
}

/// <summary>A screen that nobody sits at closes by itself.</summary>
public sealed class LogOffTests(LongTokensApp app) : IClassFixture<LongTokensApp>
{
    public static TheoryData<string, int> Limits { get; } = new()
    {
        { Roles.Patient, 30 },
        { Roles.Doctor, 15 },
        { Roles.Nurse, 15 },
        { Roles.Pharmacist, 15 },
        { Roles.Receptionist, 15 },
        { Roles.Admin, 15 },
        { Roles.SuperAdmin, 15 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Who_does_nothing_is_signed_off_and_who_does_something_is_not(string role, int minutes)
    {
        using var person = await app.StaffAsync(role);
        for (var i = 0; i < 3; i++)
        {
            app.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(20));
            (await person.GetAsync("/api/auth/profile/")).Status.ShouldBe(200);
        }

        app.Advance(TimeSpan.FromMinutes(minutes));

        (await person.GetAsync("/api/auth/profile/")).ErrorCode.ShouldBe("INVALID_TOKEN");
        (await RefreshAsync(person.Refresh)).ErrorCode.ShouldBe("INVALID_TOKEN");
        (await app.SqlAsync("SELECT end_reason FROM accounts.sessions WHERE account_id = $1", person.UserId)).ShouldBe("idle");
    }

    [Fact]
    public async Task An_idle_session_is_not_refreshed_either()
    {
        using var patient = await app.PatientAsync();
        app.Advance(TimeSpan.FromMinutes(30));

        (await RefreshAsync(patient.Refresh)).ErrorCode.ShouldBe("INVALID_TOKEN");

        (await app.SqlAsync("SELECT end_reason FROM accounts.sessions WHERE account_id = $1", patient.UserId)).ShouldBe("idle");
        (await patient.GetAsync("/api/auth/profile/")).ErrorCode.ShouldBe("INVALID_TOKEN");
    }

    [Fact]
    public async Task Renewing_tokens_alone_keeps_nobody_signed_in()
    {
        using var patient = await app.PatientAsync();
        var refresh = patient.Refresh;
        for (var i = 0; i < 2; i++)
        {
            app.Advance(TimeSpan.FromMinutes(14));
            refresh = (await RefreshAsync(refresh)).Data.GetProperty("refresh").GetString()!;
        }

        app.Advance(TimeSpan.FromMinutes(2));

        (await RefreshAsync(refresh)).ErrorCode.ShouldBe("INVALID_TOKEN");
    }

    [Theory]
    [InlineData(Roles.Receptionist, 12)]
    [InlineData(Roles.Patient, 7 * 24)]
    public async Task However_busy_a_session_ends(string role, int hours)
    {
        using var person = await app.StaffAsync(role);
        var (left, refresh) = (TimeSpan.FromHours(hours), person.Refresh);
        for (var step = TimeSpan.FromMinutes(14); left > step; left -= step)
        {
            app.Advance(step);
            (await person.GetAsync("/api/auth/sessions/")).Status.ShouldBe(200);
        }

        refresh = (await RefreshAsync(refresh)).Data.GetProperty("refresh").GetString()!;
        app.Advance(left);

        (await person.GetAsync("/api/auth/profile/")).ErrorCode.ShouldBe("INVALID_TOKEN");
        (await RefreshAsync(refresh)).ErrorCode.ShouldBe("INVALID_TOKEN");
    }

    [Fact]
    public async Task A_use_that_another_host_saw_counts()
    {
        using var patient = await app.PatientAsync();
        (await patient.GetAsync("/api/auth/profile/")).Status.ShouldBe(200);
        app.Advance(TimeSpan.FromMinutes(30));

        await app.SqlAsync("UPDATE accounts.sessions SET last_seen_at = $1 WHERE account_id = $2", app.Now.AddMinutes(-1), patient.UserId);

        (await patient.GetAsync("/api/auth/profile/")).Status.ShouldBe(200);
    }

    private Task<Reply> RefreshAsync(string refresh) => app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh });
}
