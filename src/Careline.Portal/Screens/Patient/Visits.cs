namespace Careline.Portal.Screens.Patient;

/// <summary>What patients may do with a visit, beyond what the API says in so many words.</summary>
internal static class Visits
{
    /// <summary>Whether there is a fee that nobody has paid and that can be paid now.</summary>
    public static bool IsUnpaid(Thing visit) =>
        !visit.Maybe("fee").IsNone && visit.Maybe("fee").Whole("amount") > 0 && visit.Maybe("payment_status").ToString() is not ("paid" or "refunded")
        && visit.Text("status") is "scheduled" or "confirmed" or "checked_in" or "in_progress" or "completed";

    /// <summary>The other time that is proposed for a visit, while an answer is open; null where there is none.</summary>
    public static async Task<Thing?> ProposalAsync(CarelineApi api, Thing visit) =>
        visit.Text("status") is "scheduled" or "confirmed" && await api.FindAsync($"/api/appointments/{visit.Text("id")}/reschedule-proposal/") is { } found && found.Data.Is("status", "open") ? found.Data : null;

    /// <summary>Whether a move waits for the other side.</summary>
    public static bool IsProposed(Thing moved) => moved.Maybe("reschedule_proposal") is { IsNone: false } proposal && proposal.Is("status", "open");

    /// <summary>Whether the patient may say that they are there.</summary>
    public static bool MayCheckIn(Thing visit, DateTimeOffset now) =>
        visit.Text("status") is "scheduled" or "confirmed" && visit.Instant("start") is { } start && now > start.AddHours(-2) && now < visit.Instant("end");
}
