using System.Globalization;
using System.Net.Http.Headers;
using Careline.Tests.Files;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Doctors;

public sealed class CredentialTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Job = "doctors.watch-credentials";

    [Fact]
    public async Task A_paper_is_left_by_the_doctor_and_read_by_administrators()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();
        using var other = await app.DoctorAsync();
        using var patient = await app.PatientAsync();
        var credential = await AddAsync(doctor);
        var paper = At(doctor, credential) + "paper/";
        (await doctor.GetAsync(paper)).Status.ShouldBe(404);

        (await other.PutAsync(paper, Form(Samples.Pdf(), "licence.pdf", "application/pdf"))).Status.ShouldBe(403);
        (await doctor.PutAsync(paper, Form(Samples.Text(), "licence.txt", "text/plain"))).Status.ShouldBe(415);
        (await doctor.PutAsync(paper, new { })).Status.ShouldBe(415);
        var kept = await doctor.PutAsync(paper, Form(Samples.Pdf(), "licence.pdf", "application/pdf"));
        kept.Status.ShouldBe(200, kept.Text);
        kept.Data.GetProperty("paper").GetProperty("file_name").GetString().ShouldBe("licence.pdf");
        kept.Data.GetProperty("verification_status").GetString().ShouldBe("pending");

        (await admin.Client.GetByteArrayAsync(paper, TestContext.Current.CancellationToken)).ShouldBe(Samples.Pdf());
        (await other.GetAsync(paper)).Status.ShouldBe(403);
        (await patient.GetAsync(paper)).Status.ShouldBe(403);
        (await app.Anonymous.AskAsync(paper)).Status.ShouldBe(401);
        (await app.SqlAsync("SELECT count(*) FROM audit.events WHERE action = 'GetCredentialPaper' AND resource_id = $1 AND outcome = 'success'", credential)).ShouldBe(1L);

        // The one before is let go, and the last with its line.
        (await doctor.PutAsync(paper, Form(Samples.Png(), "licence.png", "image/png"))).Status.ShouldBe(200);
        (await HeldAsync(doctor)).ShouldBe(1L);
        (await doctor.DeleteAsync(paper)).Status.ShouldBe(204);
        (await doctor.DeleteAsync(paper)).Status.ShouldBe(404);
        (await doctor.PutAsync(paper, Form(Samples.Png(), "licence.png", "image/png"))).Status.ShouldBe(200);
        (await doctor.DeleteAsync(At(doctor, credential))).Status.ShouldBe(204);
        (await HeldAsync(doctor)).ShouldBe(0L);
    }

    [Fact]
    public async Task A_change_of_what_was_verified_asks_for_another_look()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();
        var credential = await AddAsync(doctor);
        (await doctor.PostAsync(At(doctor, credential) + "verify/")).Status.ShouldBe(403);
        (await VerifyAsync(admin, doctor, credential)).ShouldBe("verified");

        (await doctor.PatchAsync(At(doctor, credential), new { description = "Framed on the wall" })).Data.GetProperty("verification_status").GetString().ShouldBe("verified");
        (await doctor.PatchAsync(At(doctor, credential), new { number = "L-2" })).Data.GetProperty("verification_status").GetString().ShouldBe("pending");
        (await admin.PostAsync(At(doctor, credential) + "verify/", new { decision = "rejected", note = "Blurred" })).Data.GetProperty("verification_note").GetString().ShouldBe("Blurred");
        (await doctor.PutAsync(At(doctor, credential) + "paper/", Form(Samples.Png(), "again.png", "image/png"))).Data.GetProperty("verification_status").GetString().ShouldBe("pending");
        (await admin.GetAsync("/api/doctors/credentials/?verification_status=pending&page_size=100")).Rows.ShouldContain(r => r.GetProperty("id").GetGuid() == credential);
        (await admin.GetAsync("/api/doctors/credentials/?verification_status=verified&page_size=100")).Rows.ShouldNotContain(r => r.GetProperty("id").GetGuid() == credential);

        // Not of education, which nobody verifies.
        var school = (await doctor.PostAsync($"/api/doctors/{doctor.DoctorId}/education/", new { title = "MBBS", organization = "Lagos" })).Id;
        (await admin.PostAsync($"/api/doctors/{doctor.DoctorId}/credentials/{school}/verify/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_doctor_whose_licence_ran_out_is_neither_listed_nor_bookable_until_another_is_verified()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync(specialization: "Radiology", firstName: "Lapsing");
        using var patient = await app.PatientAsync();
        var credential = await AddAsync(doctor, Today(5));
        await VerifyAsync(admin, doctor, credential);
        var slots = await doctor.OfferAsync(app.Day(), 2);
        await app.RunJobAsync(Job);
        (await ListedAsync()).ShouldBe(1);

        app.Advance(TimeSpan.FromDays(6));
        await app.RunJobAsync(Job);
        using var later = await app.SignInAsync(doctor.UserName);
        using var boss = await app.AdminAsync();
        using var back = await app.SignInAsync(patient.UserName);
        (await ListedAsync()).ShouldBe(0);
        (await back.BookAsync(slots[0])).Status.ShouldBe(404);
        var license = (await later.GetAsync("/api/doctors/me/")).Data.GetProperty("license");
        (license.GetProperty("is_lapsed").GetBoolean(), license.GetProperty("expires_on").GetString()).ShouldBe((true, Text(Today(-1))));

        // A renewal that nobody has looked at is none.
        (await later.PatchAsync(At(doctor, credential), new { ended_on = Text(Today(400)) })).Status.ShouldBe(200);
        await app.RunJobAsync(Job);
        (await ListedAsync()).ShouldBe(0);
        await VerifyAsync(boss, doctor, credential);
        (await ListedAsync()).ShouldBe(1);
        (await back.BookAsync(slots[0])).Status.ShouldBe(201);

        async Task<long> ListedAsync() => (await app.Anonymous.AskAsync("/api/doctors/?search=lapsing")).Total;
    }

    [Fact]
    public async Task Doctor_and_administrators_are_warned_once_for_each_stage()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();
        var mail = $"{doctor.UserName}@example.test";
        var credential = await AddAsync(doctor, Today(61));
        await app.RunJobAsync(Job);
        (await app.InboxAsync(mail)).ShouldNotContain(m => m.Contains("runs out", StringComparison.Ordinal));

        // 60 days before, 30, 7, and after the last day; each job run twice, as by two hosts.
        var told = 0;
        foreach (var days in (int[])[1, 10, 21, 22, 2, 6, 1, 1, 5])
        {
            app.Advance(TimeSpan.FromDays(days));
            await app.RunJobAsync(Job);
            await Task.WhenAll(app.RunJobAsync(Job), app.RunJobAsync(Job));
            told = (await app.InboxAsync(mail)).Count(m => m.StartsWith("Licence r", StringComparison.Ordinal));
        }

        told.ShouldBe(4);
        (await app.SqlAsync(
            "SELECT count(*) FROM notifications.notifications WHERE account_id = $1 AND about_id = $2 AND phrase = 'doctors.credential_ended_of_doctor'", admin.UserId, doctor.DoctorId))
            .ShouldBe(1L);
        (await app.SqlAsync("SELECT string_agg(stage::text, ',' ORDER BY stage DESC) FROM doctors.credential_warnings WHERE credential_id = $1", credential)).ShouldBe("60,30,7,0");
    }

    [Fact]
    public async Task A_paper_that_comes_late_is_warned_of_at_its_nearest_stage_only()
    {
        using var doctor = await app.DoctorAsync();
        var (soon, gone) = (await AddAsync(doctor, Today(5)), await AddAsync(doctor, Today(-90)));

        await app.RunJobAsync(Job);

        (await app.SqlAsync("SELECT string_agg(stage::text, ',') FROM doctors.credential_warnings WHERE credential_id = $1", soon)).ShouldBe("7");
        (await app.SqlAsync("SELECT count(*) FROM doctors.credential_warnings WHERE credential_id = $1", gone)).ShouldBe(0L);
    }

    private DateOnly Today(int ahead = 0) => DateOnly.FromDateTime(app.Now.UtcDateTime).AddDays(ahead);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string At(Person doctor, Guid credential) => $"/api/doctors/{doctor.DoctorId}/credentials/{credential}/";

    private static async Task<Guid> AddAsync(Person doctor, DateOnly? endsOn = null)
    {
        var reply = await doctor.PostAsync($"/api/doctors/{doctor.DoctorId}/credentials/", new
        {
            type = "licence",
            title = "Licence",
            organization = "Council",
            number = "L-1",
            ended_on = endsOn is { } day ? Text(day) : null,
        });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Id;
    }

    private static async Task<string?> VerifyAsync(Person admin, Person doctor, Guid credential)
    {
        var reply = await admin.PostAsync(At(doctor, credential) + "verify/");
        reply.Status.ShouldBe(200, reply.Text);
        return reply.Data.GetProperty("verification_status").GetString();
    }

    private Task<object?> HeldAsync(Person doctor) =>
        app.SqlAsync("SELECT count(*) FROM files.files WHERE person_id = $1 AND attached_at IS NOT NULL AND released_at IS NULL", doctor.DoctorId);

    internal static MultipartFormDataContent Form(byte[] content, string fileName, string type)
    {
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new MultipartFormDataContent { { file, "file", fileName } };
    }
}
