using Careline.Host.Demo;
using Careline.Host.Demo.Large;
using Careline.Tests.Support;

namespace Careline.Tests.Host;

// A tiny cut of the large set, by the same statements.
public sealed class LargeDemoTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    private static readonly LargeSize _tiny = new(20);

    private static string? _indexesBefore;

    public async ValueTask InitializeAsync()
    {
        if (await CountAsync("SELECT count(*) FROM accounts.demo_sets") == 0)
        {
            _indexesBefore = await IndexesAsync();
            (await LargeSet.MakeAsync(app.App, _tiny, CancellationToken.None)).ShouldBe(0);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task It_has_the_promised_rows_and_a_tenth_of_the_patients_hold_half_of_the_visits()
    {
        (await CountAsync("SELECT count(*) FROM doctors.doctors WHERE is_listed")).ShouldBe(20);
        (await CountAsync("SELECT count(*) FROM doctors.doctor_specializations WHERE is_listed")).ShouldBe(20);
        (await CountAsync("SELECT count(*) FROM patients.patients WHERE email LIKE 'demo.%'")).ShouldBe(200);
        (await CountAsync("SELECT count(*) FROM scheduling.time_slots WHERE starts_at > $1", app.Now)).ShouldBe(2000);
        (await CountAsync("SELECT count(*) FROM scheduling.appointments")).ShouldBe(1000);
        (await CountAsync("SELECT count(*) FROM patients.care_relationships")).ShouldBe(1000);
        (await CountAsync("SELECT count(*) FROM (SELECT FROM scheduling.appointments GROUP BY patient_id HAVING count(*) = 25) p")).ShouldBe(20);
        (await CountAsync("SELECT count(*) FROM accounts.accounts WHERE is_demo")).ShouldBe(220);
    }

    [Fact]
    public async Task Every_constraint_and_index_is_back() => (await IndexesAsync()).ShouldBe(_indexesBefore);

    [Fact]
    public async Task The_doctor_list_agrees_with_the_calendars()
    {
        var wrong = await CountAsync(
            """
            SELECT count(*) FROM (
                SELECT s.doctor_id, (s.starts_at AT TIME ZONE d.time_zone)::date AS day, min(s.starts_at) AS first_free_at
                FROM scheduling.time_slots s JOIN doctors.doctors d ON d.id = s.doctor_id
                WHERE NOT EXISTS (SELECT FROM scheduling.appointments a WHERE a.time_slot_id = s.id AND a.during = s.during)
                GROUP BY 1, 2
                EXCEPT SELECT doctor_id, day, first_free_at FROM doctors.free_days) missing
            """);

        wrong.ShouldBe(0);
        (await CountAsync("SELECT count(*) FROM doctors.free_days")).ShouldBe(200);
        (await CountAsync(
            "SELECT count(*) FROM doctors.doctors d WHERE next_free_at <> (SELECT min(first_free_at) FROM doctors.free_days f WHERE f.doctor_id = d.id)"))
            .ShouldBe(0);
    }

    [Fact]
    public async Task Its_people_sign_in_and_numbers_go_on_after_the_last()
    {
        using var frequent = await app.SignInAsync("demo.patient.000001", DemoSignIns.Password);
        using var doctor = await app.SignInAsync("demo.doctor.000001", DemoSignIns.Password);
        using var next = await app.PatientAsync();

        (await frequent.GetAsync("/api/appointments/")).Total.ShouldBe(25);
        (await doctor.GetAsync("/api/appointments/")).Total.ShouldBe(50);
        (await next.GetAsync("/api/auth/profile/")).Text.ShouldContain("PAT-000201");
        (await CountAsync("SELECT nextval('scheduling.appointment_numbers')")).ShouldBe(1001);
    }

    [Fact]
    public async Task A_second_load_is_refused()
    {
        (await Should.ThrowAsync<StartFailure>(LargeSet.MakeAsync(app.App, _tiny, TestContext.Current.CancellationToken)))
            .Message.ShouldContain("already there");
    }

    private async Task<string> IndexesAsync() => (string)(await app.SqlAsync(
        """
        SELECT string_agg(line, E'\n' ORDER BY line) FROM (
            SELECT indexdef FROM pg_indexes WHERE schemaname NOT LIKE 'pg_%'
            UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0
                AND connamespace <> 'pg_catalog'::regnamespace) all_of_them (line)
        """))!;

    private async Task<long> CountAsync(string question, params object[] values) => (long)(await app.SqlAsync(question, values))!;
}
