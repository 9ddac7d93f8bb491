using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Analytics;

/// <summary>What the tests of figures arrange in one phrase.</summary>
internal static class Visits
{
    private static int _minutes;

    /// <summary>The day before which no visit of these tests lies.</summary>
    public static DateTimeOffset Morning { get; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A visit as it is in the end. Started ones were checked in ten minutes late, begun fifteen minutes late and lasted twenty minutes.</summary>
    public static async Task VisitAsync(
        this TestApp app, Person doctor, Guid patient, string status = "completed", DateTimeOffset? at = null, Guid? clinic = null, string zone = "UTC")
    {
        var id = Guid.CreateVersion7();
        var start = at ?? Morning.AddMinutes(30 * Interlocked.Increment(ref _minutes));
        await app.SqlAsync(
            """
            INSERT INTO scheduling.appointments (id, doctor_id, patient_id, clinic_id, starts_at, ends_at, time_zone, local_date, status, visit_type, modality, urgency, checked_in_at,
                started_at, ended_at, created_by, created_at, updated_at, version)
            VALUES ($1, $2, $3, CASE WHEN $4 = $1 THEN NULL ELSE $4 END, $5, $5 + interval '30 minutes', $6, ($5 AT TIME ZONE $6)::date, $7, 'general', 'video', 'medium',
                CASE WHEN $7 = 'completed' THEN $5 + interval '10 minutes' END, CASE WHEN $7 = 'completed' THEN $5 + interval '15 minutes' END,
                CASE WHEN $7 = 'completed' THEN $5 + interval '35 minutes' END, $8, $5 - interval '48 hours', $5, 1)
            """,
            id, doctor.DoctorId, patient, clinic ?? id, start, zone, status, doctor.UserId);
    }

    /// <summary>Patients of whom nothing is known but this.</summary>
    public static async Task<Guid[]> PatientsAsync(this TestApp app, int count, string gender = "female", string born = "1980-05-01")
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToArray();
        await app.SqlAsync(
            """
            INSERT INTO patients.patients (id, first_name, last_name, gender, date_of_birth, is_active, created_at, updated_at, version)
            SELECT i, 'Quiet', 'Person', $2, $3::date, true, $4, $4, 1 FROM unnest($1) AS i
            """, ids, gender, DateOnly.Parse(born, null), app.Now);
        return ids;
    }

    public static object Question(object? more = null, params string[] measures) => Merge(
        new { dataset = "appointments", measures = measures.Length > 0 ? measures : ["appointments"], start_date = "2026-01-01", end_date = "2026-12-31" }, more);

    public static System.Text.Json.Nodes.JsonObject Merge(object one, object? other)
    {
        var merged = System.Text.Json.JsonSerializer.SerializeToNode(one)!.AsObject();
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(other ?? new { })!.AsObject())
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    public static async Task<Reply> RunAsync(this Person caller, object? more = null, params string[] measures)
    {
        var reply = await caller.PostAsync("/api/analytics/reports/run/", Question(more, measures));
        reply.Status.ShouldBe(200, reply.Text);
        return reply;
    }

    public static IReadOnlyList<System.Text.Json.JsonElement> Lines(this Reply reply) => [.. reply.Data.GetProperty("rows").EnumerateArray()];

    /// <summary>A report to keep, of today.</summary>
    public static object Report(string name) => new { name, question = new { dataset = "appointments", measures = new[] { "appointments" }, period = "today" } };

    public static object Daily { get; } = new { frequency = "daily", time = "08:00:00", time_zone = "UTC", format = "csv" };

    /// <summary>Somebody who runs a clinic.</summary>
    public static async Task<(Guid Clinic, Person Head)> RunClinicAsync(this TestApp app)
    {
        var (clinic, head) = (await app.ClinicAsync(), await app.StaffAsync("receptionist"));
        await app.JoinAsync(head, clinic, "administrator");
        return (clinic, head);
    }
}
