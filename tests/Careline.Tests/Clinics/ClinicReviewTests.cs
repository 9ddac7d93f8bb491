using System.Text.Json;
using Careline.Clinics.Contracts;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Clinics;

public sealed class ClinicReviewTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Only_who_was_there_reviews_a_clinic_and_once_for_each_visit()
    {
        var clinic = await app.OpenedClinicAsync();
        using var doctor = await app.BookableDoctorAsync();
        await app.JoinAsync(doctor, clinic, "doctor");
        using var patient = await app.PatientAsync("Ada");
        using var stranger = await app.PatientAsync();
        var slot = await doctor.PostAsync("/api/time-slots/", new { date = app.Day().Text(), start_time = "08:00:00", end_time = "08:30:00", clinic_id = clinic });
        var visit = await patient.BookedAsync(slot.Word("id"));
        var path = $"{Running.Path}{clinic}/reviews/";
        var said = new { appointment_id = visit, rating = 4, staff = 5, cleanliness = 4, waiting_time = 2, comment = "Kind, but slow." };

        (await patient.PostAsync(path, said)).ErrorCode.ShouldBe("REVIEW_NOT_ALLOWED");
        (await doctor.MoveAsync(visit, "start")).Status.ShouldBe(200);
        (await doctor.MoveAsync(visit, "complete")).Status.ShouldBe(200);
        (await stranger.PostAsync(path, said)).ErrorCode.ShouldBe("REVIEW_NOT_ALLOWED");
        (await patient.PostAsync($"{Running.Path}{await app.OpenedClinicAsync("Other")}/reviews/", said)).ErrorCode.ShouldBe("REVIEW_NOT_ALLOWED");
        (await doctor.PostAsync(path, said)).Status.ShouldBe(403);
        var review = await patient.PostAsync(path, said);
        review.Status.ShouldBe(201, review.Text);
        (await patient.PostAsync(path, said)).ErrorCode.ShouldBe("ALREADY_REVIEWED");

        var read = (await app.Anonymous.AskAsync(path)).Rows.Single();
        (read.GetProperty("rating").GetInt32(), read.GetProperty("waiting_time").GetInt32(), read.GetProperty("author_name").GetString()).ShouldBe((4, 2, "A. p."));
        read.GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        read.ToString().ShouldNotContain(patient.UserId.ToString());
        read.ToString().ShouldNotContain(visit.ToString());
    }

    [Fact]
    public async Task The_mean_and_the_count_follow_also_of_many_at_once()
    {
        var clinic = await app.OpenedClinicAsync("Rated");
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        var tag = (await app.Anonymous.AskAsync($"{Running.Path}{clinic}/")).ETag;

        var reviews = await Task.WhenAll(Enumerable.Range(1, 10).Select(i => app.ReviewedClinicAsync(patient, clinic, 1 + (i % 5))));

        await RatedAsync(clinic, 3m, 10);
        (await admin.PostAsync(At(clinic, reviews[0]) + "hide/", new { reason = "Names a nurse" })).Status.ShouldBe(200);
        await RatedAsync(clinic, 3.11m, 9);
        (await admin.PostAsync(At(clinic, reviews[0]) + "restore/", new { reason = "Corrected" })).Status.ShouldBe(200);
        await RatedAsync(clinic, 3m, 10);
        (await patient.DeleteAsync(At(clinic, reviews[3]))).Status.ShouldBe(204);
        await RatedAsync(clinic, 2.78m, 9);
        (await app.Anonymous.AskAsync($"{Running.Path}{clinic}/")).ETag.ShouldBe(tag);
        var best = (await app.Anonymous.AskAsync($"{Running.Path}?ordering=-rating&page_size=100")).Rows.Select(r => r.GetProperty("rating").GetDecimal()).ToList();
        best.ShouldBe(best.OrderDescending());
        best.ShouldContain(2.78m);
    }

    [Fact]
    public async Task A_review_may_be_anonymous_and_is_changed_for_14_days()
    {
        var clinic = await app.OpenedClinicAsync();
        using var patient = await app.PatientAsync("Bisi");
        using var other = await app.PatientAsync();
        var review = await app.ReviewedClinicAsync(patient, clinic);

        (await other.PutAsync(At(clinic, review), new { rating = 1 })).Status.ShouldBe(403);
        (await patient.PutAsync(At(clinic, review), new { rating = 6 })).Status.ShouldBe(400);
        (await patient.PutAsync(At(clinic, review), new { rating = 2, is_anonymous = true, author_name = "The Queen", hidden_at = app.Now })).Data
            .GetProperty("author_name").GetString().ShouldBe("A patient");
        (await patient.PutAsync(At(clinic, review), new { rating = 2 }, ("If-Match", "\"1\""))).Status.ShouldBe(412);
        app.Advance(ReviewRules.Editable);
        using var later = await app.SignInAsync(patient.UserName);
        (await later.PutAsync(At(clinic, review), new { rating = 1 })).ErrorCode.ShouldBe("REVIEW_CLOSED");
        (await later.DeleteAsync(At(clinic, review))).Status.ShouldBe(204);
    }

    [Fact]
    public async Task The_clinic_replies_and_administrators_of_the_platform_judge()
    {
        var clinic = await app.OpenedClinicAsync();
        using var boss = await app.BossAsync(clinic);
        using var elsewhere = await app.BossAsync(await app.OpenedClinicAsync("Elsewhere"));
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var admin = await app.AdminAsync();
        using var patient = await app.PatientAsync();
        var review = await app.ReviewedClinicAsync(patient, clinic, 1);

        foreach (var (person, status) in new[] { (elsewhere, 404), (nurse, 403), (admin, 403), (patient, 404) })
        {
            (await person.PutAsync(At(clinic, review) + "reply/", new { text = "Thanks." })).Status.ShouldBe(status);
        }

        (await boss.PutAsync(At(clinic, review) + "reply/", new { text = "We are sorry." })).Status.ShouldBe(200);
        (await app.Anonymous.AskAsync(At(clinic, review))).Data.GetProperty("reply").GetProperty("text").GetString().ShouldBe("We are sorry.");
        (await patient.PostAsync(At(clinic, review) + "report/", new { reason = "Mine" })).ErrorCode.ShouldBe("OWN_REVIEW");
        (await boss.PostAsync(At(clinic, review) + "report/", new { reason = "Not a patient" })).Status.ShouldBe(200);
        (await boss.PostAsync(At(clinic, review) + "report/", new { reason = "Not a patient" })).ErrorCode.ShouldBe("ALREADY_REPORTED");
        (await boss.PostAsync(At(clinic, review) + "hide/", new { reason = "Not a patient" })).Status.ShouldBe(403);
        (await admin.GetAsync($"{Running.Path}reviews/?reported=true")).Has(review).ShouldBeTrue();
        (await admin.PostAsync(At(clinic, review) + "hide/", new { reason = "It is no patient's" })).Status.ShouldBe(200);
        (await admin.PostAsync(At(clinic, review) + "hide/", new { reason = "Once more" })).ErrorCode.ShouldBe("REVIEW_HIDDEN");
        (await app.Anonymous.AskAsync(At(clinic, review))).Status.ShouldBe(404);
        (await boss.GetAsync(At(clinic, review))).Status.ShouldBe(404);
        (await patient.GetAsync(At(clinic, review))).Data.GetProperty("is_hidden").GetBoolean().ShouldBeTrue();
        (await admin.GetAsync($"{Running.Path}reviews/?reported=true")).Has(review).ShouldBeFalse();
        (await app.SqlAsync("SELECT reason FROM clinics.review_decisions WHERE review_id = $1", review)).ShouldBe("It is no patient's");
    }

    private static string At(Guid clinic, Guid review) => $"{Running.Path}{clinic}/reviews/{review}/";

    private async Task RatedAsync(Guid clinic, decimal rating, int count)
    {
        var read = (await app.Anonymous.AskAsync($"{Running.Path}{clinic}/")).Data;
        (read.GetProperty("rating").GetDecimal(), read.GetProperty("review_count").GetInt32()).ShouldBe((rating, count));
    }
}
