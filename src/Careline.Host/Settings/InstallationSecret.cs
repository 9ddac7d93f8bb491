using System.Security.Cryptography;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Careline.Host.Settings;

// The installation's secret: given by the operator, or, in Development only, made once and kept in the database so that sign-ins survive a restart.
internal static class InstallationSecret
{
    private const string Setting = "Tokens:SigningKey";
    private const string FormerSetting = "Tokens:PreviousSigningKey";
    private const int FewestBytes = 32;

    public static async Task LoadAsync(WebApplication app, CancellationToken ct)
    {
        var secret = app.Configuration[Setting] is { Length: > 0 } given
            ? Check(given, app.Environment.IsDevelopment())
            : await KeptAsync(app, ct);
        var former = app.Configuration[FormerSetting] is { Length: > 0 } once ? Check(once, isDevelopment: true) : await FindAsync(app, ct);
        app.Services.GetRequiredService<MasterSecret>().Load(secret, former);
        app.Services.GetRequiredService<KeyRing>().Open();
    }

    internal static byte[] Check(string given, bool isDevelopment)
    {
        var bytes = new byte[given.Length];
        if (!Convert.TryFromBase64String(given, bytes, out var length) || length < FewestBytes)
        {
            throw Refuse($"must be base64 of at least {FewestBytes} random bytes");
        }

        bytes = bytes[..length];

        // A sample, or something typed: random bytes practically never hold fewer than sixteen different values in thirty-two.
        return !isDevelopment && bytes.Distinct().Count() < 16 ? throw Refuse("is no random value") : bytes;
    }

    private static async Task<byte[]> KeptAsync(WebApplication app, CancellationToken ct)
    {
        if (!app.Environment.IsDevelopment())
        {
            throw Refuse("is missing");
        }

        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        var fresh = RandomNumberGenerator.GetBytes(FewestBytes);
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO platform.secrets (name, value) VALUES ('installation', {fresh}) ON CONFLICT DO NOTHING", ct);
        return await ReadAsync(db, ct) ?? throw new InvalidOperationException("The installation's secret was taken away while it was made.");
    }

    // Whoever began in Development and sets a key of their own goes on with what was encrypted until then.
    private static async Task<byte[]?> FindAsync(WebApplication app, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await ReadAsync(scope.ServiceProvider.GetRequiredService<CarelineDb>(), ct);
    }

    private static async Task<byte[]?> ReadAsync(CarelineDb db, CancellationToken ct) =>
        await db.Database.SqlQuery<byte[]>($"SELECT value AS \"Value\" FROM platform.secrets WHERE name = 'installation'").SingleOrDefaultAsync(ct);

    private static StartFailure Refuse(string what) => new(
        $"The setting Tokens__SigningKey {what}. Set it to the output of: openssl rand -base64 48", StartFailure.Configuration);
}
