using Careline.Clinics.Contracts;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Doctors;

public sealed class ReviewTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_completed_visit_is_reviewed_once_by_its_patient_and_by_nobody_else()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var other = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync("Ada");
        using var stranger = await app.PatientAsync();
        var visit = await patient.BookedAsync((await doctor.OfferAsync(app.Day(), 1))[0]);
        (await patient.ReviewAsync(doctor, visit)).ErrorCode.ShouldBe("REVIEW_NOT_ALLOWED");
        (await doctor.MoveAsync(visit, "start")).Status.ShouldBe(200);
        (await patient.ReviewAsync(doctor, visit)).Status.ShouldBe(403);
        (await doctor.MoveAsync(visit, "complete")).Status.ShouldBe(200);

        (await stranger.ReviewAsync(doctor, visit)).ErrorCode.ShouldBe("REVIEW_NOT_ALLOWED");
        (await patient.ReviewAsync(other, visit)).ErrorCode.ShouldBe("REVIEW_NOT_ALLOWED");
        (await doctor.ReviewAsync(doctor, visit)).Status.ShouldBe(403);
        var review = await patient.ReviewAsync(doctor, visit, 5, "Listens.");
        review.Status.ShouldBe(201, review.Text);
        (await patient.ReviewAsync(doctor, visit, 1)).ErrorCode.ShouldBe("ALREADY_REVIEWED");

        var read = (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/reviews/")).Rows.Single();
        (read.GetProperty("rating").GetInt32(), read.GetProperty("comment").GetString()).ShouldBe((5, "Listens."));
        read.GetProperty("author_name").GetString().ShouldBe("A. p.");
        read.GetProperty("appointment_id").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        read.ToString().ShouldNotContain(patient.UserId.ToString());
        read.ToString().ShouldNotContain(patient.PatientId.ToString());
        review.Data.GetProperty("is_own").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_mean_and_the_count_follow_and_the_list_finds_by_them()
    {
        using var doctor = await app.DoctorAsync(specialization: "Dermatology");
        using var admin = await app.AdminAsync();
        using var patient = await app.PatientAsync();
        var tag = (await doctor.GetAsync("/api/doctors/me/")).ETag;

        var first = await app.ReviewedAsync(patient, doctor, 5);
        await RatedAsync(doctor, 5m, 1);
        var second = await app.ReviewedAsync(patient, doctor, 2);
        await RatedAsync(doctor, 3.5m, 2);
        (await patient.PatchAsync(At(doctor, second), new { rating = 3 })).Status.ShouldBe(200);
        await RatedAsync(doctor, 4m, 2);
        (await admin.PostAsync(At(doctor, second) + "hide/", new { reason = "Names a colleague" })).Status.ShouldBe(200);
        await RatedAsync(doctor, 5m, 1);
        (await admin.PostAsync(At(doctor, second) + "restore/", new { reason = "Corrected" })).Status.ShouldBe(200);
        await RatedAsync(doctor, 4m, 2);
        (await patient.DeleteAsync(At(doctor, first))).Status.ShouldBe(204);
        await RatedAsync(doctor, 3m, 1);
        (await patient.DeleteAsync(At(doctor, second))).Status.ShouldBe(204);
        await RatedAsync(doctor, 0m, 0);

        // The version speaks of the profile.
        (await doctor.GetAsync("/api/doctors/me/")).ETag.ShouldBe(tag);
    }

    [Fact]
    public async Task Of_many_who_review_at_once_each_counts()
    {
        using var doctor = await app.DoctorAsync(specialization: "Psychiatry");
        using var patient = await app.PatientAsync();
        var visits = new List<Guid>();
        for (var i = 0; i < 16; i++)
        {
            visits.Add(await app.VisitedAsync(patient, doctor));
        }

        var replies = await Task.WhenAll(visits.Concat(visits).Select((visit, i) => patient.ReviewAsync(doctor, visit, 1 + (visits.IndexOf(visit) % 5))));

        replies.Count(r => r.Status == 201).ShouldBe(16);
        replies.Count(r => r.ErrorCode == "ALREADY_REVIEWED").ShouldBe(16);
        await RatedAsync(doctor, 2.88m, 16);
    }

    [Fact]
    public async Task A_review_is_changed_by_its_author_for_14_days()
    {
        using var doctor = await app.DoctorAsync();
        using var patient = await app.PatientAsync();
        using var other = await app.PatientAsync();
        var review = await app.ReviewedAsync(patient, doctor, 4, "Good.");

        (await other.PutAsync(At(doctor, review), new { rating = 1 })).Status.ShouldBe(403);
        (await other.DeleteAsync(At(doctor, review))).Status.ShouldBe(403);
        (await patient.PutAsync(At(doctor, review), new { rating = 0 })).Status.ShouldBe(400);
        (await patient.PatchAsync(At(doctor, review), new { comment = "Better." }, ("If-Match", "\"7\""))).Status.ShouldBe(412);
        (await patient.PatchAsync(At(doctor, review), new { comment = "Better." })).Data.GetProperty("rating").GetInt32().ShouldBe(4);

        app.Advance(ReviewRules.Editable);
        using var later = await app.SignInAsync(patient.UserName);
        (await later.PutAsync(At(doctor, review), new { rating = 1 })).ErrorCode.ShouldBe("REVIEW_CLOSED");
        (await later.DeleteAsync(At(doctor, review))).Status.ShouldBe(204);
        (await app.Anonymous.AskAsync(At(doctor, review))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_doctor_has_one_reply()
    {
        using var doctor = await app.DoctorAsync();
        using var other = await app.DoctorAsync();
        using var patient = await app.PatientAsync();
        var review = await app.ReviewedAsync(patient, doctor);

        (await other.PutAsync(At(doctor, review) + "reply/", new { text = "Me too" })).Status.ShouldBe(403);
        (await doctor.PutAsync(At(doctor, review) + "reply/", new { text = "" })).Status.ShouldBe(400);
        (await doctor.PutAsync(At(doctor, review) + "reply/", new { text = "Thank you." })).Status.ShouldBe(200);
        (await doctor.PutAsync(At(doctor, review) + "reply/", new { text = "Thanks." })).Status.ShouldBe(200);
        (await app.Anonymous.AskAsync(At(doctor, review))).Data.GetProperty("reply").GetProperty("text").GetString().ShouldBe("Thanks.");
        (await doctor.DeleteAsync(At(doctor, review) + "reply/")).Status.ShouldBe(204);
        (await app.Anonymous.AskAsync(At(doctor, review))).Data.GetProperty("reply").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_reported_review_is_hidden_or_kept_by_an_administrator_with_a_reason()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();
        using var patient = await app.PatientAsync();
        using var reader = await app.PatientAsync();
        var review = await app.ReviewedAsync(patient, doctor, 1, "Buy my book!");

        (await patient.PostAsync(At(doctor, review) + "report/", new { reason = "Mine" })).ErrorCode.ShouldBe("OWN_REVIEW");
        var reported = await reader.PostAsync(At(doctor, review) + "report/", new { reason = "An advertisement" });
        reported.Status.ShouldBe(200, reported.Text);
        reported.Data.GetProperty("moderation").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await reader.PostAsync(At(doctor, review) + "report/", new { reason = "Still one" })).ErrorCode.ShouldBe("ALREADY_REPORTED");
        var open = (await admin.GetAsync("/api/doctors/reviews/?reported=true")).Rows.Single(r => r.GetProperty("id").GetGuid() == review);
        open.GetProperty("moderation").GetProperty("reports")[0].GetString().ShouldBe("An advertisement");

        (await admin.PostAsync(At(doctor, review) + "hide/", new { })).Status.ShouldBe(400);
        (await admin.PostAsync(At(doctor, review) + "hide/", new { reason = "It is an advertisement" })).Status.ShouldBe(200);
        (await admin.PostAsync(At(doctor, review) + "hide/", new { reason = "Once more" })).ErrorCode.ShouldBe("REVIEW_HIDDEN");

        (await app.Anonymous.AskAsync(At(doctor, review))).Status.ShouldBe(404);
        (await reader.GetAsync($"/api/doctors/{doctor.DoctorId}/reviews/")).Total.ShouldBe(0);
        (await patient.GetAsync(At(doctor, review))).Data.GetProperty("is_hidden").GetBoolean().ShouldBeTrue();
        (await patient.PatchAsync(At(doctor, review), new { comment = "Again" })).ErrorCode.ShouldBe("REVIEW_CLOSED");
        (await admin.GetAsync("/api/doctors/reviews/?reported=true")).Rows.ShouldNotContain(r => r.GetProperty("id").GetGuid() == review);
        (await admin.GetAsync("/api/doctors/reviews/?hidden=true")).Rows.ShouldContain(r => r.GetProperty("id").GetGuid() == review);
        (await app.SqlAsync("SELECT count(*) FROM audit.events WHERE action = 'HideReview' AND resource_id = $1 AND outcome = 'success'", review)).ShouldBe(1L);
        (await app.SqlAsync("SELECT reason FROM doctors.review_decisions WHERE review_id = $1", review)).ShouldBe("It is an advertisement");
    }

    [Theory]
    [InlineData("Ada Okafor", "A. O.")]
    [InlineData("Ọlá Adé Bello", "Ọ. B.")]
    [InlineData("Cher", "C.")]
    [InlineData("", "A patient")]
    public void A_reviewer_is_shown_by_initials(string name, string shown) => Initials.Of(name).ShouldBe(shown);

    private static string At(Person doctor, Guid review) => $"/api/doctors/{doctor.DoctorId}/reviews/{review}/";

    private async Task RatedAsync(Person doctor, decimal rating, int count)
    {
        var shown = (await app.Anonymous.AskAsync($"/api/doctors/?min_rating={rating}&page_size=100")).Rows.Single(r => r.GetProperty("id").GetGuid() == doctor.DoctorId);
        (shown.GetProperty("rating").GetDecimal(), shown.GetProperty("review_count").GetInt32()).ShouldBe((rating, count));
        var read = (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/")).Data;
        (read.GetProperty("rating").GetDecimal(), read.GetProperty("review_count").GetInt32()).ShouldBe((rating, count));
    }
}
