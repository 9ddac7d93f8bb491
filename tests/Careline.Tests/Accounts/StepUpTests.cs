using Careline.Accounts.Contracts;
using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

/// <summary>An installation that asks for a recent sign-in before sensitive acts, as Production does.</summary>
public sealed class AskingApp(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["Security:StepUp"] = "true" };
}

public sealed class StepUpTests(AskingApp app) : IClassFixture<AskingApp>
{
    [Fact]
    public async Task A_sign_in_counts_for_ten_minutes_and_a_password_renews_it()
    {
        using var admin = await app.AdminAsync();
        app.Advance(TimeSpan.FromMinutes(9));
        (await admin.GetAsync("/api/audit/export/")).Status.ShouldBe(200);
        app.Advance(TimeSpan.FromMinutes(1));

        (await admin.GetAsync("/api/audit/export/")).ErrorCode.ShouldBe("STEP_UP_REQUIRED");
        (await admin.GetAsync("/api/audit/")).Status.ShouldBe(200);

        var reply = await admin.PostAsync("/api/auth/step-up/", new { password = TestApp.Password });
        reply.Data.GetProperty("valid_until").GetDateTimeOffset().ShouldBe(app.Now.AddMinutes(10), TimeSpan.FromMinutes(1));
        (await admin.GetAsync("/api/audit/export/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Continuing_a_sign_in_is_no_new_one()
    {
        using var patient = await app.PatientAsync();
        app.Advance(TimeSpan.FromMinutes(10));
        using var continued = new Person(app, (await app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = patient.Refresh })).Data);

        (await continued.PostAsync("/api/auth/mfa/totp/")).ErrorCode.ShouldBe("STEP_UP_REQUIRED");
    }

    [Fact]
    public async Task A_code_serves_once_and_a_recovery_code_does_too()
    {
        using var patient = await app.PatientAsync();
        var phone = await AuthenticatorApp.EnrolAsync(app, patient);
        app.Advance(TimeSpan.FromMinutes(10));
        (await patient.PostAsync("/api/auth/mfa/recovery-codes/")).ErrorCode.ShouldBe("STEP_UP_REQUIRED");

        (await StepUpAsync(patient, new { code = phone.CodeNow })).Status.ShouldBe(200);
        (await StepUpAsync(patient, new { code = phone.CodeNow })).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        (await StepUpAsync(patient, new { code = phone.RecoveryCodes[0] })).Status.ShouldBe(200);
        (await StepUpAsync(patient, new { code = phone.RecoveryCodes[0] })).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        (await patient.PostAsync("/api/auth/mfa/recovery-codes/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_session_has_five_tries_and_then_ends()
    {
        using var patient = await app.PatientAsync();

        var wrong = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => StepUpAsync(patient, new { password = "not the right one" })));
        wrong.ShouldAllBe(r => r.ErrorCode == "INVALID_CREDENTIALS");

        (await StepUpAsync(patient, new { password = TestApp.Password })).ErrorCode.ShouldBe("INVALID_TOKEN");
        (await patient.GetAsync("/api/auth/profile/")).ErrorCode.ShouldBe("INVALID_TOKEN");
        (await app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = patient.Refresh })).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Who_has_a_passkey_confirms_by_it_once()
    {
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        using var device = (await SoftwareAuthenticator.RegisterAsync(patient)).Device;
        using var thief = (await SoftwareAuthenticator.RegisterAsync(other)).Device;
        app.Advance(TimeSpan.FromMinutes(10));
        (await patient.PostAsync("/api/auth/mfa/recovery-codes/")).ErrorCode.ShouldBe("STEP_UP_REQUIRED");

        (await StepUpAsync(patient, Shown(await AskAsync(patient), thief))).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        (await StepUpAsync(patient, Shown(await AskAsync(other), device))).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        var signIn = await app.Anonymous.PostAsync("/api/auth/passkeys/login/options/");
        (await StepUpAsync(patient, Shown(signIn, device))).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        (await patient.PostAsync("/api/auth/mfa/recovery-codes/")).ErrorCode.ShouldBe("STEP_UP_REQUIRED");

        var shown = Shown(await AskAsync(patient), device);
        (await StepUpAsync(patient, shown)).Status.ShouldBe(200);
        (await StepUpAsync(patient, shown)).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        (await patient.PostAsync("/api/auth/mfa/recovery-codes/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Wrong_passkeys_count_as_tries()
    {
        using var patient = await app.PatientAsync();
        var wrong = new { passkey = new { challenge_id = Guid.CreateVersion7(), credential = new { id = "AA" } } };

        for (var tries = 0; tries < 5; tries++)
        {
            (await StepUpAsync(patient, wrong)).ErrorCode.ShouldBe("INVALID_CREDENTIALS");
        }

        (await StepUpAsync(patient, wrong)).ErrorCode.ShouldBe("INVALID_TOKEN");
    }

    [Fact]
    public async Task One_of_the_three_is_asked_for()
    {
        using var patient = await app.PatientAsync();

        (await StepUpAsync(patient, new { })).Status.ShouldBe(400);
        (await StepUpAsync(patient, new { password = TestApp.Password, code = "123456" })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task The_profile_asks_only_for_another_phone()
    {
        using var patient = await app.PatientAsync();
        app.Advance(TimeSpan.FromMinutes(10));

        (await patient.PatchAsync("/api/auth/profile/", new { bio = "Likes the sea." })).Status.ShouldBe(200);
        (await patient.PatchAsync("/api/auth/profile/", new { phone = "+2348031234567" })).ErrorCode.ShouldBe("STEP_UP_REQUIRED");
        (await StepUpAsync(patient, new { password = TestApp.Password })).Status.ShouldBe(200);
        (await patient.PatchAsync("/api/auth/profile/", new { phone = "+2348031234567" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Who_may_not_do_the_thing_hears_nothing_of_the_step_up()
    {
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        app.Advance(TimeSpan.FromMinutes(10));

        (await patient.GetAsync("/api/audit/export/")).ErrorCode.ShouldBe("PERMISSION_DENIED");
        (await patient.PatchAsync($"/api/users/{other.UserId}/", new { status = "disabled" })).ErrorCode.ShouldBe("PERMISSION_DENIED");
        using var doctor = await app.StaffAsync(Roles.Doctor);
        app.Advance(TimeSpan.FromMinutes(10));
        (await doctor.PostAsync($"/api/consultations/{Guid.CreateVersion7()}/complete/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Prescribing_is_asked_about_before_the_body_is_read()
    {
        using var doctor = await app.DoctorAsync();
        using var patient = await app.PatientAsync();
        var visit = await VisitAsync(doctor, patient);
        app.Advance(TimeSpan.FromMinutes(10));

        (await doctor.PostAsync($"/api/consultations/{visit}/prescriptions/", new { })).ErrorCode.ShouldBe("STEP_UP_REQUIRED");
        (await StepUpAsync(doctor, new { password = TestApp.Password })).Status.ShouldBe(200);
        (await doctor.PostAsync($"/api/consultations/{visit}/prescriptions/", new { })).ErrorCode.ShouldBe("VALIDATION_ERROR");
    }

    private static Task<Reply> AskAsync(Person person) => person.PostAsync("/api/auth/step-up/options/");

    private static object Shown(Reply asked, SoftwareAuthenticator device) => new
    {
        passkey = new { challenge_id = SoftwareAuthenticator.ChallengeOf(asked), credential = device.Get(SoftwareAuthenticator.OptionsOf(asked)) },
    };

    private static Task<Reply> StepUpAsync(Person person, object body) => person.PostAsync("/api/auth/step-up/", body);

    private async Task<Guid> VisitAsync(Person doctor, Person patient)
    {
        var day = DateOnly.FromDateTime(app.Now.UtcDateTime).AddDays(2).ToString("yyyy-MM-dd", null);
        var slots = await doctor.PostAsync(
            "/api/time-slots/create_bulk_slots/", new { date = day, start_time = "09:00:00", end_time = "10:00:00", slot_duration = 30 });
        var slot = slots.Data.GetProperty("created")[0].GetProperty("id").GetString();
        var appointment = (await patient.PostAsync("/api/appointments/", new { time_slot_id = slot, reason = "Cough" })).Id;
        return (await doctor.PostAsync("/api/consultations/", new { appointment_id = appointment, chief_complaint = "Cough" })).Id;
    }
}

/// <summary>Development asks nothing by itself.</summary>
public sealed class NoStepUpTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Development_does_not_ask()
    {
        using var admin = await app.AdminAsync();
        app.Advance(TimeSpan.FromMinutes(12));

        (await admin.GetAsync("/api/audit/export/")).Status.ShouldBe(200);
    }
}
