namespace Careline.Portal.Layout;

/// <summary>What a page may say has just been done. The address names it, so only what stands here can be said: nobody sends a link that puts words in our mouth.</summary>
internal static class Notices
{
    private static readonly Dictionary<string, string> _all = new(StringComparer.Ordinal)
    {
        ["saved"] = "Saved.",
        ["removed"] = "Removed.",
        ["sent"] = "Sent.",
        ["booked"] = "Your visit is booked.",
        ["requested"] = "Your request is with the doctor.",
        ["moved"] = "Your visit was moved.",
        ["cancelled"] = "Called off.",
        ["confirmed"] = "Confirmed.",
        ["paid"] = "Paid. Thank you.",
        ["signed-out"] = "You are signed out on this device.",
        ["registered"] = "Welcome to Careline.",
        ["password"] = "Your password is changed.",
        ["reset"] = "If we know this address, a link is on its way to it.",
        ["done"] = "Done.",
        ["accepted"] = "Accepted. The patient is told.",
        ["rejected"] = "Declined. The patient is told.",
        ["signed"] = "Signed.",
        ["next-booked"] = "The follow-up is booked.",
        ["completed"] = "The visit is completed and its document locked.",
        ["dispensed"] = "Handed out.",
        ["no-document"] = "There is no document of this visit yet.",
        ["nothing"] = "Nothing was changed.",
        ["started"] = "Started.",
        ["uploaded"] = "Uploaded.",
        ["invited"] = "The invitation is on its way.",
        ["here"] = "We told the practice that you are here.",
        ["proposed"] = "Your proposal is with the practice.",
        ["thanks"] = "Thank you for telling us.",
        ["waiting"] = "We tell you when a time becomes free.",
        ["pharmacy"] = "The prescription is with the pharmacy.",
        ["subscribed"] = "You are subscribed.",
        ["mailed"] = "A code is on its way to your e-mail address.",
        ["ended"] = "Signed out there.",
        ["visit-booked"] = "The visit is booked.",
        ["visit-moved"] = "The visit was moved.",
        ["received"] = "The money is booked. Here is the receipt.",
        ["verified"] = "The decision is kept, and whom it concerns is told.",
        ["books-agree"] = "Compared: the books and the gateways say the same.",
        ["books-differ"] = "Compared: what differs stands below.",
        ["glass"] = "The record is open to you for one hour. The patient is told.",
        ["shown"] = "Thank you: we know that it is you.",
    };

    /// <summary>The text of a notice; null where there is none of this name.</summary>
    public static string? Of(string name) => _all.GetValueOrDefault(name);
}
