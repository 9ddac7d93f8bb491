using Careline.Clinics.Nearby;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Clinics;

/// <summary>What the tests of clinics arrange in one phrase.</summary>
internal static class Running
{
    public const string Path = "/api/eclinic/clinics/";

    /// <summary>Waits until the index stands on what the tables hold now, also where a test wrote them past the application.</summary>
    public static async Task IndexClinicsAsync(this TestApp app)
    {
        var index = app.Services.GetRequiredService<ClinicIndex>();
        index.Distrust();
        await Eventually.HoldsAsync(() => index.IsTrusted);
    }

    /// <summary>Somebody who runs a clinic, and has no other right there.</summary>
    public static async Task<Person> BossAsync(this TestApp app, Guid clinic)
    {
        var boss = await app.StaffAsync("receptionist");
        await app.JoinClinicAsync(boss.UserId, clinic, "administrator");
        return boss;
    }

    /// <summary>A verified clinic, in a zone and at a place.</summary>
    public static async Task<Guid> OpenedClinicAsync(this TestApp app, string name = "Harbour", string zone = "UTC", (double Latitude, double Longitude)? at = null)
    {
        using var admin = await app.AdminAsync();
        var location = at is var (latitude, longitude) ? new { latitude, longitude } : null;
        var opened = await admin.PostAsync(Path, new { name, time_zone = zone, location });
        opened.Status.ShouldBe(201, opened.Text);
        return opened.Id;
    }

    /// <summary>A visit at a clinic that took place, without the calendar: what scheduling would have told.</summary>
    public static async Task<Guid> VisitedClinicAsync(this TestApp app, Person patient, Guid clinic)
    {
        var visit = Guid.CreateVersion7();
        await app.SqlAsync("INSERT INTO clinics.reviewable_visits VALUES ($1, $2, $3, $4)", visit, clinic, patient.PatientId, app.Now);
        return visit;
    }

    public static async Task<Guid> ReviewedClinicAsync(this TestApp app, Person patient, Guid clinic, int rating = 4)
    {
        var reply = await patient.PostAsync($"{Path}{clinic}/reviews/", new { appointment_id = await app.VisitedClinicAsync(patient, clinic), rating });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Id;
    }

    public static async Task<Guid> SoldAsync(this Person boss, Guid clinic, object service)
    {
        var reply = await boss.PostAsync($"{Path}{clinic}/services/", service);
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Id;
    }

    public static bool Has(this Reply list, Guid id) => list.Rows.Any(r => r.GetProperty("id").GetGuid() == id);
}
