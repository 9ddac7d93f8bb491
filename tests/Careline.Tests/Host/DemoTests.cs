using Careline.Host.Demo;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Host;

// A fresh installation as its first start leaves it.
public sealed class DemoPractice(TestCluster cluster) : TestApp(cluster), IAsyncLifetime
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["CARELINE_DEMO"] = "true" };

    public new async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await DemoSeed.FirstStartAsync(App, CancellationToken.None);
    }
}

public sealed class DemoTests(DemoPractice practice) : IClassFixture<DemoPractice>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_first_start_shows_doctors_of_five_zones_with_times_in_the_next_days()
    {
        (await practice.Anonymous.AskAsync("/api/doctors/")).Total.ShouldBe(8);
        var zones = (string[])(await practice.SqlAsync("SELECT array_agg(DISTINCT time_zone ORDER BY time_zone) FROM doctors.doctors"))!;
        zones.ShouldBe(["Africa/Lagos", "Africa/Nairobi", "America/New_York", "Asia/Kolkata", "Europe/London"]);
        (await CountAsync("SELECT count(*) FROM doctors.doctors WHERE verification = 'pending'")).ShouldBe(1);
        (await CountAsync(
            "SELECT count(DISTINCT doctor_id) FROM scheduling.time_slots WHERE starts_at > $1", practice.Now.AddDays(7))).ShouldBe(8);
    }

    [Fact]
    public async Task There_are_appointments_in_every_state_that_a_route_leads_to()
    {
        var states = (string[])(await practice.SqlAsync("SELECT array_agg(DISTINCT status ORDER BY status) FROM scheduling.appointments"))!;

        states.ShouldBe(["cancelled", "checked_in", "completed", "confirmed", "in_progress", "no_show", "scheduled"]);
        (await CountAsync("SELECT count(*) FROM scheduling.appointments")).ShouldBeGreaterThanOrEqualTo(30);
        (await CountAsync("SELECT count(*) FROM scheduling.appointments WHERE status IN ('completed', 'no_show') AND starts_at > $1", practice.Now))
            .ShouldBe(0);
        (await CountAsync("SELECT count(*) FROM scheduling.appointment_events WHERE kind = 'rescheduled'")).ShouldBe(2);
    }

    [Fact]
    public async Task A_patient_and_her_doctor_have_written_each_other()
    {
        using var njeri = await practice.SignInAsync("njeri.wambui", DemoSignIns.Password);

        var chat = (await njeri.GetAsync("/api/chats/")).Rows.Single();
        var said = (await njeri.GetAsync($"/api/chats/{chat.GetProperty("id").GetGuid()}/messages/")).Rows.ToList();

        said.Count.ShouldBe(4);
        said.Select(m => m.GetProperty("sender").GetProperty("id").GetGuid()).Distinct().Count().ShouldBe(2);
        said.Select(m => m.GetProperty("seq").GetInt64()).ShouldBe([4, 3, 2, 1]);
    }

    [Fact]
    public async Task A_patient_reads_the_record_of_a_visit_and_her_history()
    {
        using var amara = await practice.SignInAsync("amara.nwosu", DemoSignIns.Password);

        var visit = (await amara.GetAsync($"/api/patients/{amara.PatientId}/consultations/")).Rows.Single();
        var document = (await amara.GetAsync($"/api/consultations/{visit.GetProperty("id").GetGuid()}/")).Data;

        document.GetProperty("status").GetString().ShouldBe("completed");
        foreach (var part in (string[])["vital_signs", "prescriptions", "notes", "diagnoses"])
        {
            document.GetProperty(part).GetArrayLength().ShouldBe(1, part);
        }

        foreach (var part in (string[])["allergies", "conditions", "medications", "emergency-contacts"])
        {
            (await amara.GetAsync($"/api/patients/{amara.PatientId}/{part}/")).Total.ShouldBe(1, part);
        }
    }

    [Fact]
    public async Task A_patient_measures_at_home_and_sees_it_get_better()
    {
        using var amara = await practice.SignInAsync("amara.nwosu", DemoSignIns.Password);

        var days = (await amara.GetAsync($"/api/patients/{amara.PatientId}/vital-signs/trends/?measure=systolic")).Data.GetProperty("days").EnumerateArray().ToList();

        days.Count.ShouldBeGreaterThanOrEqualTo(14);
        days[^1].GetProperty("mean").GetDecimal().ShouldBeLessThan(days[0].GetProperty("mean").GetDecimal());
        (await amara.GetAsync($"/api/patients/{amara.PatientId}/vital-targets/")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task The_desk_and_the_nurse_see_their_clinic_at_work()
    {
        using var desk = await practice.SignInAsync("tunde.adeyemi", DemoSignIns.Password);
        using var nurse = await practice.SignInAsync("ngozi.eze", DemoSignIns.Password);

        (await desk.GetAsync("/api/appointments/?status=checked_in")).Total.ShouldBe(1);
        (await nurse.GetAsync("/api/consultations/?status=in_progress")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Everybody_is_marked_and_signed_out_and_the_story_is_audited()
    {
        (await CountAsync("SELECT count(*) FROM accounts.accounts WHERE NOT is_demo")).ShouldBe(0);
        (await CountAsync("SELECT count(*) FROM accounts.accounts WHERE normalized_user_name IN ('doctor1', 'patient1')")).ShouldBe(0);
        (await CountAsync("SELECT count(*) FROM accounts.sessions WHERE ended_at IS NULL AND expires_at > $1", practice.Now.AddDays(8))).ShouldBe(0);
        (await CountAsync("SELECT count(*) FROM audit.events WHERE action = 'BookAppointment' AND outcome = 'success'"))
            .ShouldBe(await CountAsync("SELECT count(*) FROM scheduling.appointments"));
        (await DemoSignIns.ArePresentAsync(practice.ConnectionString, Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        var before = await TallyAsync();

        (await CarelineApplication.SeedAsync(practice.App, "small", Ct)).ShouldBe(0);
        await DemoSeed.FirstStartAsync(practice.App, Ct);

        (await TallyAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_story_that_was_cut_short_is_told_to_its_end_without_doing_anything_twice()
    {
        var before = await TallyAsync();
        await practice.SqlAsync("UPDATE accounts.demo_sets SET finished_at = NULL WHERE scale = 'small'");

        await DemoSeed.FirstStartAsync(practice.App, Ct);

        (await TallyAsync()).ShouldBe(before);
        (await DemoSignIns.ArePresentAsync(practice.ConnectionString, Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task Outside_Development_nobody_is_made()
    {
        foreach (var scale in (string[])["small", "large"])
        {
            await using var production = BuildProduction();
            var refused = await Should.ThrowAsync<StartFailure>(CarelineApplication.SeedAsync(production, scale, Ct));
            refused.ExitCode.ShouldBe(StartFailure.Configuration);
            refused.Message.ShouldContain("Production");
        }
    }

    [Fact]
    public async Task A_copied_database_opens_to_no_demo_password_and_no_old_session_elsewhere()
    {
        using var admin = await practice.SignInAsync(DemoSignIns.AdministratorName, DemoSignIns.AdministratorPassword);
        (await admin.GetAsync("/api/users/")).Status.ShouldBe(200);
        await using var production = BuildProduction();

        // Production wraps the keys of its copy anew; here the copy is the original, which the other tests go on with.
        await practice.SqlAsync("CREATE TABLE platform.keys_of_original AS SELECT * FROM platform.keys");
        await CarelineApplication.MigrateAsync(production, Ct);
        await production.StartAsync(Ct);
        using var client = new HttpClient(new SocketsHttpHandler())
        {
            BaseAddress = new Uri(production.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };

        var signIn = await client.PostAsync("/api/auth/login/", new
        {
            username = DemoSignIns.AdministratorName,
            password = DemoSignIns.AdministratorPassword,
        });
        var refresh = await client.PostAsync("/api/auth/refresh/", new { refresh = admin.Refresh });

        (signIn.Status, signIn.ErrorCode).ShouldBe((401, "INVALID_CREDENTIALS"));
        (refresh.Status, refresh.ErrorCode).ShouldBe((401, "INVALID_TOKEN"));
        await production.StopAsync(Ct);
        await practice.SqlAsync(
            """
            DELETE FROM platform.keys;
            INSERT INTO platform.keys SELECT * FROM platform.keys_of_original;
            DROP TABLE platform.keys_of_original
            """);
    }

    private WebApplication BuildProduction() => CarelineApplication.Build([], practice.ConnectionString, AsInProduction, TestApp.WithoutJobs);

    private void AsInProduction(WebApplicationBuilder builder)
    {
        builder.Environment.EnvironmentName = "Production";
        builder.Configuration["Files:Folder"] = practice.FilesFolder;
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Tokens:SigningKey"] = Convert.ToBase64String([.. Enumerable.Range(1, 48).Select(n => (byte)(n * 5))]),
        });
    }

    private async Task<string> TallyAsync() => (string)(await practice.SqlAsync(
        """
        SELECT format('%s accounts, %s patients, %s slots, %s appointments, %s lines of history, %s documents, %s vitals, %s medicines, %s allergies',
            (SELECT count(*) FROM accounts.accounts), (SELECT count(*) FROM patients.patients), (SELECT count(*) FROM scheduling.time_slots),
            (SELECT count(*) FROM scheduling.appointments), (SELECT count(*) FROM scheduling.appointment_events),
            (SELECT count(*) FROM consultations.consultations), (SELECT count(*) FROM vitals.vital_sets),
            (SELECT count(*) FROM prescriptions.prescription_lines), (SELECT count(*) FROM patients.allergies))
        """))!;

    private async Task<long> CountAsync(string question, params object[] values) => (long)(await practice.SqlAsync(question, values))!;
}
