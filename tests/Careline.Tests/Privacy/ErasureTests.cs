using Careline.Tests.Architecture;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Privacy;

/// <summary>After an erasure nothing tells who it was; what the law keeps stays, under a pseudonym.</summary>
public sealed class ErasureTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task No_column_of_any_table_tells_who_it_was()
    {
        using var gone = await FullRecord.MakeAsync(app, "Quillfeather");
        using var stays = await FullRecord.MakeAsync(app, "Wintergreen");
        var before = (await TellingAsync(stays)).Count;
        (await TellingAsync(gone)).Count.ShouldBeGreaterThan(30);

        var erased = await EraseAsync(gone);

        erased.Status.ShouldBe(200, erased.Text);
        (await TellingAsync(gone)).ShouldBeNone("Names, addresses and what else tells who somebody was are gone from every column.", before, 30);
        (await TellingAsync(stays)).Count.ShouldBe(before);
        (await stays.Patient.GetAsync("/api/patients/me/")).Data.GetProperty("first_name").GetString().ShouldBe("Wintergreen");
    }

    [Fact]
    public async Task Nobody_signs_in_any_more()
    {
        using var gone = await FullRecord.MakeAsync(app, "Larkspur");

        (await EraseAsync(gone)).Status.ShouldBe(200);

        (await gone.Patient.GetAsync("/api/patients/me/")).Status.ShouldBe(401);
        (await app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = gone.Patient.Refresh })).Status.ShouldBe(401);
        foreach (var name in (string[])[gone.Patient.UserName, gone.Email, gone.Phone, $"erased-{gone.Patient.UserId}"])
        {
            (await app.Anonymous.PostAsync("/api/auth/login/", new { username = name, password = TestApp.Password })).Status.ShouldBe(401, name);
        }

        await app.Anonymous.PostAsync("/api/auth/password-reset/", new { email = gone.Email });
        (await app.InboxAsync(gone.Email)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_done_stays_for_those_who_did_it()
    {
        using var gone = await FullRecord.MakeAsync(app, "Tamarisk");
        using var admin = await app.AdminAsync();

        var request = (await EraseAsync(gone)).Data;

        request.GetProperty("status").GetString().ShouldBe("done");
        request.GetProperty("kept_until").GetDateTimeOffset().Year.ShouldBe(app.Now.AddYears(6).Year);
        (await app.SqlAsync("SELECT count(*) FROM platform.person_keys WHERE person_id = $1", gone.Patient.PatientId)).ShouldBe(0L);
        (await admin.GetAsync($"/api/patients/{gone.Patient.PatientId}/access-log/")).Text.ShouldNotContain("fainted");
        var visit = (await gone.Doctor.GetAsync("/api/consultations/")).Rows.Single();
        visit.GetProperty("chief_complaint").GetString().ShouldBe("[erased] coughs");
        visit.GetProperty("patient").GetProperty("name").GetString().ShouldBe("Erased Patient");
        (await admin.GetAsync($"/api/audit/?patient={gone.Patient.PatientId}&action=DecideDataRequest")).Rows.Count().ShouldBe(1);
        (await app.SqlAsync("SELECT date_of_birth::text FROM patients.patients WHERE id = $1", gone.Patient.PatientId)).ShouldBe("1984-01-01");
    }

    [Fact]
    public async Task A_legal_hold_refuses_it_until_it_is_lifted()
    {
        using var gone = await FullRecord.MakeAsync(app, "Bergamot");
        using var admin = await app.AdminAsync();
        var hold = $"/api/patients/{gone.Patient.PatientId}/legal-hold/";
        (await admin.PutAsync(hold, new { reason = "Case 7" })).Status.ShouldBe(200);
        (await admin.PutAsync(hold, new { reason = "Case 7 and 8" })).Status.ShouldBe(200);
        (await admin.GetAsync(hold)).Data.GetProperty("reason").GetString().ShouldBe("Case 7 and 8");

        var id = (await gone.Patient.PostAsync("/api/patients/me/data-requests/", new { kind = "erasure", reason = "Please." })).Id;
        (await admin.PostAsync($"/api/data-requests/{id}/decide/", new { decision = "approved" })).ErrorCode.ShouldBe("LEGAL_HOLD");
        (await gone.Patient.GetAsync("/api/patients/me/")).Data.GetProperty("first_name").GetString().ShouldBe("Bergamot");
        (await admin.GetAsync($"/api/data-requests/{id}/")).Data.GetProperty("status").GetString().ShouldBe("open");

        (await admin.DeleteAsync(hold)).Status.ShouldBe(204);
        (await admin.DeleteAsync(hold)).Status.ShouldBe(404);
        (await admin.PostAsync($"/api/data-requests/{id}/decide/", new { decision = "approved" })).Status.ShouldBe(200);
        (await admin.PutAsync(hold, new { reason = "What is left of it" })).Status.ShouldBe(200);
        (await gone.Doctor.PutAsync(hold, new { reason = "x" })).Status.ShouldBe(403);
    }

    /// <summary>What stays of a record when no law keeps it any more, and why. Whoever adds a line has thought about it.</summary>
    private static readonly HashSet<string> _stays =
    [
        "accounts.accounts", "accounts.sessions", // Shells: what others point at is never removed.
        "patients.patients", "scheduling.appointments", "scheduling.appointment_events",
        "patients.consents", "patients.data_requests", "patients.data_request_events", // That it was agreed to, and erased.
        "files.files", // That there was a file: its key and its bytes go with the next sweep.
        // The books, under keys alone.
        "payments.payments", "payments.attempts", "payments.postings", "payments.entries", "payments.refunds", "payments.disputes", "payments.coupon_uses", "payments.invoices",
        "payments.subscriptions", "payments.subscription_periods", // Ids and amounts alone, to which the books refer.
        "audit.breaches", "audit.breach_events", // Ids alone; the audit has its own time.
    ];

    [Fact]
    public async Task What_the_law_kept_is_removed_when_its_time_is_over_and_nobody_holds_it()
    {
        using var gone = await FullRecord.MakeAsync(app, "Meadowsweet");
        using var stays = await FullRecord.MakeAsync(app, "Silverweed");
        using var admin = await app.AdminAsync();
        var (id, hold) = (gone.Patient.PatientId, $"/api/patients/{gone.Patient.PatientId}/legal-hold/");
        var request = (await EraseAsync(gone)).Id;
        var (kept, others) = (await LeftOfAsync(id), await LeftOfAsync(stays.Patient.PatientId));
        string[] clinical = ["consultations.notes", "vitals.observations", "prescriptions.prescription_lines", "patients.allergies", "patients.break_glass"];
        clinical.Except(kept.Keys).ShouldBeEmpty();

        await app.RunJobAsync("patients.remove-what-was-kept");
        (await LeftOfAsync(id)).ShouldBe(kept, ignoreOrder: true);

        await app.SqlAsync("UPDATE patients.data_requests SET kept_until = $1 WHERE id = $2", app.Now.AddMinutes(-1), request);
        (await admin.PutAsync(hold, new { reason = "Case 9" })).Status.ShouldBe(200);
        await app.RunJobAsync("patients.remove-what-was-kept");
        (await LeftOfAsync(id)).ShouldBe(kept, ignoreOrder: true);

        (await admin.DeleteAsync(hold)).Status.ShouldBe(204);
        await app.RunJobAsync("patients.remove-what-was-kept");

        (await LeftOfAsync(id)).Keys.Except(_stays).ShouldBeEmpty();
        (await app.SqlAsync("SELECT count(*) FROM scheduling.appointments WHERE patient_id = $1 AND num_nonnulls(reason, symptoms, notes, cancel_reason, contact_phone) > 0", id)).ShouldBe(0L);
        (await app.SqlAsync("SELECT num_nonnulls(medical_history, blood_group, date_of_birth, country, city) FROM patients.patients WHERE id = $1", id)).ShouldBe(0);
        (await admin.GetAsync($"/api/data-requests/{request}/")).Data.GetProperty("removed_at").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(app.Now);
        (await admin.PutAsync(hold, new { reason = "Too late" })).ErrorCode.ShouldBe("ALREADY_ERASED");
        (await gone.Doctor.GetAsync("/api/consultations/")).Total.ShouldBe(0);
        (await gone.Doctor.GetAsync("/api/appointments/")).Status.ShouldBe(200);
        (await LeftOfAsync(stays.Patient.PatientId)).ShouldBe(others, ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_still_to_come_ends_first()
    {
        using var patient = await app.PatientAsync();
        using var admin = await app.AdminAsync();
        using var doctor = await app.BookableDoctorAsync();
        await patient.BookedAsync((await doctor.OfferAsync(app.Day(), 1))[0]);
        var id = (await patient.PostAsync("/api/patients/me/data-requests/", new { kind = "erasure", reason = "Please." })).Id;

        (await admin.PostAsync($"/api/data-requests/{id}/decide/", new { decision = "approved" })).ErrorCode.ShouldBe("APPOINTMENTS_AHEAD");
        (await patient.GetAsync("/api/patients/me/")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("Will will come", "[erased] will come")]
    [InlineData("Willow, Will's tree", "Willow, [erased]'s tree")]
    [InlineData("write to W+ILL@Example.test.", "write to [erased].")]
    [InlineData("Ann-Marie (O'Hara) went", "[erased] ([erased]) went")]
    [InlineData("", "")]
    [InlineData("WILL said that he will", "[erased] said that he will")]
    [InlineData("HE WILL COME", "HE WILL COME")]
    [InlineData("O'HARA, Ann-marie; seen with ann-marie o'hara will", "[erased]; seen with [erased]")]
    [InlineData("his willow, and will o'clock", "his willow, and will o'clock")]
    public async Task Words_leave_a_text_and_the_rest_stays(string text, string expected) =>
        (await app.SqlAsync("SELECT platform.without($1, $2, $3)", text, new[] { "Will", "Ann-Marie", "O'Hara" }, new[] { "w+ill@example.test" })).ShouldBe(expected);

    private async Task<Reply> EraseAsync(FullRecord record)
    {
        using var admin = await app.AdminAsync();
        var id = (await record.Patient.PostAsync("/api/patients/me/data-requests/", new { kind = "erasure", reason = $"I am {record.Mark}, forget me." })).Id;
        return await admin.PostAsync($"/api/data-requests/{id}/decide/", new { decision = "approved", note = $"Farewell {record.Mark}" });
    }

    // How many rows of each table say something of a patient, other than that somebody looked or held it.
    private async Task<Dictionary<string, int>> LeftOfAsync(Guid patient) =>
        (await SchemaWalk.TakeAsync(app)).RowsOf([patient.ToString()]).Where(t => t.Key.Name is not "audit.events" and not "audit.seals" and not "patients.legal_holds").ToDictionary(t => t.Key.Name, t => t.Count());

    // Every value of every column of every table.
    private async Task<List<string>> TellingAsync(FullRecord record) =>
    [
        .. from table in (await SchemaWalk.TakeAsync(app)).Tables
           from row in table.Rows
           from cell in row.EnumerateObject()
           from word in record.Identifying
           where cell.Value.ToString().Contains(word, StringComparison.OrdinalIgnoreCase)
           select $"{table.Name}.{cell.Name} says '{word}': {row}",
    ];
}
