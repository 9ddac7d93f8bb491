using Careline.Platform.Jobs;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Platform;

/// <summary>A request that comes twice under one key happens once, and says so in the same words.</summary>
public sealed class IdempotencyTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly object _contact = new { name = "Next Of Kin", phone = "+2348020001111" };

    [Fact]
    public async Task The_same_request_is_answered_alike_and_done_once()
    {
        using var patient = await app.PatientAsync();

        var first = await AddAsync(patient, "k1");
        var second = await AddAsync(patient, "k1");

        (first.Status, second.Status, second.Text).ShouldBe((201, 201, first.Text));
        second.ETag.ShouldBe(first.ETag);
        second.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await patient.GetAsync(Path(patient))).Total.ShouldBe(1);
    }

    [Fact]
    public async Task The_slash_does_not_make_another_request_of_it()
    {
        using var patient = await app.PatientAsync();
        var first = await AddAsync(patient, "k1");

        var second = await patient.PostAsync(Path(patient).TrimEnd('/'), _contact, ("Idempotency-Key", "k1"));

        second.Text.ShouldBe(first.Text);
    }

    [Fact]
    public async Task Another_body_or_another_path_under_the_same_key_is_refused()
    {
        using var patient = await app.PatientAsync();
        (await AddAsync(patient, "k1")).Status.ShouldBe(201);

        var body = await patient.PostAsync(Path(patient), new { name = "Somebody Else", phone = "+2348020001111" }, ("Idempotency-Key", "k1"));
        var path = await patient.PostAsync("/api/auth/logout/", _contact, ("Idempotency-Key", "k1"));

        (body.Status, body.ErrorCode).ShouldBe((422, "IDEMPOTENCY_KEY_REUSED"));
        (path.Status, path.ErrorCode).ShouldBe((422, "IDEMPOTENCY_KEY_REUSED"));
        (await patient.GetAsync(Path(patient))).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Sixteen_at_once_are_one()
    {
        using var patient = await app.PatientAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => AddAsync(patient, "k1")));

        replies.ShouldAllBe(r => r.Status == 201);
        replies.Select(r => r.Text).Distinct().Count().ShouldBe(1);
        (await patient.GetAsync(Path(patient))).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Two_people_may_use_one_key()
    {
        using var one = await app.PatientAsync();
        using var two = await app.PatientAsync();

        (await AddAsync(one, "shared")).Id.ShouldNotBe((await AddAsync(two, "shared")).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tab\there")]
    [InlineData("256")]
    public async Task A_key_that_cannot_be_kept_is_refused(string key)
    {
        using var patient = await app.PatientAsync();

        var reply = await AddAsync(patient, key == "256" ? new string('k', 256) : key);

        reply.Status.ShouldBe(400, reply.Text);
        reply.ErrorDetails.TryGetProperty("idempotency_key", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        var day = app.Now.AddDays(5).ToString("yyyy-MM-dd", null);
        var slot = (await doctor.PostAsync("/api/time-slots/", new { date = day, start_time = "09:00:00", end_time = "09:30:00" })).Data.GetProperty("id").GetString();
        var taken = (await other.PostAsync("/api/appointments/", new { time_slot_id = slot })).Id;
        Task<Reply> BookAsync() => patient.PostAsync("/api/appointments/", new { time_slot_id = slot }, ("Idempotency-Key", "book"));

        (await BookAsync()).ErrorCode.ShouldBe("SLOT_TAKEN");
        (await app.SqlAsync("SELECT count(*) FROM platform.idempotency_keys WHERE actor_id = $1", patient.UserId)).ShouldBe(0L);
        (await other.PostAsync($"/api/appointments/{taken}/cancel/")).Status.ShouldBe(200);

        (await BookAsync()).Status.ShouldBe(201);
    }

    [Fact]
    public async Task An_invalid_body_leaves_its_key_free()
    {
        using var patient = await app.PatientAsync();
        (await patient.PostAsync(Path(patient), new { name = "" }, ("Idempotency-Key", "k1"))).Status.ShouldBe(400);

        (await AddAsync(patient, "k1")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day()
    {
        using var patient = await app.PatientAsync();
        (await AddAsync(patient, "k1")).Status.ShouldBe(201);
        await ForgetAsync();
        (await CountAsync(patient)).ShouldBe(1L);

        app.Advance(TimeSpan.FromHours(24.1));
        await ForgetAsync();

        (await CountAsync(patient)).ShouldBe(0L);
    }

    private static string Path(Person patient) => $"/api/patients/{patient.PatientId}/emergency-contacts/";

    private static Task<Reply> AddAsync(Person patient, string key) => patient.PostAsync(Path(patient), _contact, ("Idempotency-Key", key));

    private Task<object?> CountAsync(Person person) => app.SqlAsync("SELECT count(*) FROM platform.idempotency_keys WHERE actor_id = $1", person.UserId);

    private async Task ForgetAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<IRecurringJob>().OfType<ForgetIdempotencyKeys>().Single().RunAsync(scope.ServiceProvider, CancellationToken.None);
    }
}
