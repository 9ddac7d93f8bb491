using System.Text.Json;
using Careline.Tests.Records;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Labs;

/// <summary>A patient in a doctor's care, and an order between them.</summary>
internal sealed record LabCase(Person Doctor, Person Patient, Guid OrderId, string Number) : IDisposable
{
    public string Path => $"/api/labs/orders/{OrderId}/";

    public Task<Reply> EnterAsync(params object[] results) => Doctor.PostAsync($"{Path}results/", new { results });

    /// <summary>Enters one result and answers it.</summary>
    public async Task<JsonElement> ResultAsync(object result)
    {
        var reply = await EnterAsync(result);
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Rows.Single();
    }

    public async Task<string> StatusAsync() => (await Doctor.GetAsync(Path)).Word("status");

    public void Dispose()
    {
        Doctor.Dispose();
        Patient.Dispose();
    }
}

/// <summary>What the tests of laboratories arrange in one phrase.</summary>
internal static class Laboratory
{
    public const string Orders = "/api/labs/orders/";
    public const string Results = "/api/labs/results/";

    /// <summary>An order for a patient of whom birth and sex are known.</summary>
    public static async Task<LabCase> OrderedAsync(this TestApp app, params string[] tests)
    {
        var doctor = await app.BookableDoctorAsync();
        var patient = await app.PatientAsync();
        await app.SqlAsync("UPDATE patients.patients SET date_of_birth = '1980-05-17', gender = 'female' WHERE id = $1", patient.PatientId);
        await app.TreatAsync(doctor, patient);
        return await app.OrderedAsync(doctor, patient, new { patient_id = patient.PatientId, tests });
    }

    public static async Task<LabCase> OrderedAsync(this TestApp app, Person doctor, Person patient, object order)
    {
        var reply = await doctor.PostAsync(Orders, order);
        reply.Status.ShouldBe(201, reply.Text);
        return new LabCase(doctor, patient, reply.Id, reply.Word("number"));
    }

    public static string Flag(this JsonElement result) => result.GetProperty("reading").GetProperty("flag").GetString()!;
}
