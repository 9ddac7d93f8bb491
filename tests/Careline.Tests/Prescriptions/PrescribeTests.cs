using Careline.Tests.Consultations;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Prescriptions;

public sealed class PrescribeTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Lines_of_one_visit_stand_on_one_prescription_that_is_issued_when_the_visit_is_complete()
    {
        using var visit = await app.StartedVisitAsync();
        var first = await visit.ByDoctorAsync("prescriptions", Visits.Amoxicillin);
        var second = await visit.ByDoctorAsync("prescriptions", new
        {
            medication_name = "Paracetamol",
            dosage = "1 g",
            frequency = "as needed, at most 4 a day",
            generic_name = "paracetamol",
            atc_code = "N02BE01",
            strength = "500 mg",
            refills = 0,
            instructions = "With water",
        });
        first.Status.ShouldBe(201, first.Text);
        second.Status.ShouldBe(201, second.Text);
        (await visit.Patient.GetAsync("/api/prescriptions/")).Total.ShouldBe(0);
        (await visit.Doctor.GetAsync("/api/prescriptions/?status=draft")).Total.ShouldBe(1);

        (await visit.ByDoctorAsync("complete")).Status.ShouldBe(200);

        var sheet = (await visit.Patient.GetAsync("/api/prescriptions/")).Rows.Single();
        sheet.GetProperty("number").GetString()!.ShouldStartWith("RX-");
        sheet.GetProperty("status").GetString().ShouldBe("active");
        sheet.GetProperty("doctor").GetProperty("id").GetGuid().ShouldBe(visit.Doctor.DoctorId);
        sheet.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("medication_name").GetString()).ShouldBe(["Amoxicillin", "Paracetamol"]);
        sheet.GetProperty("lines").EnumerateArray().ShouldAllBe(l => l.GetProperty("safety_check").GetString() == "partly_checked");
        var one = await visit.Patient.GetAsync($"/api/prescriptions/{sheet.GetProperty("id").GetGuid()}/");
        one.Data.GetRawText().ShouldBe(sheet.GetRawText());
        one.ETag.ShouldNotBeNull();
    }

    [Fact]
    public async Task Ten_lines_at_once_stand_on_one_prescription_in_a_gapless_order()
    {
        using var visit = await app.StartedVisitAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => visit.ByDoctorAsync("prescriptions", Visits.Amoxicillin)));

        replies.ShouldAllBe(r => r.Status == 201);
        replies.Select(r => r.Data.GetProperty("position").GetInt32()).Order().ShouldBe(Enumerable.Range(1, 10));
        replies.Select(r => r.Data.GetProperty("prescription_id").GetGuid()).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Strangers_find_no_prescription()
    {
        using var visit = await app.StartedVisitAsync();
        var line = await visit.ByDoctorAsync("prescriptions", Visits.Amoxicillin);
        (await visit.ByDoctorAsync("complete")).Status.ShouldBe(200);
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();

        foreach (var stranger in new[] { doctor, patient })
        {
            (await stranger.GetAsync($"/api/prescriptions/{line.Data.GetProperty("prescription_id").GetGuid()}/")).Status.ShouldBe(404);
            (await stranger.GetAsync($"/api/prescriptions/?patient={visit.Patient.PatientId}")).Total.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("""{"dosage": "1", "frequency": "x"}""", "medication_name")]
    [InlineData("""{"medication_name": " ", "dosage": "1", "frequency": "x"}""", "medication_name")]
    [InlineData("""{"medication_name": "A", "dosage": "1", "frequency": "x", "form": "pill"}""", "form")]
    [InlineData("""{"medication_name": "A", "dosage": "1", "frequency": "x", "duration_days": 0}""", "duration_days")]
    [InlineData("""{"medication_name": "A", "dosage": "1", "frequency": "x", "quantity": 100001}""", "quantity")]
    [InlineData("""{"medication_name": "A", "dosage": "1", "frequency": "x", "refills": -1}""", "refills")]
    [InlineData("""{"medication_name": "A", "dosage": "1", "frequency": "x", "atc_code": "amoxi"}""", "atc_code")]
    [InlineData("""{"medication_name": "A", "dosage": "1", "frequency": "x", "dose": "2"}""", "dose")]
    public async Task A_malformed_order_is_refused_by_field(string body, string field)
    {
        using var visit = await app.StartedVisitAsync();

        var reply = await visit.ByDoctorAsync("prescriptions", body);

        reply.Status.ShouldBe(400, reply.Text);
        reply.ErrorDetails.TryGetProperty(field, out _).ShouldBeTrue(reply.Text);
    }

    [Theory]
    [InlineData("""{"text": "Flu", "code": "flu"}""", "code")]
    [InlineData("""{"text": ""}""", "text")]
    [InlineData("""{"text": "Flu", "kind": "main"}""", "kind")]
    public async Task A_malformed_diagnosis_is_refused_by_field(string body, string field)
    {
        using var visit = await app.StartedVisitAsync();

        var reply = await visit.ByDoctorAsync("diagnoses", body);

        reply.Status.ShouldBe(400, reply.Text);
        reply.ErrorDetails.TryGetProperty(field, out _).ShouldBeTrue(reply.Text);
    }
}
