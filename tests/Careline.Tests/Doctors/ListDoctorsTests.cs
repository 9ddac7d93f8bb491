using Careline.Doctors.Contracts;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Doctors;

public sealed class ListDoctorsTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Only_verified_doctors_who_accept_patients_are_listed()
    {
        using var listed = await app.DoctorAsync(specialization: "Nephrology");
        using var waiting = await app.DoctorAsync(verified: false, specialization: "Nephrology");
        using var full = await app.DoctorAsync(specialization: "Nephrology");
        (await full.PatchAsync("/api/doctors/me/", new { accepts_patients = false })).Status.ShouldBe(200);

        foreach (var path in (string[])["/api/doctors/?specialization=nephrology", "/api/doctors/?specialization=nephrology&min_experience=0"])
        {
            var reply = await app.Anonymous.AskAsync(path);

            Ids(reply).ShouldBe([listed.DoctorId]);
            reply.Total.ShouldBe(1);
        }

        (await app.Anonymous.AskAsync($"/api/doctors/{waiting.DoctorId}/")).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync($"/api/doctors/{full.DoctorId}/")).Data.GetProperty("accepts_patients").GetBoolean().ShouldBeFalse();
        (await waiting.GetAsync($"/api/doctors/{waiting.DoctorId}/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_list_never_shows_what_only_the_account_knows()
    {
        using var doctor = await app.DoctorAsync(specialization: "Urology");

        var reply = await app.Anonymous.AskAsync("/api/doctors/?specialization=urology");

        reply.Text.ShouldNotContain("@example.test");
        var row = reply.Rows.Single();
        row.GetProperty("user_id").GetGuid().ShouldBe(doctor.UserId);
        row.GetProperty("license").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        row.TryGetProperty("email", out _).ShouldBeFalse();
        row.TryGetProperty("phone", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("min_rating=4.5", "best")]
    [InlineData("min_rating=4", "best,good")]
    [InlineData("max_fee=5000", "good,plain")]
    [InlineData("min_experience=10", "best")]
    [InlineData("language=fr", "good")]
    [InlineData("modality=in_person", "best,good")]
    [InlineData("modality=IN-PERSON&min_rating=4.5", "best")]
    [InlineData("available_on=2031-05-02", "good")]
    [InlineData("search=HEARTFELT", "good")]
    [InlineData("search=best cardio", "best")]
    [InlineData("search=100%25", "plain")]
    [InlineData("search=%25_%25", "")]
    [InlineData("ordering=rating", "plain,good,best")]
    [InlineData("ordering=fee", "plain,good,best")]
    [InlineData("ordering=-fee", "best,good,plain")]
    [InlineData("ordering=experience", "plain,good,best")]
    [InlineData("ordering=-experience", "best,good,plain")]
    [InlineData("ordering=next_available", "good,best,plain")]
    [InlineData("page_size=1&page=2", "good")]
    public async Task A_filter_narrows_and_an_ordering_orders(string query, string names)
    {
        await PeopleAsync();

        var reply = await app.Anonymous.AskAsync($"/api/doctors/?specialization=cardiology&{query}");

        reply.Status.ShouldBe(200, reply.Text);
        string.Join(',', reply.Rows.Select(r => r.GetProperty("name").GetString()!.Split(' ')[0])).ShouldBe(names);
    }

    [Theory]
    [InlineData("cardiology")]
    [InlineData("Cardiology")]
    [InlineData("heart")]
    [InlineData("CARDIOLOGIST")]
    [InlineData("00000000-0000-7000-8000-000000000002")]
    public async Task A_specialty_is_named_by_slug_name_alias_or_id(string specialty)
    {
        await PeopleAsync();

        (await app.Anonymous.AskAsync($"/api/doctors/?specialization={specialty}")).Total.ShouldBe(3);
        (await app.Anonymous.AskAsync($"/api/doctors/?specialization={specialty}&min_experience=0")).Total.ShouldBe(3);
    }

    [Fact]
    public async Task An_unknown_specialty_lists_nobody() =>
        (await app.Anonymous.AskAsync("/api/doctors/?specialization=alchemy")).Total.ShouldBe(0);

    [Theory]
    [InlineData("min_rating=6")]
    [InlineData("min_rating=abc")]
    [InlineData("max_fee=-1")]
    [InlineData("clinic=7")]
    [InlineData("modality=smoke_signals")]
    [InlineData("available_on=0000-01-01")]
    [InlineData("ordering=license_number")]
    [InlineData("page=0")]
    [InlineData("page_size=1000000000")]
    [InlineData("near=6.5")]
    [InlineData("near=91,0")]
    [InlineData("near=NaN,0")]
    [InlineData("radius_km=5")]
    [InlineData("radius_km=-1&near=6.5,3.4")]
    [InlineData("ordering=distance")]
    public async Task A_filter_that_cannot_be_read_is_refused_by_name(string query)
    {
        var reply = await app.Anonymous.AskAsync($"/api/doctors/?specialization=cardiology&{query}");

        (reply.Status, reply.ErrorCode).ShouldBe((400, "VALIDATION_ERROR"));
        reply.ErrorDetails.TryGetProperty(query.Split('=')[0], out _).ShouldBeTrue(reply.Text);
    }

    [Fact]
    public async Task Doctors_of_a_clinic_are_listed_with_it_and_only_staff_may_name_it()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync(specialization: "Rheumatology");
        var clinic = (await admin.PostAsync("/api/eclinic/clinics/", new { name = "Harbour", time_zone = "Africa/Lagos" })).Id;
        (await doctor.PatchAsync("/api/doctors/me/", new { clinic_ids = new[] { clinic } })).Status.ShouldBe(400);
        await app.JoinClinicAsync(doctor.UserId, clinic, "doctor");
        (await doctor.PatchAsync("/api/doctors/me/", new { clinic_ids = new[] { clinic } })).Status.ShouldBe(200);

        var byClinic = await app.Anonymous.AskAsync($"/api/doctors/?clinic={clinic}");
        var bySpecialty = await app.Anonymous.AskAsync("/api/doctors/?specialization=rheumatology");

        Ids(byClinic).ShouldBe([doctor.DoctorId]);
        byClinic.Data.ToString().ShouldBe(bySpecialty.Data.ToString());
        bySpecialty.Rows.Single().GetProperty("clinics")[0].GetProperty("name").GetString().ShouldBe("Harbour");
    }

    [Fact]
    public async Task A_free_time_that_has_passed_gives_way_to_the_next()
    {
        using var doctor = await app.DoctorAsync(specialization: "Oncology");
        var later = app.Now.AddDays(1);
        await FreeAsync(doctor.DoctorId, (new DateOnly(2031, 1, 1), app.Now.AddMinutes(-5)), (new DateOnly(2031, 1, 2), later));

        foreach (var rest in (string[])["", "&min_experience=0"])
        {
            (await app.Anonymous.AskAsync($"/api/doctors/?specialization=oncology{rest}")).Rows.Single()
                .GetProperty("next_available_at").GetDateTimeOffset().ShouldBe(later);
        }
    }

    [Fact]
    public async Task Only_administrators_list_doctors_by_verification()
    {
        using var admin = await app.AdminAsync();
        using var waiting = await app.DoctorAsync(verified: false, specialization: "Radiology");

        Ids(await admin.GetAsync("/api/doctors/?specialization=radiology&verification_status=pending")).ShouldBe([waiting.DoctorId]);
        (await waiting.GetAsync("/api/doctors/?verification_status=pending")).Status.ShouldBe(403);
        (await app.Anonymous.AskAsync("/api/doctors/?verification_status=pending")).Status.ShouldBe(403);
    }

    private static IEnumerable<Guid> Ids(Reply reply) => reply.Rows.Select(r => r.GetProperty("id").GetGuid());

    /// <summary>Three cardiologists who differ in everything; made once for the class.</summary>
    private async Task PeopleAsync()
    {
        if ((await app.Anonymous.AskAsync("/api/doctors/?specialization=cardiology")).Total > 0)
        {
            return;
        }

        await MakeAsync("plain", 0m, new { bio = "Gives 100% every day.", experience_years = 1 });
        var good = await MakeAsync("good", 4.2m, new
        {
            bio = "A heartfelt welcome.",
            languages = new[] { "fr", "en" },
            modalities = new[] { "video", "in_person" },
            experience_years = 5,
            fee = new { amount = 5000, currency = "NGN" },
        });
        var best = await MakeAsync("best", 4.9m, new
        {
            languages = new[] { "en" },
            modalities = new[] { "in_person" },
            experience_years = 20,
            fee = new { amount = 9000, currency = "NGN" },
        });
        await FreeAsync(good, (new DateOnly(2031, 5, 2), new DateTimeOffset(2031, 5, 2, 9, 0, 0, TimeSpan.Zero)));
        await FreeAsync(best, (new DateOnly(2031, 5, 3), new DateTimeOffset(2031, 5, 3, 9, 0, 0, TimeSpan.Zero)));
        await app.SqlAsync("UPDATE doctors.doctors SET fee_amount = 1000, fee_currency = 'NGN' WHERE first_name = 'plain'");
        await app.IndexAsync();
    }

    private async Task<Guid> MakeAsync(string name, decimal rating, object profile)
    {
        using var doctor = await app.DoctorAsync(firstName: name);
        var reply = await doctor.PatchAsync("/api/doctors/me/", profile);
        reply.Status.ShouldBe(200, reply.Text);
        await app.SqlAsync("UPDATE doctors.doctors SET rating = $2, review_count = 7 WHERE id = $1", doctor.DoctorId, rating);
        return doctor.DoctorId;
    }

    private async Task FreeAsync(Guid doctorId, params (DateOnly Day, DateTimeOffset FirstFreeAt)[] days)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IDoctorListing>().SetFreeDaysAsync([doctorId], [.. days.Select(d => new FreeDay(doctorId, d.Day, d.FirstFreeAt))], CancellationToken.None);
    }
}
