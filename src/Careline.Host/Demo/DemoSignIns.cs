using Npgsql;

namespace Careline.Host.Demo;

// How the demo people sign in. Documented, so that everybody may know it: Accounts lets them in in Development only.
internal static class DemoSignIns
{
    public const string AdministratorName = "admin";
    public const string AdministratorPassword = "admin123";
    public const string AdministratorEmail = "admin@example.com";

    // Of everybody but the administrator.
    public const string Password = "careline-demo";

    public static IReadOnlyList<string> Lines { get; } =
    [
        $"{AdministratorName} / {AdministratorPassword} (superadmin)",
        $"adaeze.okafor / {Password} (doctor in Lagos)",
        $"amara.nwosu / {Password} (patient)",
        $"tunde.adeyemi / {Password} (receptionist in Lagos)",
    ];

    // Asked by the supervisor, which has no application of its own. A database that does not answer has other news to tell.
    public static async Task<bool> ArePresentAsync(string connectionString, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand(
                "SELECT EXISTS (SELECT FROM accounts.demo_sets WHERE scale = 'small' AND finished_at IS NOT NULL)", connection);
            return (bool)(await command.ExecuteScalarAsync(ct))!;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
