using Careline.Platform.Jobs;
using Careline.Platform.Time;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Careline.Host.Demo.Small;

// The real application, answering this process alone, with a clock that is moved: the story of the practice began some weeks ago, and every
// row of it is made by the routes that make it in earnest.
internal sealed class DemoStage : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CarelineClock _clock;

    private DemoStage(WebApplication app, bool isRetelling)
    {
        IsRetelling = isRetelling;
        _app = app;
        _clock = app.Services.GetRequiredService<CarelineClock>();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address) };
    }

    public HttpClient Http { get; }

    // An earlier telling was cut short.
    public bool IsRetelling { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<DemoStage> OpenAsync(string connectionString, bool isRetelling, CancellationToken ct)
    {
        var app = CarelineApplication.Build([], connectionString, Configure, Adjust);
        try
        {
            await CarelineApplication.MigrateAsync(app, ct);
            await app.StartAsync(ct);
            return new DemoStage(app, isRetelling);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    // The story's time never goes back.
    public void MoveTo(DateTimeOffset time)
    {
        if (time > _clock.GetUtcNow())
        {
            _clock.Offset = time - TimeProvider.System.GetUtcNow();
        }
    }

    public void BeginAt(DateTimeOffset time) => _clock.Offset = time - TimeProvider.System.GetUtcNow();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Configure(WebApplicationBuilder builder)
    {
        builder.Environment.EnvironmentName = Environments.Development;
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Logging:Folder"] = "",
            ["RateLimits:Enabled"] = "false",

            // Nobody signs in while the story is told; the sessions of its beginning must last until its end, and then they are ended.
            ["Tokens:AccessMinutes"] = "86400",
            ["Tokens:RefreshDays"] = "60",
            ["Accounts:StaffIdleMinutes"] = "86400",
            ["Accounts:PatientIdleMinutes"] = "86400",
            ["Accounts:StaffSessionHours"] = "1440",
            ["Accounts:PatientSessionHours"] = "1440",

            // Of each person's first hash, which one of full strength for all of them replaces.
            ["Accounts:PasswordIterations"] = "1000",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
    }

    private static void Adjust(IServiceCollection services)
    {
        // By the story's clock weeks pass in seconds: jobs would forget the keys by which a story cut short is taken up again.
        services.RemoveAll<IRecurringJob>();
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, Unheeding>());
    }

    // Signals are for the process that the stage is a part of.
    private sealed class Unheeding : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
