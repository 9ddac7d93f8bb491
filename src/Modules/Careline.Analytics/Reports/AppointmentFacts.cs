using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Scheduling.Contracts;

namespace Careline.Analytics.Reports;

/// <summary>What can be asked of appointments.</summary>
internal static class AppointmentFacts
{
    // Whoever leaves the zone open means the clock by which each visit was agreed.
    private const string Day = "(CASE WHEN $6::text IS NULL THEN f.local_date ELSE (f.starts_at AT TIME ZONE $6)::date END)";
    private const string Ended = "f.status IN ('completed', 'cancelled', 'rejected', 'no_show')";

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
        new("appointments", "All visits, however they ended.", ValueKind.Count, "coalesce({0}, 0)::bigint", "count(*)"),
        Count("completed", "Visits that took place.", "f.status = 'completed'"),
        Count("cancelled", "Visits that were called off.", "f.status = 'cancelled'"),
        Count("no_shows", "Visits to which the patient did not come.", "f.status = 'no_show'"),
        Count("rejected", "Requests that the practice declined.", "f.status = 'rejected'"),
        Share("completion_rate", "Visits that took place, of those that ended in any way.", "f.status = 'completed'", Ended),
        Share("cancellation_rate", "Visits that were called off, of all that were agreed.", "f.status = 'cancelled'", "f.status NOT IN ('requested', 'rejected')"),
        Share("no_show_rate", "Missed visits, of those that were to take place: missed or completed.", "f.status = 'no_show'", "f.status IN ('no_show', 'completed')"),
        new("patients", "Different patients.", ValueKind.Count, "", "count(*)") { CountsPatients = true },
        new("booked_minutes", "The time that the visits take in the calendar, those called off left out.", ValueKind.Count, "coalesce(round({0} / 60), 0)::bigint",
            "sum(date_part('epoch', f.ends_at - f.starts_at)) FILTER (WHERE f.status NOT IN ('cancelled', 'rejected'))") { Unit = "minutes" },
    ];

    private static IReadOnlyList<Measure> Times =>
    [
        Average("average_duration", "From the beginning to the end of completed visits.", "f.ended_at - f.started_at", 60, "minutes",
            "f.status = 'completed' AND f.started_at IS NOT NULL"),
        Average("average_wait", "From checking in to the beginning of visits.", "f.started_at - f.checked_in_at", 60, "minutes",
            "f.started_at IS NOT NULL AND f.checked_in_at IS NOT NULL"),
        Average("average_delay", "By how much visits began after the agreed time; those that began before it count as on time.",
            "greatest(f.started_at - f.starts_at, interval '0')", 60, "minutes", "f.started_at IS NOT NULL"),
        Share("punctuality", "Visits that began at most five minutes after the agreed time, of those that began.", "f.started_at <= f.starts_at + interval '5 minutes'",
            "f.started_at IS NOT NULL"),
        Average("lead_time", "From booking to the agreed time.", "f.starts_at - f.created_at", 86400, "days", "f.starts_at >= f.created_at"),
    ];

    private static Measure Count(string name, string meaning, string of) => new(name, meaning, ValueKind.Count, "coalesce({0}, 0)::bigint", $"count(*) FILTER (WHERE {of})");

    private static Measure Share(string name, string meaning, string part, string of) => new(
        name, meaning, ValueKind.Number, "round(100.0 * {0} / nullif({1}, 0), 1)::float8", $"count(*) FILTER (WHERE {part})", $"count(*) FILTER (WHERE {of})")
    { Unit = "percent" };

    private static Measure Average(string name, string meaning, string span, int seconds, string unit, string of) => new(
        name, meaning, ValueKind.Number, $"round(({{0}} / nullif({{1}}, 0) / {seconds})::numeric, 1)::float8",
        $"sum(date_part('epoch', {span})) FILTER (WHERE {of})", $"count(*) FILTER (WHERE {of})")
    { Unit = unit };
}
