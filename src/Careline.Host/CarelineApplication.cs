using System.Reflection;
using Careline.Accounts;
using Careline.Accounts.Contracts;
using Careline.Analytics;
using Careline.Audit;
using Careline.Clinics;
using Careline.Consultations;
using Careline.Doctors;
using Careline.Files;
using Careline.Finding;
using Careline.Gateways;
using Careline.Host.CommandLine;
using Careline.Host.Demo;
using Careline.Host.Endpoints;
using Careline.Host.Logging;
using Careline.Host.Portal;
using Careline.Host.Settings;
using Careline.Hours;
using Careline.Labs;
using Careline.Messaging;
using Careline.Notifications;
using Careline.Papers;
using Careline.Patients;
using Careline.Payments;
using Careline.Platform;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Settings;
using Careline.Platform.Time;
using Careline.Platform.Web;
using Careline.Portal;
using Careline.Prescriptions;
using Careline.Prescriptions.Contracts;
using Careline.Records;
using Careline.Scheduling;
using Careline.Sockets;
using Careline.Vitals;

namespace Careline.Host;

// The web application: every module on the platform, in the order in which they stand on one another.
internal static class CarelineApplication
{
    public static string Version { get; } =
        typeof(CarelineApplication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    // Settings are changed by the first action, before the modules read them; what the modules registered by the second.
    public static WebApplication Build(
        string[] args, string connectionString, Action<WebApplicationBuilder>? configure = null, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        configure?.Invoke(builder);
        if (builder.Configuration["CARELINE_DATA"] is { Length: > 0 } folder)
        {
            builder.Configuration["Logging:Folder"] ??= Path.Combine(folder, "logs");
            builder.Configuration["Audit:AnchorFile"] ??= Path.Combine(folder, "audit-anchors.log");
            builder.Configuration["Files:Folder"] ??= Path.Combine(folder, "files");
        }
        else if (builder.Environment.IsDevelopment())
        {
            builder.Configuration["Files:Folder"] ??= Path.Combine(CarelineFolder.Of(Surroundings.OfProcess).Path, "files");
        }

        builder.WebHost.ConfigureKestrel(ConnectionLimits.Set);
        builder.AddTrustedProxies();
        builder.AddCarelineLogging();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.AddPlatform(builder.Configuration, new DatabaseAddress(connectionString));
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(builder.Configuration.GetSection("Cors:Origins").Get<string[]>() ?? [])
            .AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("ETag", "Retry-After", "X-Request-Id").SetPreflightMaxAge(TimeSpan.FromHours(1))));
        builder.Services.AddCarelineOpenApi();
        builder.Services.AddValidation();
        builder.Services.AddPortal();
        builder.Services.AddPortalKeeping();
        AddModules(builder);
        adjust?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseTrustedProxies();
        app.UsePortalVisitors();
        app.UsePlatform(pages =>
        {
            pages.UseDocumentationPages();
            pages.UseSockets();
            pages.UsePortal();
        });
        app.MapHealth();
        app.MapDocumentation();
        app.MapRoot();
        if (app.Environment.IsDevelopment())
        {
            app.MapDevelopmentClock();
            app.MapDevelopmentInbox();
        }

        MapModules(app);
        RoutesBuiltOnce.Keep(app);
        return app;
    }

    // Brings the schema up to date and loads what the application needs before its first request.
    public static async Task<int> MigrateAsync(WebApplication app, CancellationToken ct)
    {
        try
        {
            var address = app.Services.GetRequiredService<DatabaseAddress>();
            address.AssumesRole = await app.Services.GetRequiredService<Migrator>().MigrateAsync(address.ConnectionString, ct);
            await InstallationSecret.LoadAsync(app, ct);
            await app.Services.GetRequiredService<ClockOffset>().LoadAsync(ct);
            await app.Services.GetRequiredService<SettingFollower>().LoadAsync(ct);
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IMedicineCatalogue>().LoadStarterAsync(ct);
            return 0;
        }
        catch (Exception refused) when (refused is MigrationRefused or KeysRefused)
        {
            throw new StartFailure(refused.Message, StartFailure.Configuration);
        }
    }

    public static Task<int> SeedAsync(WebApplication app, string scale, CancellationToken ct) => DemoSeed.RunAsync(app, scale, ct);

    public static async Task<int> CreateAdminAsync(WebApplication app, string email, string password, bool superadmin, CancellationToken ct)
    {
        await MigrateAsync(app, ct);
        await using var scope = app.Services.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<IAdministratorAccounts>()
                .CreateAsync(new NewAdministrator(email, password, superadmin), ct);
        }
        catch (InvalidInput refused)
        {
            throw new StartFailure(string.Join(' ', refused.Errors.SelectMany(e => e.Value.Select(message => $"{e.Key}: {message}"))));
        }
        catch (RuleViolation refused)
        {
            throw new StartFailure(refused.Message);
        }

        Terminal.Say($"careline: {email} may now sign in as {(superadmin ? "superadmin" : "admin")}.");
        return 0;
    }

    public static async Task<int> OpenApiAsync(WebApplication app, CancellationToken ct)
    {
        Terminal.Answer(await OpenApiDescription.WriteAsync(app, ct));
        return 0;
    }

    private static void AddModules(WebApplicationBuilder builder)
    {
        builder.Services.AddAudit(builder.Configuration);
        builder.Services.AddFiles(builder.Configuration);
        builder.Services.AddSockets();
        builder.Services.AddFinding();
        builder.Services.AddHours();
        builder.Services.AddPapers();
        builder.Services.AddGateways();
        builder.Services.AddAccounts(builder.Configuration);
        builder.Services.AddNotifications();
        builder.Services.AddClinics();
        builder.Services.AddPatients();
        builder.Services.AddDoctors();
        builder.Services.AddPayments();
        builder.Services.AddScheduling();
        builder.Services.AddRecords();
        builder.Services.AddVitals();
        builder.Services.AddLabs();
        builder.Services.AddPrescriptions();
        builder.Services.AddConsultations();
        builder.Services.AddMessaging();
        builder.Services.AddAnalytics();
    }

    private static void MapModules(WebApplication app)
    {
        app.MapAudit();
        app.MapSockets();
        app.MapAccounts();
        app.MapNotifications();
        app.MapClinics();
        app.MapPatients();
        app.MapDoctors();
        app.MapGateways();
        app.MapPayments();
        app.MapScheduling();
        app.MapRecords();
        app.MapVitals();
        app.MapLabs();
        app.MapPrescriptions();
        app.MapConsultations();
        app.MapMessaging();
        app.MapAnalytics();
    }
}
