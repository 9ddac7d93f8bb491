using System.Text.Json;
using Careline.Tests.Support;

namespace Careline.Tests.Clinics;

public sealed class RegistrationTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Who_works_in_care_registers_a_clinic_that_nobody_else_sees_until_it_is_verified()
    {
        using var doctor = await app.DoctorAsync();
        using var other = await app.DoctorAsync();
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();

        (await patient.PostAsync(Running.Path, Clinic("Mine"))).Status.ShouldBe(403);
        var registered = await doctor.PostAsync(Running.Path, Clinic("New Hope"));
        registered.Status.ShouldBe(201, registered.Text);
        var path = $"{Running.Path}{registered.Id}/";

        registered.Data.GetProperty("is_verified").GetBoolean().ShouldBeFalse();
        registered.Data.GetProperty("verification").GetProperty("status").GetString().ShouldBe("pending");
        (await app.Anonymous.AskAsync(path)).Status.ShouldBe(404);
        (await other.GetAsync(path)).Status.ShouldBe(404);
        (await other.PostAsync(path + "verify/")).Status.ShouldBe(404);
        (await doctor.PostAsync(path + "verify/")).Status.ShouldBe(403);
        (await doctor.GetAsync($"{Running.Path}?search=new hope&page_size=100")).Has(registered.Id).ShouldBeTrue();
        (await other.GetAsync($"{Running.Path}?search=new hope&page_size=100")).Has(registered.Id).ShouldBeFalse();
        (await admin.GetAsync($"{Running.Path}?verification_status=pending&ordering=-created_at&page_size=100")).Has(registered.Id).ShouldBeTrue();
        (await doctor.GetAsync($"{Running.Path}?verification_status=pending")).Status.ShouldBe(403);
        (await app.Anonymous.AskAsync($"{Running.Path}?verification_status=pending")).Status.ShouldBe(403);

        (await admin.PostAsync(path + "verify/", new { decision = "verified" })).Status.ShouldBe(200);

        var seen = await app.Anonymous.AskAsync(path);
        (seen.Status, seen.Data.GetProperty("verification").ValueKind).ShouldBe((200, JsonValueKind.Null));
        (await doctor.GetAsync("/api/notifications/?mark_read=false")).Text.ShouldContain("Your clinic is verified");
    }

    [Fact]
    public async Task A_rejected_one_says_why_and_waits_again_once_it_is_changed()
    {
        using var nurse = await app.StaffAsync("nurse");
        using var admin = await app.AdminAsync();
        var path = $"{Running.Path}{(await nurse.PostAsync(Running.Path, Clinic("Doubtful"))).Id}/";

        var rejected = await admin.PostAsync(path + "verify/", new { decision = "rejected", note = "No such number" });

        rejected.Status.ShouldBe(200, rejected.Text);
        var told = (await nurse.GetAsync(path)).Data.GetProperty("verification");
        (told.GetProperty("status").GetString(), told.GetProperty("note").GetString()).ShouldBe(("rejected", "No such number"));
        (await nurse.PatchAsync(path, new { registration_number = "RC-77" })).Data.GetProperty("verification").GetProperty("status").GetString().ShouldBe("pending");
        (await admin.PostAsync(path + "verify/", new { decision = "perhaps" })).Status.ShouldBe(400);
        (await admin.PostAsync(path + "verify/", new { decision = "verified", is_verified = true })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_verified_clinic_that_changes_its_name_or_number_is_looked_at_again_and_its_staff_goes_on()
    {
        using var admin = await app.AdminAsync();
        using var boss = await app.StaffAsync("receptionist");
        var clinic = (await boss.PostAsync(Running.Path, Clinic("Good Clinic"))).Id;
        var path = $"{Running.Path}{clinic}/";
        (await admin.PostAsync(path + "verify/")).Status.ShouldBe(200);

        (await boss.PatchAsync(path, new { description = "Open to all" })).Data.GetProperty("is_verified").GetBoolean().ShouldBeTrue();
        (await admin.PatchAsync(path, new { name = "Good Clinic of Lagos" })).Data.GetProperty("is_verified").GetBoolean().ShouldBeTrue();
        var renamed = await boss.PatchAsync(path, new { name = "Famous University Hospital" });

        renamed.Data.GetProperty("is_verified").GetBoolean().ShouldBeFalse();
        (await app.Anonymous.AskAsync(path)).Status.ShouldBe(404);
        (await app.SqlAsync("SELECT count(*) FROM clinics.staff_rows WHERE clinic_id = $1", clinic)).ShouldBe(1L);
        (await admin.PostAsync(path + "verify/", new { decision = "rejected" })).Status.ShouldBe(200);
        (await app.SqlAsync("SELECT count(*) FROM clinics.staff_rows WHERE clinic_id = $1", clinic)).ShouldBe(0L);
    }

    [Fact]
    public async Task A_clinic_that_nobody_verified_gives_its_administrator_no_right_over_others()
    {
        using var rogue = await app.StaffAsync("receptionist");
        using var doctor = await app.DoctorAsync();
        var clinic = (await rogue.PostAsync(Running.Path, Clinic("Trap"))).Id;

        (await rogue.PostAsync($"{Running.Path}{clinic}/staff/", new { account_id = doctor.UserId, role = "doctor" })).Status.ShouldBe(201);

        (await doctor.GetAsync("/api/notifications/?mark_read=false")).Text.ShouldNotContain("You were added to a clinic");
        (await rogue.GetAsync($"/api/doctors/{doctor.DoctorId}/availability/exceptions/")).Status.ShouldBe(404);
        (await doctor.PatchAsync("/api/doctors/me/", new { clinic_ids = new[] { clinic } })).Status.ShouldBe(400);
        (await app.SqlAsync("SELECT count(*) FROM clinics.staff_rows WHERE clinic_id = $1", clinic)).ShouldBe(0L);
        using var admin = await app.AdminAsync();
        (await admin.PostAsync($"{Running.Path}{clinic}/verify/")).Status.ShouldBe(200);
        (await doctor.GetAsync("/api/notifications/?mark_read=false")).Text.ShouldContain("You were added to a clinic");
        var own = (await doctor.GetAsync($"{Running.Path}{clinic}/staff/?role=doctor")).Rows.Single().GetProperty("id").GetGuid();
        (await doctor.DeleteAsync($"{Running.Path}{clinic}/staff/{own}/")).Status.ShouldBe(204);
        (await rogue.GetAsync($"/api/doctors/{doctor.DoctorId}/availability/exceptions/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Nobody_makes_a_clinic_verified_or_rated_by_saying_so()
    {
        using var doctor = await app.DoctorAsync();
        var clinic = await doctor.PostAsync(Running.Path, new
        {
            name = "Sly",
            time_zone = "UTC",
            is_verified = true,
            is_trusted = true,
            verification = "verified",
            rating = 5,
            review_count = 99,
            registered_by = Guid.CreateVersion7(),
            id = Guid.CreateVersion7(),
        });

        clinic.Status.ShouldBe(201, clinic.Text);
        (clinic.Data.GetProperty("is_verified").GetBoolean(), clinic.Data.GetProperty("rating").GetDecimal(), clinic.Data.GetProperty("review_count").GetInt32()).ShouldBe((false, 0, 0));
        var patched = await doctor.PatchAsync($"{Running.Path}{clinic.Id}/", new { is_verified = true, is_trusted = true, rating = 5, version = 7 });
        (patched.Status, patched.Data.GetProperty("is_verified").GetBoolean()).ShouldBe((200, false));
        (await app.SqlAsync("SELECT is_trusted FROM clinics.clinics WHERE id = $1", clinic.Id)).ShouldBe(false);
    }

    [Fact]
    public async Task Of_many_registrations_at_once_three_wait()
    {
        using var doctor = await app.DoctorAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => doctor.PostAsync(Running.Path, Clinic($"Many {i}"))));

        replies.Count(r => r.Status == 201).ShouldBe(3);
        replies.Count(r => r.ErrorCode == "TOO_MANY_WAITING").ShouldBe(5);
    }

    [Fact]
    public async Task One_registration_number_is_one_verified_clinic_of_a_country()
    {
        using var admin = await app.AdminAsync();
        using var one = await app.DoctorAsync();
        using var other = await app.DoctorAsync();
        var number = $"RC-{Guid.CreateVersion7()}";
        var first = (await one.PostAsync(Running.Path, Clinic("First", number))).Id;
        var second = (await other.PostAsync(Running.Path, Clinic("Second", number.ToUpperInvariant()))).Id;

        (await admin.PostAsync($"{Running.Path}{first}/verify/")).Status.ShouldBe(200);
        (await admin.PostAsync($"{Running.Path}{second}/verify/")).ErrorCode.ShouldBe("CLINIC_REGISTERED");
    }

    private static object Clinic(string name, string? number = null) => new { name, time_zone = "Africa/Lagos", country = "NG", registration_number = number };
}
