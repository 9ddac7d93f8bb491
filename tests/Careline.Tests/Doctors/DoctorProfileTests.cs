using Careline.Tests.Support;

namespace Careline.Tests.Doctors;

public sealed class DoctorProfileTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("Cardiology", "Cardiology", null)]
    [InlineData("  cardiologist ", "Cardiology", null)]
    [InlineData("HEART", "Cardiology", null)]
    [InlineData("Paediatrics", "Pediatrics", null)]
    [InlineData("GP", "General Practice", null)]
    [InlineData("Sleep medicine", "Other", "Sleep medicine")]
    public async Task Free_text_falls_onto_the_managed_list(string text, string name, string? kept)
    {
        using var doctor = await app.DoctorAsync(specialization: text);

        var data = (await doctor.GetAsync("/api/doctors/me/")).Data;

        data.GetProperty("specializations")[0].GetString().ShouldBe(name);
        data.GetProperty("specialty_text").GetString().ShouldBe(kept);
    }

    [Fact]
    public async Task A_doctor_registers_with_licence_and_specialty()
    {
        var reply = await app.Anonymous.PostAsync("/api/auth/register/", new
        {
            username = "nolicence",
            email = "nolicence@example.test",
            password = TestApp.Password,
            first_name = "N",
            last_name = "L",
            user_type = "doctor",
        });

        reply.Status.ShouldBe(400);
        reply.ErrorDetails.EnumerateObject().Select(p => p.Name).Order().ShouldBe(["medical_license_number", "specialization"]);
    }

    [Fact]
    public async Task One_licence_is_one_doctor_whatever_its_case()
    {
        await RegisterAsync("first", "mdcn/r-77", 201);

        var reply = await RegisterAsync("second", " MDCN/R-77", 409);

        reply.ErrorCode.ShouldBe("LICENSE_TAKEN");
    }

    [Fact]
    public async Task A_profile_is_merged_replaced_and_kept_as_typed()
    {
        using var doctor = await app.DoctorAsync();

        var patch = await doctor.PatchAsync("/api/doctors/me/", new
        {
            bio = "  <script>alert('ß')</script> ",
            time_zone = "Africa/Lagos",
            fee = new { amount = 1500, currency = "NGN" },
            modalities = new[] { "in-person", "Video" },
        });
        var second = await doctor.PatchAsync("/api/doctors/me/", new { fee = new { amount = 2000 }, languages = new[] { "pt-BR" } });
        var put = await doctor.PutAsync("/api/doctors/me/", new { time_zone = "Asia/Kolkata" });

        patch.Data.GetProperty("bio").GetString().ShouldBe("  <script>alert('ß')</script> ");
        patch.Data.GetProperty("modalities").ToString().ShouldBe("""["in_person","video"]""");
        second.Data.GetProperty("fee").ToString().ShouldBe("""{"amount":2000,"currency":"NGN"}""");
        second.Data.GetProperty("time_zone").GetString().ShouldBe("Africa/Lagos");
        put.Data.GetProperty("bio").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        put.Data.GetProperty("specializations")[0].GetString().ShouldBe("Cardiology");
        put.Data.GetProperty("is_verified").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Specialties_are_chosen_by_any_of_their_words()
    {
        using var doctor = await app.DoctorAsync();

        var reply = await doctor.PatchAsync("/api/doctors/me/", new { specializations = new[] { "kidney", "Dermatologist", "skin" } });

        reply.Data.GetProperty("specializations").ToString().ShouldBe("""["Nephrology","Dermatology"]""");
        (await app.Anonymous.AskAsync("/api/doctors/?specialization=dermatology")).Rows
            .ShouldContain(r => r.GetProperty("id").GetGuid() == doctor.DoctorId);
        (await app.Anonymous.AskAsync("/api/doctors/?specialization=cardiology")).Rows
            .ShouldNotContain(r => r.GetProperty("id").GetGuid() == doctor.DoctorId);
    }

    [Fact]
    public async Task A_stale_copy_is_not_written()
    {
        using var doctor = await app.DoctorAsync();
        var tag = (await doctor.GetAsync("/api/doctors/me/")).ETag!;
        (await doctor.PatchAsync("/api/doctors/me/", new { bio = "one" }, ("If-Match", tag))).Status.ShouldBe(200);

        (await doctor.PatchAsync("/api/doctors/me/", new { bio = "two" }, ("If-Match", tag))).Status.ShouldBe(412);
        (await doctor.PutAsync("/api/doctors/me/", new { bio = "two" }, ("If-Match", tag))).Status.ShouldBe(412);
    }

    [Theory]
    [InlineData("time_zone", "\"Mars/Olympus\"")]
    [InlineData("time_zone", "null")]
    [InlineData("languages", "[null]")]
    [InlineData("languages", "[\"english language\"]")]
    [InlineData("modalities", "[\"telepathy\"]")]
    [InlineData("experience_years", "-1")]
    [InlineData("experience_years", "1e9")]
    [InlineData("fee", "{\"amount\": -1, \"currency\": \"NGN\"}")]
    [InlineData("fee", "{\"amount\": 1, \"currency\": \"naira\"}")]
    [InlineData("fee", "{\"amount\": 99999999999999999999, \"currency\": \"NGN\"}")]
    [InlineData("photo_url", "\"javascript:alert(1)\"")]
    [InlineData("specializations", "[]")]
    [InlineData("specializations", "[\"\"]")]
    [InlineData("clinic_ids", "[\"00000000-0000-0000-0000-000000000001\"]")]
    [InlineData("license_number", "\" \"")]
    [InlineData("license_country", "\"Nigeria\"")]
    public async Task A_hostile_value_is_refused_by_field_on_put_and_patch(string field, string value)
    {
        using var doctor = await app.DoctorAsync();

        foreach (var method in (string[])["PUT", "PATCH"])
        {
            var reply = await doctor.Client.SendAsync(method, "/api/doctors/me/", $$"""{"{{field}}": {{value}}}""");
            if (method == "PUT" || value != "null")
            {
                reply.Status.ShouldBe(400, reply.Text);
                reply.ErrorDetails.EnumerateObject().ShouldContain(p => p.Name.StartsWith(field, StringComparison.Ordinal), reply.Text);
            }
        }
    }

    [Fact]
    public async Task The_profile_of_the_account_carries_the_doctors_fields_and_lends_its_name()
    {
        using var doctor = await app.DoctorAsync(specialization: "Heart");
        (await doctor.PatchAsync("/api/auth/profile/", new { first_name = "Renamed" })).Status.ShouldBe(200);

        (await doctor.GetAsync("/api/auth/profile/")).Text.ShouldContain("\"specialization\":\"Cardiology\"");
        (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/")).Data.GetProperty("name").GetString()!.ShouldStartWith("Renamed ");
    }

    [Fact]
    public async Task Patients_have_no_profile_as_a_doctor()
    {
        using var patient = await app.PatientAsync();

        (await patient.GetAsync("/api/doctors/me/")).Status.ShouldBe(403);
        (await app.Anonymous.AskAsync("/api/doctors/me/")).Status.ShouldBe(401);
    }

    private async Task<Reply> RegisterAsync(string name, string license, int status)
    {
        var reply = await app.Anonymous.PostAsync("/api/auth/register/", new
        {
            username = $"licence-{name}",
            email = $"licence-{name}@example.test",
            password = TestApp.Password,
            first_name = name,
            last_name = "L",
            user_type = "doctor",
            medical_license_number = license,
            specialization = "surgery",
        });
        reply.Status.ShouldBe(status, reply.Text);
        return reply;
    }
}
