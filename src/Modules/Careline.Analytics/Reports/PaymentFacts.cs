using Careline.Payments.Contracts;

namespace Careline.Analytics.Reports;

/// <summary>What can be asked of payments.</summary>
internal static class PaymentFacts
{
    private const string Zone = "coalesce($6, c.time_zone, 'UTC')";
    private const string Day = "(f.at AT TIME ZONE " + Zone + ")::date";

    public static Dataset Dataset { get; } = new("payments", "What was booked for payments: money that came, went back, or was taken back by a bank, by the day on which it was booked.")
    {
        From = "payments.posting_facts f",
        Day = Day,
        Moment = "f.at",
        Needs = Joins.Clinic,
        Listed = "f.kind <> 'fee'",
        Measures =
        [
            new("payments", "Payments that came.", ValueKind.Count, "coalesce({0}, 0)::bigint", "count(*) FILTER (WHERE f.kind = 'payment')"),
            new("refunds", "Times that money was given back.", ValueKind.Count, "coalesce({0}, 0)::bigint", "count(*) FILTER (WHERE f.kind = 'refund')"),
            new("payers", "Different patients for whom something was paid.", ValueKind.Count, "", "count(*) FILTER (WHERE f.kind = 'payment')") { CountsPatients = true },
            Sum("captured", "Money that came.", "f.amount", "f.kind = 'payment'"),
            Sum("refunded", "Money that was given back.", "f.amount", "f.kind = 'refund'"),
            Sum("charged_back", "Money that banks took back, less what they gave again.", "-f.effect", "f.kind = 'chargeback'"),
            Sum("net", "Money that came, less what was given or taken back.", "f.effect", "true"),
            Sum("discounts", "What coupons and plans took off the payments that came.", "f.discount_amount", "f.kind = 'payment'"),
            Sum("taxes", "Taxes in the payments that came.", "f.tax_amount", "f.kind = 'payment'"),
            new("average_payment", "What came with a payment on average.", ValueKind.Money, "round({0}::numeric / nullif({1}, 0))::bigint",
                "sum(f.amount) FILTER (WHERE f.kind = 'payment')", "count(*) FILTER (WHERE f.kind = 'payment')") { Unit = "minor_units" },
        ],
        Dimensions =
        [
            .. Dataset.Calendar(Day, $"extract(hour FROM f.at AT TIME ZONE {Zone})::int", Joins.Clinic),
            .. Dataset.Places,
            new("kind", "What was booked.", ValueKind.Text, "f.kind") { Words = ["payment", "refund", "chargeback", "adjustment", "fee"] },
            new("payable", "What was paid for.", ValueKind.Text, "f.payable") { Words = EnumText<PayableKind>.All },
            new("method", "How it was paid.", ValueKind.Text, "f.method"),
            new("gateway", "Through whom it was paid.", ValueKind.Text, "f.gateway"),
            new("currency", "ISO 4217. Amounts of different currencies are never added: whoever asks for money gets a row for each.", ValueKind.Text, "f.currency"),
        ],
        Columns =
        [
            new("payment_number", ValueKind.Text, "f.number"),
            new("date", ValueKind.Day, Day),
            new("at", ValueKind.Instant, "f.at"),
            new("kind", ValueKind.Text, "f.kind"),
            new("amount", ValueKind.Money, "f.amount"),
            new("effect", ValueKind.Money, "f.effect"),
            new("currency", ValueKind.Text, "f.currency"),
            new("payable", ValueKind.Text, "f.payable"),
            new("method", ValueKind.Text, "f.method"),
            new("gateway", ValueKind.Text, "f.gateway"),
            new("doctor", ValueKind.Text, "d.name"),
            new("clinic", ValueKind.Text, "c.name"),
            new("patient_number", ValueKind.Text, "p.number"),
            new("patient_name", ValueKind.Text, "p.name") { IsName = true },
        ],
    };

    private static Measure Sum(string name, string meaning, string what, string where) =>
        new(name, meaning, ValueKind.Money, "coalesce({0}, 0)::bigint", $"sum({what}) FILTER (WHERE {where})") { Unit = "minor_units" };
}
