namespace Careline.Host.Demo.Small.Cast;

internal static class ClinicCast
{
    public const string Lagos = "Marina Family Clinic";
    public const string London = "Rosebank Medical Centre";

    public static IReadOnlyList<DemoClinic> Clinics { get; } =
    [
        new(Lagos, "Africa/Lagos", "27 Marina Road", "Lagos", "NG", "+2340000000110") { Place = (6.4500, 3.3900), Email = "marina@example.org" },
        new(London, "Europe/London", "5 Rosebank Lane", "London", "GB", "+447700900110") { Place = (51.5300, -0.1200), Email = "rosebank@example.org" },
    ];

    public static IReadOnlyList<DemoStaff> Staff { get; } =
    [
        new("Folake", "Williams", "+2340000000111", "Lagos") { Clinic = Lagos, ClinicRole = "administrator" },
        new("Tunde", "Adeyemi", "+2340000000112", "Lagos") { Clinic = Lagos, ClinicRole = "receptionist" },
        new("Ngozi", "Eze", "+2340000000113", "Lagos") { Clinic = Lagos, ClinicRole = "nurse" },
        new("Amina", "Bello", "+2340000000114", "Lagos") { Clinic = Lagos, ClinicRole = "pharmacist" },
        new("Helen", "Price", "+447700900111", "London") { Clinic = London, ClinicRole = "administrator" },
        new("Oliver", "Grant", "+447700900112", "London") { Clinic = London, ClinicRole = "receptionist" },
        new("Sarah", "Hughes", "+447700900113", "London") { Clinic = London, ClinicRole = "nurse" },
        new("Meera", "Shah", "+447700900114", "London") { Clinic = London, ClinicRole = "pharmacist" },
    ];
}
