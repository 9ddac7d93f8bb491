using Careline.Accounts.Contracts;
using Careline.Platform.Security;
using Careline.Tests.Architecture;
using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>An installation whose staff must have a second factor, as in Production; sessions outlast the days of grace.</summary>
public sealed class DutifulApp(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Accounts:StaffSecondFactor"] = "true",
        ["Accounts:StaffIdleMinutes"] = "100000",
        ["Accounts:StaffSessionHours"] = "9000",
        ["Tokens:AccessMinutes"] = "100000",
        ["Tokens:RefreshDays"] = "90",
    };
}

public sealed class SecondFactorDutyTests(DutifulApp app) : IClassFixture<DutifulApp>
{
    [Theory]
    [InlineData(Roles.Nurse)]
    [InlineData(Roles.Doctor)]
    [InlineData(Roles.SuperAdmin)]
    public async Task Staff_without_one_get_no_further_after_seven_days(string role)
    {
        using var staff = await app.StaffAsync(role);
        app.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        (await staff.GetAsync("/api/auth/sessions/")).Status.ShouldBe(200);
        app.Advance(TimeSpan.FromMinutes(1));

        (await staff.GetAsync("/api/auth/sessions/")).ErrorCode.ShouldBe("MFA_REQUIRED");
        (await staff.GetAsync("/api/patients/")).ErrorCode.ShouldBe("MFA_REQUIRED");
        using var again = await app.SignInAsync(staff.UserName);
        (await again.GetAsync("/api/patients/")).ErrorCode.ShouldBe("MFA_REQUIRED");

        (await again.GetAsync("/api/auth/profile/")).Status.ShouldBe(200);
        (await again.GetAsync("/api/doctors/")).Status.ShouldBe(200);
        await AuthenticatorApp.EnrolAsync(app, again);
        (await again.GetAsync("/api/auth/sessions/")).Status.ShouldBe(200);
        (await staff.GetAsync("/api/auth/sessions/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_passkey_will_do_until_it_is_removed()
    {
        using var nurse = await app.StaffAsync(Roles.Nurse);
        app.Advance(TimeSpan.FromDays(7));
        (await nurse.GetAsync("/api/auth/sessions/")).ErrorCode.ShouldBe("MFA_REQUIRED");

        var (device, registered) = await SoftwareAuthenticator.RegisterAsync(nurse);
        using var held = device;
        (await nurse.GetAsync("/api/auth/sessions/")).Status.ShouldBe(200);

        (await nurse.DeleteAsync($"/api/auth/passkeys/{registered.Data.GetProperty("passkey").GetProperty("id").GetGuid()}/")).Status.ShouldBe(204);
        (await nurse.GetAsync("/api/auth/sessions/")).ErrorCode.ShouldBe("MFA_REQUIRED");
        (await nurse.PostAsync("/api/auth/logout/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Patients_are_not_asked_and_who_becomes_staff_has_seven_days_from_then()
    {
        using var person = await app.StaffAsync(Roles.Patient);
        using var admin = await app.SuperAdminAsync();
        await AuthenticatorApp.EnrolAsync(app, admin);
        app.Advance(TimeSpan.FromDays(6));
        (await person.GetAsync("/api/auth/profile/")).ErrorCode.ShouldBe("INVALID_TOKEN");
        (await admin.PatchAsync($"/api/users/{person.UserId}/", new { roles = new[] { Roles.Receptionist } })).Status.ShouldBe(200);

        using var staff = await app.SignInAsync(person.UserName);
        app.Advance(TimeSpan.FromDays(6));
        (await staff.GetAsync("/api/auth/sessions/")).Status.ShouldBe(200);
        app.Advance(TimeSpan.FromDays(1));
        (await staff.GetAsync("/api/auth/sessions/")).ErrorCode.ShouldBe("MFA_REQUIRED");
    }

    [Fact]
    public async Task Accounts_from_before_this_have_seven_days_from_their_next_sign_in()
    {
        using var before = await app.StaffAsync(Roles.Nurse);
        await app.SqlAsync("UPDATE accounts.accounts SET staff_since = NULL WHERE id = $1", before.UserId);
        app.Advance(TimeSpan.FromDays(30));

        using var nurse = await app.SignInAsync(before.UserName);
        app.Advance(TimeSpan.FromDays(6));
        (await nurse.GetAsync("/api/auth/sessions/")).Status.ShouldBe(200);
        app.Advance(TimeSpan.FromDays(1));
        (await nurse.GetAsync("/api/auth/sessions/")).ErrorCode.ShouldBe("MFA_REQUIRED");
    }

    [Fact]
    public void What_stays_open_is_what_was_reviewed() =>
        app.ApiRoutes()
            .Where(r => r.Metadata.GetMetadata<OpenWithoutSecondFactor>() is not null).Select(RouteTests.Words).Order(StringComparer.Ordinal).ShouldBe(
            [
                "GET /api/auth/passkeys/",
                "GET /api/auth/profile/",
                "PATCH /api/auth/profile/",
                "POST /api/auth/logout/",
                "POST /api/auth/mfa/recovery-codes/",
                "POST /api/auth/mfa/totp/",
                "POST /api/auth/mfa/totp/confirm/",
                "POST /api/auth/passkeys/",
                "POST /api/auth/passkeys/options/",
                "POST /api/auth/step-up/",
                "POST /api/auth/step-up/options/",
                "PUT /api/auth/profile/",
            ]);
}
