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
        ["shown"] = "Thank you: we know that it is you.",
    };

    /// <summary>The text of a notice; null where there is none of this name.</summary>
    public static string? Of(string name) => _all.GetValueOrDefault(name);
}
