using Careline.Tests.Support;

namespace Careline.Tests.Doctors;

/// <summary>What the tests of reviews arrange in one phrase.</summary>
internal static class Reviewing
{
    /// <summary>A visit that took place, without the calendar: what scheduling would have told.</summary>
    public static async Task<Guid> VisitedAsync(this TestApp app, Person patient, Person doctor)
    {
        var visit = Guid.CreateVersion7();
        await app.SqlAsync("INSERT INTO doctors.reviewable_visits VALUES ($1, $2, $3, $4)", visit, doctor.DoctorId, patient.PatientId, app.Now);
        return visit;
    }

    /// <summary>A review of a visit of its own; answers its id.</summary>
    public static async Task<Guid> ReviewedAsync(this TestApp app, Person patient, Person doctor, int rating = 4, string? comment = null)
    {
        var reply = await patient.ReviewAsync(doctor, await app.VisitedAsync(patient, doctor), rating, comment);
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Id;
    }

    public static Task<Reply> ReviewAsync(this Person patient, Person doctor, Guid visit, int rating = 4, string? comment = null) =>
        patient.PostAsync($"/api/doctors/{doctor.DoctorId}/reviews/", new { appointment_id = visit, rating, comment });
}
