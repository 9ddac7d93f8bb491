using Careline.Tests.Patients;
using Careline.Tests.Support;
using Npgsql;

namespace Careline.Tests.Privacy;

/// <summary>Who agreed to which wording and took it back is a ledger: only ever added, and what it says works at once.</summary>
public sealed class ConsentTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Own = "/api/patients/me/consents/";

    [Fact]
    public async Task Anybody_reads_the_present_texts()
    {
        var texts = (await app.Anonymous.AskAsync("/api/consents/texts/")).Rows.ToList();

        texts.Select(t => t.GetProperty("kind").GetString()).ShouldBe(["data_sharing", "privacy_notice", "telehealth_consent"]);
        texts.ShouldAllBe(t => t.GetProperty("version").GetInt32() == 1 && t.GetProperty("body").GetString()!.Length > 100);
    }

    [Fact]
    public async Task Agreeing_and_taking_back_are_two_lines_with_time_and_place()
    {
        using var patient = await app.PatientAsync();

        (await patient.PostAsync(Own, new { kind = "telehealth_consent", version = 1 })).Status.ShouldBe(201);
        (await patient.PostAsync(Own, new { kind = "telehealth_consent", version = 1 })).ErrorCode.ShouldBe("ALREADY_ACCEPTED");
        (await patient.PostAsync(Own + "withdraw/", new { kind = "telehealth_consent" })).Status.ShouldBe(201);
        (await patient.PostAsync(Own + "withdraw/", new { kind = "telehealth_consent" })).ErrorCode.ShouldBe("NOT_ACCEPTED");

        (await patient.GetAsync(Own + "?kind=telehealth_consent")).Rows.Select(r => r.GetProperty("step").GetString()).ShouldBe(["withdrawn", "accepted"]);
        (await app.SqlAsync("SELECT count(*) FROM patients.consents WHERE patient_id = $1 AND length(address_hash) = 16 AND account_id = $2", patient.PatientId, patient.UserId)).ShouldBe(2L);
        (await patient.PostAsync(Own, new { kind = "telehealth_consent", version = 1 })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Only_the_present_wording_is_agreed_to()
    {
        using var patient = await app.PatientAsync();

        (await patient.PostAsync(Own, new { kind = "privacy_notice", version = 7 })).ErrorCode.ShouldBe("CONSENT_TEXT_OUTDATED");
        (await patient.PostAsync(Own, new { kind = "horoscope", version = 1 })).Status.ShouldBe(400);
        (await patient.PostAsync(Own, new { kind = "privacy_notice", version = 1 })).Status.ShouldBe(201);
        (await patient.PostAsync(Own + "withdraw/", new { kind = "privacy_notice" })).ErrorCode.ShouldBe("NOT_WITHDRAWABLE");
    }

    [Fact]
    public async Task Withdrawing_sharing_ends_what_was_granted_and_nothing_else()
    {
        using var patient = await app.PatientAsync();
        using var granted = await app.DoctorAsync();
        using var treating = await app.DoctorAsync();
        (await patient.PostAsync(Own, new { kind = "data_sharing", version = 1 })).Status.ShouldBe(201);
        (await patient.PostAsync($"/api/patients/{patient.PatientId}/grants/", new { doctor_id = granted.DoctorId, until = app.Now.AddDays(1) })).Status.ShouldBe(201);
        await app.OpenCareAsync(patient.PatientId, treating);
        (await granted.GetAsync($"/api/patients/{patient.PatientId}/allergies/")).Status.ShouldBe(200);

        (await patient.PostAsync(Own + "withdraw/", new { kind = "data_sharing" })).Status.ShouldBe(201);

        (await granted.GetAsync($"/api/patients/{patient.PatientId}/allergies/")).Status.ShouldBe(404);
        (await treating.GetAsync($"/api/patients/{patient.PatientId}/allergies/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_ledger_is_only_ever_added_to_and_is_a_patients()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        await patient.PostAsync(Own, new { kind = "privacy_notice", version = 1 });

        await Should.ThrowAsync<PostgresException>(() => app.SqlAsync("UPDATE patients.consents SET step = 'withdrawn' WHERE patient_id = $1", patient.PatientId));
        await Should.ThrowAsync<PostgresException>(() => app.SqlAsync("DELETE FROM patients.consents WHERE patient_id = $1", patient.PatientId));
        (await doctor.GetAsync(Own)).Status.ShouldBe(404);
        (await app.Anonymous.AskAsync(Own)).Status.ShouldBe(401);
    }
}
