using Careline.Platform.Delivery;
using Careline.Platform.Events;
using Careline.Platform.Figures;
using Careline.Platform.Jobs;
using Careline.Platform.Security;
using Careline.Platform.Settings;
using Careline.Platform.Signals;
using Careline.Platform.Time;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Careline.Platform;

/// <summary>The cross-cutting parts, and the order in which requests pass through them.</summary>
public static class PlatformModule
{
    /// <summary>Registers the platform on a database.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration settings, DatabaseAddress database)
    {
        services.AddSingleton<CarelineClock>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<CarelineClock>());
        services.AddSingleton<ClockOffset>();
        services.AddSingleton<MasterSecret>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyRotation>();
        services.AddSingleton<FieldCipher>();
        services.AddSealedColumn("platform.messages", "id", "content");
        services.AddSealedColumn("platform.person_keys", "person_id", "key");
        services.AddSingleton<RecentSignIn>();
        services.AddOptions<SecurityOptions>().Bind(settings.GetSection("Security"))
            .Validate(options => options.StepUpMinutes is >= 1 and <= 60, "Security__StepUpMinutes must be between 1 and 60.")
            .ValidateOnStart();
        services.AddScoped(provider => new PersonCipher(provider.GetRequiredService<CarelineDb>(), provider.GetRequiredService<FieldCipher>()));
        services.AddDelivery(settings);
        services.AddSingleton<RecentAnswers>();
        services.AddSingleton<Forerunners>();
        services.AddCarelineDatabase(database);
        services.AddOptions<DatabaseOptions>().Bind(settings.GetSection("Database"))
            .Validate(options => options.Turns is >= 1 and <= 1000, "Database__Turns must be between 1 and 1000.")
            .ValidateOnStart();

        services.AddSingleton<EventRegistry>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());
        services.AddSingleton<SignalLine>();
        services.AddHostedService(provider => provider.GetRequiredService<SignalLine>());
        services.AddSingleton<IRecurringJob, ForgetIdempotencyKeys>();
        services.AddSingleton<IRecurringJob, ForgetMessages>();
        services.AddSingleton<IRecurringJob, CountFigures>();
        services.AddScoped(provider => new DeadLetters(provider.GetRequiredService<CarelineDb>(), provider.GetRequiredService<EventRegistry>()));
        services.AddScoped(provider => new JobBook(provider.GetServices<IRecurringJob>(), provider.GetRequiredService<CarelineDb>()));
        services.AddFigures("storage", $"""SELECT 'database_bytes' AS "Name", pg_database_size(current_database()) AS "Value" """);
        services.AddHostedService<JobClock>();
        AddSettings(services, settings);

        services.Configure<RateLimitOptions>(settings.GetSection("RateLimits"));
        services.Configure<JsonOptions>(json => WireJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Replace(ServiceDescriptor.Singleton<IProblemDetailsService, ValidationAnswers>());
        services.AddValidation();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    // The last word of the configuration, whatever was said before.
    private static void AddSettings(IServiceCollection services, IConfiguration settings)
    {
        var stored = new StoredSettings();
        ((IConfigurationBuilder)settings).Add(stored);
        services.AddSingleton(stored);
        services.AddSingleton<SettingFollower>();
        services.AddScoped(provider => new SettingBook(
            provider.GetRequiredService<CarelineDb>(), provider.GetServices<Setting>(), provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<SettingFollower>()));
    }

    /// <summary>Builds the pipeline up to the endpoints.</summary>
    /// <param name="app">The application.</param>
    /// <param name="pages">Adds what answers by itself, before anybody is asked to sign in.</param>
    public static void UsePlatform(this WebApplication app, Action<WebApplication> pages)
    {
        app.UseMiddleware<ResponseHeaders>();
        pages(app);
        app.UseMiddleware<ErrorAnswers>();
        app.UseMiddleware<Aliases>();
        app.Use((http, next) =>
        {
            StoredAnswer.PrepareBody(http);
            return next(http);
        });
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UseMiddleware<RateLimits>();

        // What leads nowhere is 404, 405 or 415 for everybody: the policy of last resort is for routes that forgot to say who may call them.
        app.Use((http, next) => http.GetEndpoint() switch
        {
            RouteEndpoint => next(http),
            { RequestDelegate: { } refuse } => refuse(http),
            _ => throw new NotFound(),
        });
        app.UseAuthorization();
        app.UseMiddleware<SecondFactorGate>();
        app.UseMiddleware<VisibilityGate>();
        app.UseMiddleware<RecentSignInGate>();
        app.Services.GetRequiredService<ClockOffset>().Listen();
        app.Services.GetRequiredService<SettingFollower>().Listen();
    }
}
