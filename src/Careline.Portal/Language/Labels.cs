using Careline.Portal.Api;

namespace Careline.Portal.Language;

/// <summary>The words of the API as people say them, to choose from.</summary>
public static class Labels
{
    /// <summary>How doctor and patient meet.</summary>
    public static IReadOnlyList<(string Value, string Text)> Modalities { get; } = [("video", "Video"), ("audio", "Phone call"), ("chat", "Chat"), ("in_person", "In person")];

    /// <summary>Why somebody comes.</summary>
    public static IReadOnlyList<(string Value, string Text)> VisitTypes { get; } =
        [("general", "General"), ("follow_up", "Follow-up"), ("specialist", "Specialist"), ("routine_checkup", "Routine check-up"), ("emergency", "Emergency")];

    /// <summary>How soon somebody must be seen.</summary>
    public static IReadOnlyList<(string Value, string Text)> Urgencies { get; } = [("low", "It can wait"), ("medium", "Soon"), ("high", "Today if possible"), ("emergency", "Emergency")];

    /// <summary>Sexes as a record knows them.</summary>
    public static IReadOnlyList<(string Value, string Text)> Genders { get; } = [("female", "Female"), ("male", "Male"), ("other", "Other"), ("unknown", "Not known")];

    /// <summary>Parts of a day.</summary>
    public static IReadOnlyList<(string Value, string Text)> DayParts { get; } = [("morning", "in the morning"), ("afternoon", "in the afternoon"), ("evening", "in the evening")];

    /// <summary>Days of a week, as the API writes them.</summary>
    public static IReadOnlyList<(string Value, string Text)> Weekdays { get; } =
        [("monday", "Monday"), ("tuesday", "Tuesday"), ("wednesday", "Wednesday"), ("thursday", "Thursday"), ("friday", "Friday"), ("saturday", "Saturday"), ("sunday", "Sunday")];

    /// <summary>What was done to a visit.</summary>
    public static IReadOnlyList<(string Value, string Text)> VisitEvents { get; } =
    [
        ("booked", "Booked"), ("confirmed", "Confirmed"), ("checked_in", "Checked in"), ("started", "Began"), ("completed", "Ended"), ("no_show", "Did not come"), ("cancelled", "Called off"),
        ("rescheduled", "Moved"), ("changed", "Changed"), ("hidden", "Removed from sight"), ("held", "Held"), ("requested", "Asked for"), ("accepted", "Accepted"), ("rejected", "Declined"),
        ("expired", "Ran out"), ("ready", "Prepared"), ("left", "Left"),
    ];

    /// <summary>How something is paid.</summary>
    public static IReadOnlyList<(string Value, string Text)> PaymentMethods { get; } =
        [("cash", "Cash"), ("bank_transfer", "Bank transfer"), ("card", "Card"), ("upi", "UPI"), ("net_banking", "Net banking"), ("wallet", "Wallet"), ("insurance", "Insurance"), ("other", "Other")];

    /// <summary>Roles of an account.</summary>
    public static IReadOnlyList<(string Value, string Text)> Roles { get; } =
    [
        ("patient", "Patient"), ("doctor", "Doctor"), ("nurse", "Nurse"), ("pharmacist", "Pharmacist"), ("receptionist", "Receptionist"), ("admin", "Administrator"),
        ("superadmin", "Chief administrator"),
    ];

    /// <summary>Roles at a clinic.</summary>
    public static IReadOnlyList<(string Value, string Text)> ClinicRoles { get; } =
        [("doctor", "Doctor"), ("nurse", "Nurse"), ("pharmacist", "Pharmacist"), ("receptionist", "Receptionist"), ("administrator", "Administrator")];

    /// <summary>What was decided of a doctor, a credential or a clinic.</summary>
    public static IReadOnlyList<(string Value, string Text)> Verifications { get; } = [("pending", "To verify"), ("verified", "Verified"), ("rejected", "Rejected")];

    /// <summary>The texts in the reader's language.</summary>
    public static IEnumerable<(string Value, string Text)> In(this IEnumerable<(string Value, string Text)> labels, Words words) => labels.Select(l => (l.Value, words[l.Text]));

    /// <summary>A word as people say it: that of the list, or the word itself with blanks.</summary>
    public static string Of(this IEnumerable<(string Value, string Text)> labels, string word, Words words) =>
        words[labels.FirstOrDefault(l => l.Value == word).Text ?? word.Replace('_', ' ')];

    /// <summary>Names of things, as a list to choose from.</summary>
    public static IEnumerable<(string Value, string Text)> Choices(this IEnumerable<Thing> things, string name = "name", string value = "id") =>
        things.Select(t => (t.Text(value), t.Text(name)));
}
