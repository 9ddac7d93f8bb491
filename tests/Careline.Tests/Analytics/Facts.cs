using System.Globalization;
using System.Text.Json;
using Careline.Tests.Payments;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Analytics;

/// <summary>A practice with a past: many visits, answers and some money, of two clinics and two doctors, and who looks at the figures.</summary>
public sealed class PracticeWithAPast(TestCluster cluster) : TestApp(cluster), IAsyncLifetime
{
    /// <summary>Runs the clinic.</summary>
    internal Person Boss { get; private set; } = null!;

    internal Person Desk { get; private set; } = null!;

    internal Person Admin { get; private set; } = null!;

    internal Person Doctor { get; private set; } = null!;

    internal Person Other { get; private set; } = null!;

    internal Guid Clinic { get; private set; }

    internal Guid Elsewhere { get; private set; }

    /// <summary>Whose the past visits are.</summary>
    internal Guid PatientId { get; private set; }

    internal DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        (Clinic, Elsewhere) = (await this.ClinicAsync(), await this.ClinicAsync());
        (Admin, Desk, Boss) = (await AdminAsync(), await StaffAsync("receptionist", Clinic), await StaffAsync("receptionist"));
        await JoinClinicAsync(Boss.UserId, Clinic, "administrator");
        (Doctor, Other) = (await this.PaidDoctorAsync(), await this.PaidDoctorAsync());
        await this.JoinAsync(Doctor, Clinic, "doctor");
        using var patient = await PatientAsync();
        PatientId = patient.PatientId;
        await MakeVisitsAsync();
        await MakeAnswersAsync();
        await TakeMoneyAsync();

