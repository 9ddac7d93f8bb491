using Careline.Portal.SignIn;

namespace Careline.Portal.Layout;

/// <summary>Where one can go from everywhere. The first few stand on the screen always, the rest in the menu.</summary>
internal static class Navigation
{
    public static IReadOnlyList<(string Path, string Text)> Foot { get; } =
        [("/doctors", "Find a doctor"), ("/clinics", "Clinics"), ("/verify", "Verify a prescription"), ("/how-it-works", "How it works"), ("/privacy", "Privacy"), ("/terms", "Terms"), ("/emergency", "Emergency advice")];

    private static readonly (string Path, string Text)[] _patient =
        [("/home", "Home"), ("/appointments", "Appointments"), ("/record", "Record"), ("/medicines", "Medicines"), ("/chats", "Messages")];

    private static readonly (string Path, string Text)[] _doctor =
        [("/day", "Today"), ("/requests", "Requests"), ("/patients", "Patients"), ("/planning", "Planning"), ("/chats", "Messages")];

    private static readonly (string Path, string Text)[] _nurse = [("/day", "Today"), ("/patients", "Patients"), ("/alerts", "Alerts"), ("/chats", "Messages")];

    private static readonly (string Path, string Text)[] _pharmacist = [("/pharmacy", "To dispense"), ("/pharmacy/verify", "Verify"), ("/stock", "Stock"), ("/chats", "Messages")];

    private static readonly (string Path, string Text)[] _desk = [("/desk", "Today"), ("/desk/book", "Book"), ("/desk/patients", "Patients"), ("/desk/payments", "Payments"), ("/chats", "Messages")];

    private static readonly (string Path, string Text)[] _administrator = [("/admin", "Overview"), ("/admin/verify", "To verify"), ("/admin/users", "Users"), ("/admin/reports", "Reports"), ("/admin/health", "Health")];

    private static readonly (string Path, string Text)[] _visitor = [("/sign-in", "Sign in"), ("/register", "Register"), ("/doctors", "Find a doctor"), ("/clinics", "Clinics")];

    /// <summary>The main pages of somebody.</summary>
    public static IReadOnlyList<(string Path, string Text)> For(PortalSession? me) => Workplace(me) switch
    {
        "/admin" => _administrator,
        "/day" => me!.Has("doctor") ? _doctor : _nurse,
        "/pharmacy" => _pharmacist,
        "/desk" => _desk,
        "/home" => _patient,
        _ => _visitor,
    };

    /// <summary>The other pages of somebody.</summary>
    public static IEnumerable<(string Path, string Text)> More(PortalSession? me)
    {
        if (me is null)
        {
            return [("/medicine-search", "Look up a medicine"), ("/plans", "Plans")];
        }

        (string, string)[] own = Workplace(me) switch
        {
            "/home" => [("/doctors", "Find a doctor"), ("/vitals", "Vitals"), ("/prescriptions", "Prescriptions"), ("/labs", "Lab results"), ("/payments", "Payments"), ("/family", "Family"), ("/emergency-card", "Emergency card"), ("/medicine-search", "Look up a medicine")],
            "/day" when me.Has("doctor") =>
            [
                ("/alerts", "Alerts"), ("/results", "Results to review"), ("/lab-tests", "Laboratory tests"), ("/prescriptions-written", "Prescriptions"), ("/templates", "Templates"), ("/earnings", "Earnings"), ("/figures", "Figures"),
                ("/reviews-received", "Reviews"), ("/credentials", "Credentials"),
            ],
            "/pharmacy" => [("/pharmacy/history", "History"), ("/stock/orders", "Orders and deliveries"), ("/stock/movements", "Stock movements"), ("/workplace", "Clinic")],
            "/desk" => [("/desk/requests", "Requests"), ("/desk/queue", "Queue"), ("/clinic", "Clinic")],
            "/admin" =>
            [
                ("/admin/patients", "Patients"), ("/admin/doctors", "Doctors"), ("/admin/clinics", "Clinics"), ("/admin/appointments", "Appointments"), ("/admin/consultations", "Consultations"),
                ("/admin/catalogues", "Catalogues"), ("/admin/coupons", "Coupons"), ("/admin/plans", "Plans"), ("/admin/refunds", "Refunds"), ("/admin/audit", "Audit"), ("/admin/breaches", "Breaches"),
                ("/admin/configuration", "Configuration"), ("/admin/data-requests", "Data requests"), ("/admin/reviews", "Reviews"), ("/admin/jobs", "Jobs"), ("/admin/figures", "Figures"), ("/desk", "Desk"),
            ],
            _ => [],
        };
        return [.. own, ("/account", "Account"), ("/account/security", "Security")];
    }

    /// <summary>Where somebody's day begins.</summary>
    public static string Workplace(PortalSession? me) => me switch
    {
        null => "/",
        _ when me.Has("admin", "superadmin") => "/admin",
        _ when me.Has("doctor", "nurse") => "/day",
        _ when me.Has("pharmacist") => "/pharmacy",
        _ when me.Has("receptionist") => "/desk",
        _ => "/home",
    };
}
