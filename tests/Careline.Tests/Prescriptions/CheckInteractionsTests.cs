using System.Text.Json;
using Careline.Platform.Data;
using Careline.Prescriptions;
using Careline.Prescriptions.Contracts;
using Careline.Prescriptions.Medicines;
using Careline.Prescriptions.Safety;
using Careline.Tests.Consultations;
using Careline.Tests.Labs;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Careline.Tests.Prescriptions;

public sealed class CheckInteractionsTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/prescriptions/check-interactions/";

    [Fact]
    public async Task Medicines_are_checked_against_each_other_without_a_patient()
    {
        using var doctor = await app.DoctorAsync();

        var reply = await doctor.PostAsync(Path, new
        {
            medicines = new object[] { new { medication_name = "Zocor 20 mg tablets" }, new { generic_name = "clarithromycin" }, new { atc_code = "N02BE01", dosage = "2 g", route = "oral" } },
            allergies = Array.Empty<string>(),
        });

        reply.Status.ShouldBe(200, reply.Text);
        reply.Data.GetProperty("interrupts").GetBoolean().ShouldBeTrue();
        var worst = reply.Data.GetProperty("findings")[0];
        worst.GetProperty("code").GetString().ShouldBe("ONC-HIGH-11");
        worst.GetProperty("severity").GetString().ShouldBe("contraindicated");
        worst.GetProperty("medicines").EnumerateArray().Select(m => m.GetProperty("position").GetInt32()).ShouldBe([1, 2]);
        worst.GetProperty("advice").GetString()!.Length.ShouldBeGreaterThan(10);
        reply.Data.GetProperty("data_version").GetString().ShouldBe(Shelf.Tables.Version);

        // Nobody's age is known, and a highest dose depends on it.
        Gaps(reply).ShouldContain("dose 3: paracetamol: the highest dose depends on the age, which is not known");
        reply.Data.GetProperty("safety_check").GetString().ShouldBe("partly_checked");
    }

    [Fact]
    public async Task An_unknown_medicine_is_visible_as_not_checked_and_never_guessed()
    {
        using var doctor = await app.DoctorAsync();

        var reply = await doctor.PostAsync(Path, new { medicines = new object[] { new { medication_name = "Amoxicilin" } }, allergies = new[] { "penicillin" } });

        reply.Status.ShouldBe(200, reply.Text);
        reply.Data.GetProperty("safety_check").GetString().ShouldBe("not_checked");
        reply.Data.GetProperty("findings").GetArrayLength().ShouldBe(0);
        Gaps(reply).ShouldContain(gap => gap.StartsWith("everything 1: the medicine is not known", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_brand_that_contains_what_the_patient_does_not_tolerate_is_caught()
    {
        using var visit = await app.StartedVisitAsync();
        (await visit.Patient.PostAsync($"/api/patients/{visit.Patient.PatientId}/allergies/", new { substance = "Amoxicillin" })).Status.ShouldBe(201);

        var reply = await visit.Doctor.PostAsync(Path, new { patient_id = visit.Patient.PatientId, medicines = new[] { new { medication_name = "Augmentin 625 mg" } } });

        var finding = Findings(reply).Single(f => f.GetProperty("kind").GetString() == "allergy");
        finding.GetProperty("severity").GetString().ShouldBe("contraindicated");
        finding.GetProperty("interrupts").GetBoolean().ShouldBeTrue();
        finding.GetProperty("ingredients")[0].GetString().ShouldBe("amoxicillin");
    }

    [Fact]
    public async Task An_allergy_recorded_by_a_brand_is_an_allergy_to_what_is_in_it()
    {
        using var visit = await app.StartedVisitAsync();
        (await visit.Patient.PostAsync($"/api/patients/{visit.Patient.PatientId}/allergies/", new { substance = "allergic to cats and Septrin" })).Status.ShouldBe(201);

        var reply = await visit.Doctor.PostAsync(Path, new { patient_id = visit.Patient.PatientId, medicines = new[] { new { medication_name = "Fansidar" }, new { medication_name = "trimethoprim" } } });

        Findings(reply).Where(f => f.GetProperty("kind").GetString() == "allergy").Select(f => f.GetProperty("medicines")[0].GetProperty("name").GetString())
            .ShouldBe(["Fansidar", "trimethoprim"], ignoreOrder: true);
        Gaps(reply).ShouldContain("allergy : the recorded allergy 'cats' names no medicine or class that is known");
    }

    [Fact]
    public async Task The_patients_own_list_what_was_prescribed_the_weight_the_age_and_a_pregnancy_count()
    {
        using var visit = await app.StartedVisitAsync();
        var patient = $"/api/patients/{visit.Patient.PatientId}/";
        (await visit.Patient.PatchAsync(patient, new { date_of_birth = "2000-01-01", gender = "female" })).Status.ShouldBe(200);
        (await visit.ByDoctorAsync("vital-signs", new { weight = 60 })).Status.ShouldBe(201);
        (await visit.ByDoctorAsync("prescriptions", new { medication_name = "Simvastatin", dosage = "20 mg", frequency = "once_daily" })).Status.ShouldBe(201);
        (await visit.ByDoctorAsync("complete")).Status.ShouldBe(200);
        (await visit.Patient.PostAsync(patient + "medications/", new { name = "Warfarin sodium" })).Status.ShouldBe(201);
        (await visit.Doctor.PostAsync(patient + "conditions/", new { text = "Pregnancy", code = "Z34.0" })).Status.ShouldBe(201);

        var reply = await visit.Doctor.PostAsync(Path, new
        {
            patient_id = visit.Patient.PatientId,
            medicines = new object[] { new { medication_name = "Ibuprofen", dosage = "2 tablets", strength = "600 mg", frequency = "thrice_daily", route = "oral" }, new { medication_name = "Clarithromycin" }, new { medication_name = "Codeine" } },
        });

        var found = Findings(reply).Select(f => $"{f.GetProperty("kind").GetString()} {string.Join('+', f.GetProperty("ingredients").EnumerateArray().Select(i => i.GetString()))}").ToList();
        found.ShouldContain("interaction ibuprofen+warfarin");
        found.ShouldContain("interaction clarithromycin+simvastatin");
        found.ShouldContain("pregnancy ibuprofen");
        found.ShouldContain("dose ibuprofen");
        Findings(reply).Single(f => f.GetProperty("code").GetString() == "ONC-HIGH-11").GetProperty("medicines")[1].GetProperty("position").ValueKind.ShouldBe(JsonValueKind.Null);
        Gaps(reply).ShouldContain("breast_feeding : it is not known whether the patient breast-feeds");
        Gaps(reply).ShouldContain("allergy : nobody has recorded allergies, nor that there are none");
        Gaps(reply).ShouldNotContain(gap => gap.Contains("weight", StringComparison.Ordinal) || gap.Contains("the age", StringComparison.Ordinal));
        (await app.SqlAsync("SELECT count(*) FROM audit.events WHERE action = 'CheckInteractions' AND $1 = ANY (patient_ids)", visit.Patient.PatientId)).ShouldBe(1L);
    }

    [Fact]
    public async Task Names_that_contradict_each_other_are_all_checked_and_what_was_withdrawn_is_still_known()
    {
        using var doctor = await app.DoctorAsync();

        var reply = await doctor.PostAsync(Path, new
        {
            medicines = new object[] { new { medication_name = "Amoxicillin", atc_code = "B01AA03" }, new { medication_name = "aspirin" } },
            allergies = new[] { "penicillin" },
        });
        var withdrawn = await doctor.PostAsync(Path, new { medicines = new object[] { new { medication_name = "Cisapride 10 mg" }, new { medication_name = "Klacid" } } });
        var none = await doctor.PostAsync(Path, new { medicines = new object[] { new { medication_name = "Amoxicillin" } }, allergies = new[] { "No known drug allergies" } });

        Findings(reply).Select(f => f.GetProperty("kind").GetString()).ShouldContain("allergy");
        Findings(reply).ShouldContain(f => f.GetProperty("kind").GetString() == "interaction" && f.GetProperty("ingredients")[0].GetString() == "warfarin");
        Gaps(reply).ShouldContain(gap => gap.StartsWith("everything 1: its name", StringComparison.Ordinal));
        Findings(withdrawn)[0].GetProperty("code").GetString().ShouldBe("ONC-HIGH-08");
        Gaps(none).ShouldNotContain(gap => gap.StartsWith("allergy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_laboratory_knows_of_the_kidneys_counts_for_a_year()
    {
        using var order = await app.OrderedAsync("CREA");
        var ask = new { patient_id = order.Patient.PatientId, medicines = new[] { new { medication_name = "Metformin" } } };
        Findings(await order.Doctor.PostAsync(Path, ask)).ShouldNotContain(f => f.GetProperty("kind").GetString() == "kidney");
        (await order.EnterAsync(new { test = "CREA", value = 2.5, unit = "mg/dL", observed_at = app.Now.AddDays(-300) })).Status.ShouldBe(201);

        Findings(await order.Doctor.PostAsync(Path, ask)).ShouldContain(f => f.GetProperty("kind").GetString() == "kidney" && f.GetProperty("interrupts").GetBoolean());

        await app.SqlAsync("UPDATE labs.results SET observed_at = observed_at - interval '100 days' WHERE patient_id = $1", order.Patient.PatientId);
        Findings(await order.Doctor.PostAsync(Path, ask)).ShouldNotContain(f => f.GetProperty("kind").GetString() == "kidney");
    }

    [Fact]
    public async Task Another_persons_record_is_not_there_for_strangers_and_asks_administrators_for_a_reason()
    {
        using var visit = await app.StartedVisitAsync();
        using var stranger = await app.DoctorAsync();
        using var admin = await app.AdminAsync();
        using var other = await app.PatientAsync();
        var body = new { patient_id = visit.Patient.PatientId, medicines = new[] { new { medication_name = "Aspirin" } } };

        (await stranger.PostAsync(Path, body)).Status.ShouldBe(404);
        (await other.PostAsync(Path, body)).Status.ShouldBe(404);
        (await stranger.PostAsync(Path, new { patient_id = Guid.CreateVersion7(), medicines = body.medicines })).Status.ShouldBe(404);
        (await admin.PostAsync(Path, body)).ErrorCode.ShouldBe("BREAK_GLASS_REQUIRED");
        (await visit.Patient.PostAsync(Path, body)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_malformed_question_is_refused()
    {
        using var doctor = await app.DoctorAsync();
        string[] bodies =
        [
            """{"medicines": []}""",
            """{}""",
            """{"medicines": [{}]}""",
            """{"medicines": [{"medication_name": "a", "dose": "1"}]}""",
            """{"medicines": [{"medication_name": "a", "atc_code": "zz"}]}""",
            """{"medicines": [{"medication_name": "a"}], "allergies": [" "]}""",
            """{"medicines": [null]}""",
        ];
        foreach (var body in bodies)
        {
            (await doctor.PostAsync(Path, body)).Status.ShouldBe(400, body);
        }
    }

    [Fact]
    public async Task With_the_data_missing_the_answer_and_the_readiness_check_say_so()
    {
        using var empty = TableFolder.Copy();
        foreach (var file in Directory.EnumerateFiles(empty.Path))
        {
            File.Delete(file);
        }

        using var shelf = new SafetyShelf(Options.Create(new SafetyOptions { Folder = empty.Path }));
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var desk = new SafetyDesk(db, shelf, new MedicineResolver(db), scope.ServiceProvider.GetRequiredService<PatientFactsReader>());
        using var patient = await app.PatientAsync();

        var report = await desk.CheckAsync(patient.PatientId, [new OrderedMedicine("Warfarin"), new OrderedMedicine("Aspirin")], null, CancellationToken.None);

        report.State.ShouldBe(SafetyCheck.NotChecked);
        report.NotChecked.Single().Why.ShouldContain("missing");
        var state = await new SafetyStock(db, shelf).StateAsync(CancellationToken.None);
        state.IsWhole.ShouldBeFalse();
        state.Faults.ShouldContain("interactions.csv: Is missing.");
        using var admin = await app.AdminAsync();
        var health = (await admin.GetAsync("/health/detailed/")).Json;
        health.GetProperty("safety_data").GetProperty("version").GetString().ShouldBe(Shelf.Tables.Version);
        health.GetProperty("safety_data").GetProperty("faults").GetArrayLength().ShouldBe(0);
    }

    private static List<JsonElement> Findings(Reply reply) => [.. reply.Data.GetProperty("findings").EnumerateArray()];

    private static List<string> Gaps(Reply reply) =>
    [
        .. reply.Data.GetProperty("not_checked").EnumerateArray().Select(gap =>
            $"{gap.GetProperty("kind").GetString()} {(gap.GetProperty("medicine") is { ValueKind: JsonValueKind.Object } m ? m.GetProperty("position").ToString() : "")}: {gap.GetProperty("why").GetString()}"),
    ];
}
