using System.Text.Json;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Consultations;

/// <summary>A doctor, a patient, an appointment between them, and its document.</summary>
internal sealed record Visit(Person Doctor, Person Patient, Guid AppointmentId, Guid Id) : IDisposable
{
    public string Path => $"/api/consultations/{Id}/";

    public Task<Reply> ByDoctorAsync(string verb, object? body = null) => Doctor.PostAsync($"{Path}{verb}/", body);

    public async Task<JsonElement> ReadAsync(Person reader)
    {
        var reply = await reader.GetAsync(Path);
        reply.Status.ShouldBe(200, reply.Text);
        return reply.Data;
    }

    /// <summary>Waits until the document has followed its appointment.</summary>
    public Task BecomesAsync(string status) =>
        Eventually.HoldsAsync(async () => (await ReadAsync(Doctor)).GetProperty("status").GetString() == status, status);

    public async Task<string> AppointmentStatusAsync() => (await Doctor.GetAsync($"/api/appointments/{AppointmentId}/")).Word("status");

    public void Dispose()
    {
        Doctor.Dispose();
        Patient.Dispose();
    }
}

/// <summary>What the tests of visits arrange in one phrase.</summary>
internal static class Visits
{
    public static readonly object Amoxicillin = new
    {
        medication_name = "Amoxicillin",
        dosage = "500 mg",
        frequency = "thrice_daily",
        form = "capsule",
        route = "oral",
        duration_days = 7,
        quantity = 21,
    };

    /// <summary>An appointment without a document.</summary>
    public static async Task<Visit> AppointmentAsync(this TestApp app)
    {
        var doctor = await app.BookableDoctorAsync();
        var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(), 1);
        return new Visit(doctor, patient, await patient.BookedAsync(slots[0]), Guid.Empty);
    }

    /// <summary>A planned visit; the members are the text that the document begins with.</summary>
    public static async Task<Visit> VisitAsync(this TestApp app, Dictionary<string, object>? text = null)
    {
        var visit = await app.AppointmentAsync();
        var body = new Dictionary<string, object>(text ?? []) { ["appointment_id"] = visit.AppointmentId };
        var reply = await visit.Doctor.PostAsync("/api/consultations/", body);
        reply.Status.ShouldBe(201, reply.Text);
        return visit with { Id = reply.Id };
    }

    public static async Task<Visit> StartedVisitAsync(this TestApp app, Dictionary<string, object>? text = null)
    {
        var visit = await app.VisitAsync(text);
        (await visit.ByDoctorAsync("start")).Status.ShouldBe(200);
        return visit;
    }

    public static async Task<Visit> CompletedVisitAsync(this TestApp app, Dictionary<string, object>? text = null)
    {
        var visit = await app.StartedVisitAsync(text);
        (await visit.ByDoctorAsync("complete")).Status.ShouldBe(200);
        return visit;
    }
}
