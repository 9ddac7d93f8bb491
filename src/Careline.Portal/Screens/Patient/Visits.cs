using Careline.Portal.Api;

namespace Careline.Portal.Screens.Patient;

/// <summary>What patients may do with a visit, beyond what the API says in so many words.</summary>
internal static class Visits
{
    /// <summary>Whether there is a fee that nobody has paid and that can be paid now.</summary>
    public static bool IsUnpaid(Thing visit) =>
        !visit.Maybe("fee").IsNone && visit.Maybe("fee").Whole("amount") > 0 && visit.Maybe("payment_status").ToString() is not ("paid" or "refunded")
        && visit.Text("status") is "scheduled" or "confirmed" or "checked_in" or "in_progress" or "completed";

    /// <summary>Whether somebody asks for another time, and an answer is open.</summary>
    public static bool HasProposal(Thing visit) => visit.Maybe("reschedule_proposal") is { IsNone: false } proposal && proposal.Is("status", "open");

    /// <summary>Whether the patient may say that they are there.</summary>
    public static bool MayCheckIn(Thing visit, DateTimeOffset now) =>
        visit.Text("status") is "scheduled" or "confirmed" && visit.Instant("start") is { } start && now > start.AddHours(-2) && now < visit.Instant("end");
}
