using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Platform.Data;
using Careline.Scheduling.Contracts;

namespace Careline.Analytics.Reports;

/// <summary>What can be asked of appointments.</summary>
internal static class AppointmentFacts
{
    // Whoever leaves the zone open means the clock by which each visit was agreed.
    private const string Day = "(CASE WHEN $6::text IS NULL THEN f.local_date ELSE (f.starts_at AT TIME ZONE $6)::date END)";
    private const string Ended = "count(*) FILTER (WHERE f.status IN ('completed', 'cancelled', 'rejected', 'no_show'))";

    public static Dataset Dataset { get; } = new("appointments", "Visits that were agreed or asked for, by the day on which they begin; times that were only held are none.")
    {
        From = "scheduling.appointment_facts f",
        Day = Day,
        Moment = "f.starts_at",
        Listed = "f.hidden_at IS NULL",
        Measures = [.. Counts, .. Times],
        Dimensions =
        [
            .. Dataset.Calendar(Day, "extract(hour FROM f.starts_at AT TIME ZONE coalesce($6, f.time_zone))::int", Joins.None),
            .. Dataset.Places,
            new("status", "Where the visit stands.", ValueKind.Text, "f.status") { Words = [.. EnumText<AppointmentStatus>.All.Except(["held", "expired"])] },
            new("visit_type", "Why somebody comes.", ValueKind.Text, "f.visit_type") { Words = EnumText<VisitType>.All },
            new("modality", "How doctor and patient meet.", ValueKind.Text, "f.modality") { Words = EnumText<Modality>.All },
            new("urgency", "How soon the patient must be seen.", ValueKind.Text, "f.urgency") { Words = EnumText<Urgency>.All },
            new("sex", "The patient's administrative gender.", ValueKind.Text, "p.gender") { Needs = Joins.Patient, DescribesPatients = true, Words = EnumText<Gender>.All },
            new("age_band", "The patient's age in years on the first day of the period.", ValueKind.Text, Age)
            {
                Needs = Joins.Patient,
                DescribesPatients = true,
                Words = ["0-17", "18-29", "30-44", "45-59", "60-74", "75+", "unknown"],
            },
        ],
        Columns =
        [
            new("number", ValueKind.Text, "f.number"),
            new("date", ValueKind.Day, Day),
            new("start", ValueKind.Instant, "f.starts_at"),
            new("end", ValueKind.Instant, "f.ends_at"),
            new("time_zone", ValueKind.Text, "coalesce($6, f.time_zone)"),
            new("status", ValueKind.Text, "f.status"),
            new("visit_type", ValueKind.Text, "f.visit_type"),
            new("modality", ValueKind.Text, "f.modality"),
            new("urgency", ValueKind.Text, "f.urgency"),
            new("doctor", ValueKind.Text, "d.name"),
            new("specialty", ValueKind.Text, "d.specializations[1]"),
            new("clinic", ValueKind.Text, "c.name"),
            new("patient_number", ValueKind.Text, "p.number"),
            new("patient_name", ValueKind.Text, "p.name") { IsName = true },
            new("fee", ValueKind.Money, "f.fee_amount"),
            new("currency", ValueKind.Text, "f.fee_currency"),
            new("booked_at", ValueKind.Instant, "f.created_at"),
            new("checked_in_at", ValueKind.Instant, "f.checked_in_at"),
            new("started_at", ValueKind.Instant, "f.started_at"),
            new("ended_at", ValueKind.Instant, "f.ended_at"),
        ],
    };

    // As of one day for all of the report, so that nobody stands in two groups of it.
    private const string Age =
        """
        (CASE WHEN p.date_of_birth IS NULL THEN 'unknown' WHEN p.date_of_birth > $4::date - interval '18 years' THEN '0-17' WHEN p.date_of_birth > $4::date - interval '30 years' THEN '18-29'
        WHEN p.date_of_birth > $4::date - interval '45 years' THEN '30-44' WHEN p.date_of_birth > $4::date - interval '60 years' THEN '45-59'
        WHEN p.date_of_birth > $4::date - interval '75 years' THEN '60-74' ELSE '75+' END)
        """;

    private static IReadOnlyList<Measure> Counts =>
    [
        new("appointments", "All visits, however they ended.", ValueKind.Count, "count(*)"),
        new("completed", "Visits that took place.", ValueKind.Count, "count(*) FILTER (WHERE f.status = 'completed')"),
        new("cancelled", "Visits that were called off.", ValueKind.Count, "count(*) FILTER (WHERE f.status = 'cancelled')"),
        new("no_shows", "Visits to which the patient did not come.", ValueKind.Count, "count(*) FILTER (WHERE f.status = 'no_show')"),
        new("rejected", "Requests that the practice declined.", ValueKind.Count, "count(*) FILTER (WHERE f.status = 'rejected')"),
        new("completion_rate", "Visits that took place, of those that ended in any way.", ValueKind.Number, Share("count(*) FILTER (WHERE f.status = 'completed')", Ended)) { Unit = "percent" },
        new("cancellation_rate", "Visits that were called off, of those that ended in any way.", ValueKind.Number, Share("count(*) FILTER (WHERE f.status = 'cancelled')", Ended)) { Unit = "percent" },
        new("no_show_rate", "Missed visits, of those that were to take place: missed or completed.", ValueKind.Number,
            Share("count(*) FILTER (WHERE f.status = 'no_show')", "count(*) FILTER (WHERE f.status IN ('no_show', 'completed'))")) { Unit = "percent" },
        new("patients", "Different patients.", ValueKind.Count, "count(DISTINCT f.patient_id)"),
        new("booked_minutes", "The time that the visits take in the calendar, those called off left out.", ValueKind.Count,
            "coalesce(round(sum(date_part('epoch', f.ends_at - f.starts_at) / 60) FILTER (WHERE f.status NOT IN ('cancelled', 'rejected'))), 0)::bigint") { Unit = "minutes" },
    ];

    private static IReadOnlyList<Measure> Times =>
    [
        new("average_duration", "From the beginning to the end of completed visits.", ValueKind.Number,
            Average("f.ended_at - f.started_at", 60, "f.status = 'completed' AND f.started_at IS NOT NULL")) { Unit = "minutes" },
        new("average_wait", "From checking in to the beginning of visits.", ValueKind.Number,
            Average("f.started_at - f.checked_in_at", 60, "f.started_at IS NOT NULL AND f.checked_in_at IS NOT NULL")) { Unit = "minutes" },
        new("average_delay", "By how much visits began after the agreed time; those that began before it count as on time.", ValueKind.Number,
            Average("greatest(f.started_at - f.starts_at, interval '0')", 60, "f.started_at IS NOT NULL")) { Unit = "minutes" },
        new("punctuality", "Visits that began at most five minutes after the agreed time, of those that began.", ValueKind.Number,
            Share("count(*) FILTER (WHERE f.started_at <= f.starts_at + interval '5 minutes')", "count(f.started_at)")) { Unit = "percent" },
        new("lead_time", "From booking to the agreed time.", ValueKind.Number, Average("f.starts_at - f.created_at", 86400, "f.starts_at >= f.created_at")) { Unit = "days" },
    ];

    private static string Share(string part, string whole) => $"round(100.0 * {part} / nullif({whole}, 0), 1)::float8";

    private static string Average(string span, int seconds, string of) => $"round((avg(date_part('epoch', {span}) / {seconds}) FILTER (WHERE {of}))::numeric, 1)::float8";
}
