using System.Net.Http.Headers;
using Careline.Accounts.Accounts;
using Careline.Accounts.Contracts;
using Careline.Accounts.SignIn;
using Careline.Platform.Data;
using Careline.Platform.Events;
using Careline.Platform.Jobs;
using Careline.Platform.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Careline.Tests.Support;

/// <summary>
/// The real application on a free port and a database of its own, cloned from one migrated template. A class fixture: the tests of a class share
/// it, so each makes the people it needs.
/// </summary>
public class TestApp(TestCluster cluster) : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private static readonly SemaphoreSlim _templateGate = new(1, 1);
    private static string? _template;
    private static int _people;

    private WebApplication? _app;
    private NpgsqlDataSource? _owner;
    private bool _isAnothers;

    protected TestCluster Cluster { get; } = cluster;

    public string ConnectionString { get; private set; } = "";

    /// <summary>A client that is not signed in.</summary>
    public HttpClient Anonymous { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>Where this application keeps files.</summary>
    public string FilesFolder { get; private set; } = "";

    public IServiceProvider Services => _app!.Services;

    public DateTimeOffset Now => Services.GetRequiredService<TimeProvider>().GetUtcNow();

    internal WebApplication App => _app!;

    public virtual async ValueTask InitializeAsync()
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(await Cluster.CreateDatabaseAsync(await TemplateAsync())) { MaxPoolSize = MostConnections }.ConnectionString;
        _owner = PlainSource.Create(ConnectionString);
        FilesFolder = Path.Combine(Path.GetTempPath(), $"careline-files-{Environment.ProcessId}-{new NpgsqlConnectionStringBuilder(ConnectionString).Database}");
        _app = Build(ConnectionString, builder =>
        {
            builder.Configuration["Files:Folder"] = FilesFolder;
            builder.Configuration.AddInMemoryCollection(Settings);
            Configure(builder);
        });
        await CarelineApplication.MigrateAsync(_app, CancellationToken.None);
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Anonymous = NewClient(null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isAnothers)
        {
            return;
        }

        Anonymous.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await _owner!.DisposeAsync();
        await Cluster.DropDatabaseAsync(ConnectionString);
        if (Directory.Exists(FilesFolder))
        {
            Directory.Delete(FilesFolder, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Settings that a class may change by deriving.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    /// <summary>How many connections it has.</summary>
    protected virtual int MostConnections => 20;

    /// <summary>What a class adds to the application by deriving.</summary>
    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }

    /// <summary>Moves the application's clock.</summary>
    public virtual void Advance(TimeSpan by) => Services.GetRequiredService<CarelineClock>().Offset += by;

    /// <summary>Delivers every event that is due, as the dispatcher would in a moment; what it has in hand already is waited for.</summary>
    public Task DeliverEventsAsync() => Eventually.HoldsAsync(async () =>
    {
        await Services.GetRequiredService<OutboxDispatcher>().DrainAsync(CancellationToken.None);
        return (long)(await SqlAsync("SELECT count(*) FROM platform.outbox WHERE dead_at IS NULL AND due_at <= $1", Now))! == 0;
    });

    /// <summary>Runs a recurring job now, whether it is due or not.</summary>
    public async Task RunJobAsync(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        await Services.GetServices<IRecurringJob>().Single(j => j.Name == name).RunAsync(scope.ServiceProvider, CancellationToken.None);
    }

    /// <summary>Looks into the database through the application's context.</summary>
    public async Task<T> LookAsync<T>(Func<CarelineDb, Task<T>> look)
    {
        await using var scope = Services.CreateAsyncScope();
        return await look(scope.ServiceProvider.GetRequiredService<CarelineDb>());
    }

    /// <summary>Runs a statement as the database's owner: what the application itself could never do.</summary>
    public async Task<object?> SqlAsync(string statement, params object[] values)
    {
        await using var connection = await _owner!.OpenConnectionAsync();
#pragma warning disable CA2100 // Statements of tests.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync();
    }

    /// <summary>A client that sends an access token, or none.</summary>
    public HttpClient NewClient(string? access)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1000, AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = access is null ? null : new AuthenticationHeaderValue("Bearer", access);
        return client;
    }

    public Task<Person> PatientAsync(string? firstName = null) => RegisterAsync(new { user_type = "patient" }, firstName ?? "Pat");

    /// <summary>A doctor whose licence an administrator has verified, so listed and bookable; or one who still waits.</summary>
    public async Task<Person> DoctorAsync(bool verified = true, string specialization = "Cardiology", string? firstName = null)
    {
        var doctor = await RegisterAsync(
            new { user_type = "doctor", medical_license_number = $"MD-{Interlocked.Increment(ref _people)}", specialization }, firstName ?? "Doc");
        if (verified)
        {
            using var admin = await AdminAsync();
            (await admin.PostAsync($"/api/doctors/{doctor.DoctorId}/verify/")).Status.ShouldBe(200);
        }

        return doctor;
    }

    public Task<Person> AdminAsync() => StaffAsync(Roles.Admin);

    public Task<Person> SuperAdminAsync() => StaffAsync(Roles.SuperAdmin);

    /// <summary>Someone whose role comes from an administrator, at a clinic or at none.</summary>
    public async Task<Person> StaffAsync(string role, Guid? clinicId = null)
    {
        var name = $"{role}{Interlocked.Increment(ref _people)}";
        await using (var scope = Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
            var account = Account.Register(name, $"{name}@example.test", null, [role], db.Now);
            account.PasswordHash = await scope.ServiceProvider.GetRequiredService<Passwords>().HashAsync(Password, CancellationToken.None);
            account.Describe("Staff", name, null, null);
            db.Add(account);
            await db.SaveChangesAsync();
            if (clinicId is { } clinic)
            {
                await JoinClinicAsync(account.Id, clinic, role);
            }
        }

        return await SignInAsync(name);
    }

    /// <summary>Makes an account a member of a clinic's staff.</summary>
    public Task JoinClinicAsync(Guid accountId, Guid clinicId, string role) => SqlAsync(
        "INSERT INTO clinics.staff (id, clinic_id, account_id, role, joined_at, version) VALUES ($1, $2, $3, $4, $5, 1)",
        Guid.CreateVersion7(), clinicId, accountId, role, Now);

    public async Task<Person> SignInAsync(string userName, string password = Password) =>
        new(this, (await Anonymous.PostAsync("/api/auth/login/", new { username = userName, password })).Data);

    private async Task<Person> RegisterAsync(object role, string firstName)
    {
        var name = $"person{Interlocked.Increment(ref _people)}";
        var fields = role.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(role));
        fields["username"] = name;
        fields["email"] = $"{name}@example.test";
        fields["password"] = Password;
        fields["first_name"] = firstName;
        fields["last_name"] = name;
        var reply = await Anonymous.PostAsync("/api/auth/register/", fields);
        reply.Status.ShouldBe(201, reply.Text);
        return new Person(this, reply.Data);
    }

    /// <summary>A test runs the jobs that it is about; what ran beside it would take the work from under its clock.</summary>
    public static void WithoutJobs(IServiceCollection services) => services.Remove(services.Single(s => s.ImplementationType == typeof(JobClock)));

    /// <summary>Stands for an application that runs already.</summary>
    protected void StandFor(TestApp running) => (ConnectionString, _owner, _app, Address, Anonymous, FilesFolder, _isAnothers)
        = (running.ConnectionString, running._owner, running._app, running.Address, running.Anonymous, running.FilesFolder, true);

    /// <summary>The application on a database, not started.</summary>
    protected static WebApplication Build(string connectionString, Action<WebApplicationBuilder> configure)
    {
        return CarelineApplication.Build(["--environment", "Development"], connectionString, Prepare, WithoutJobs);

        void Prepare(WebApplicationBuilder builder)
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["urls"] = "http://127.0.0.1:0",
                ["RateLimits:Enabled"] = "false",
                ["Accounts:PasswordIterations"] = "1000",
                ["CARELINE_DEMO"] = "false",
            });
            builder.Logging.AddFilter(null, LogLevel.Warning);
            configure(builder);
        }
    }

    /// <summary>Makes of a database what a first start makes of it.</summary>
    internal static async Task MigrateAsync(string connectionString)
    {
        await using var app = Build(connectionString, _ => { });
        await CarelineApplication.MigrateAsync(app, CancellationToken.None);
    }

    private async Task<string> TemplateAsync()
    {
        await _templateGate.WaitAsync();
        try
        {
            if (_template is null)
            {
                var connectionString = await Cluster.CreateDatabaseAsync();
                await MigrateAsync(connectionString);
                NpgsqlConnection.ClearAllPools();
                _template = new NpgsqlConnectionStringBuilder(connectionString).Database;
            }

            return _template!;
        }
        finally
        {
            _templateGate.Release();
        }
    }
}