        // The past came without news, and after this host may have counted for the first time.
        (await Admin.PostAsync("/api/analytics/rebuild/")).Status.ShouldBe(200);
    }

    internal Task RefreshAsync() => RunJobAsync("analytics.refresh-figures");

    /// <summary>All rows of a query, with its columns by name.</summary>
    internal async Task<List<JsonElement>> RowsAsync(string query) =>
        [.. JsonDocument.Parse((string)(await SqlAsync($"SELECT coalesce(json_agg(q), '[]')::text FROM ({query}) q"))!).RootElement.EnumerateArray()];

    // Times and outcomes spread by remainders that share no divisor: every figure comes out otherwise in every scope.
    private async Task MakeVisitsAsync() => await SqlAsync(
        """
        INSERT INTO scheduling.appointments (id, doctor_id, patient_id, clinic_id, starts_at, ends_at, time_zone, local_date, status, visit_type, modality, urgency, fee_amount,
                fee_currency, checked_in_at, started_at, ended_at, created_by, created_at, updated_at, version)
            SELECT gen_random_uuid(), CASE WHEN k % 3 = 0 THEN $2 ELSE $1 END, $3, CASE k % 5 WHEN 0 THEN NULL WHEN 1 THEN $5 ELSE $4 END, t, t + interval '20 minutes', z,
                (t AT TIME ZONE z)::date, s, 'general', (ARRAY['video', 'audio', 'chat', 'in_person'])[1 + k % 4], 'medium', NULL, NULL,
                CASE WHEN s IN ('checked_in', 'in_progress', 'completed') THEN t - (k % 13) * interval '1 minute' END,
                CASE WHEN s IN ('in_progress', 'completed') THEN t + (k % 11) * interval '1 minute' END,
                CASE WHEN s = 'completed' THEN t + (20 + k % 17) * interval '1 minute' WHEN s = 'cancelled' THEN t - interval '1 hour' END,
                $6, t - (k % 19 + 1) * interval '7 hours', t, 1
            FROM generate_series(0, 799) AS k,
                LATERAL (SELECT (ARRAY['Africa/Lagos', 'America/Los_Angeles', 'Pacific/Auckland'])[1 + k % 3] AS z,
                    date_trunc('hour', $7::timestamptz) - interval '70 days' + k * interval '151 minutes' AS t) AS at,
                LATERAL (SELECT CASE WHEN t < $7
                    THEN (ARRAY['completed', 'completed', 'cancelled', 'no_show', 'completed', 'in_progress', 'checked_in', 'completed', 'no_show', 'requested', 'rejected'])[1 + k % 11]
                    ELSE (ARRAY['scheduled', 'confirmed', 'cancelled', 'requested', 'scheduled'])[1 + k % 5] END AS s) AS how
        """,
        Doctor.DoctorId, Other.DoctorId, PatientId, Clinic, Elsewhere, Admin.UserId, Now);

    private async Task MakeAnswersAsync() => await SqlAsync(
        """
        INSERT INTO analytics.surveys (id, patient_id, doctor_id, clinic_id, asked_at, expires_at, answered_at, rating, recommends, version)
            SELECT id, patient_id, doctor_id, clinic_id, ended_at, ended_at + interval '14 days', CASE WHEN is_answered THEN ended_at + (k % 40) * interval '1 hour' END,
                CASE WHEN is_answered THEN 1 + k % 5 END, CASE WHEN is_answered AND k % 7 > 0 THEN k % 11 END, 1
            FROM (SELECT *, row_number() OVER (ORDER BY starts_at) AS k FROM scheduling.appointments WHERE status = 'completed') v,
                LATERAL (SELECT k % 3 > 0 AND ended_at + (k % 40) * interval '1 hour' < $1 AS is_answered) AS a
        """,
        Now);

    private async Task TakeMoneyAsync()
    {
        foreach (var (doctor, clinic, ahead) in new[] { (Doctor, Clinic, 40), (Doctor, Guid.Empty, 41), (Other, Elsewhere, 40) })
        {
            using var patient = await PatientAsync();
            foreach (var slot in await doctor.OfferAsync(this.Day(ahead), 2))
            {
                var visit = await patient.BookedAsync(slot);
                await SqlAsync("UPDATE scheduling.appointments SET clinic_id = nullif($2, '00000000-0000-0000-0000-000000000000'::uuid) WHERE id = $1", visit, clinic);
                var started = (await patient.StartAsync(visit, new { method = "cash" })).Id;
                (await Admin.PostAsync($"/api/payments/{started}/receive/", new { method = "cash" })).Status.ShouldBe(200);
            }

            var paid = (await patient.GetAsync("/api/payments/")).Rows.First().GetProperty("id").GetGuid();
            (await Admin.PostAsync($"/api/payments/{paid}/refund/", new { amount = 10_001 })).Status.ShouldBe(201);
        }
    }
}

/// <summary>What tests of other things arrange of figures.</summary>
internal static class Questions
{
    /// <summary>The patient is asked how a visit was, whether or not it took place.</summary>
    public static Task AskHowItWasAsync(this TestApp app, Guid appointment) => app.SqlAsync(
        """
        INSERT INTO analytics.surveys (id, patient_id, doctor_id, clinic_id, asked_at, expires_at, version)
            SELECT id, patient_id, doctor_id, clinic_id, $2, $2 + interval '14 days', 1 FROM scheduling.appointments WHERE id = $1 ON CONFLICT DO NOTHING
        """,
        appointment,
        app.Now);
}

/// <summary>A visit as it lies in the database, for counting it by hand.</summary>
internal sealed record Visit(JsonElement Row)
{
    public Guid? Doctor => Row.GetProperty("doctor_id").GetGuid();

    public Guid? Clinic => Row.GetProperty("clinic_id").ValueKind == JsonValueKind.Null ? null : Row.GetProperty("clinic_id").GetGuid();

    public string Status => Row.GetProperty("status").GetString()!;

    public string Modality => Row.GetProperty("modality").GetString()!;

    public DateOnly Day => DateOnly.Parse(Row.GetProperty("local_date").GetString()!, CultureInfo.InvariantCulture);

    public DateTimeOffset? At(string name) => Row.GetProperty(name).ValueKind == JsonValueKind.Null ? null : Row.GetProperty(name).GetDateTimeOffset();
}
