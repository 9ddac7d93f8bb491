using Careline.Platform.Events;
using Careline.Platform.Web;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace Careline.Platform.Data;

/// <summary>Registers the database.</summary>
internal static class DatabaseRegistration
{
    private static readonly TransactionEnd _transactionEnd = new();

    // EF counts ten for a query and ten for each of its commands, and by itself keeps a thousand of them: fewer than there are.
    private static readonly MemoryCache _queries = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    /// <summary>The pool's connection string: prepared statements, the application's role, and plans that do not depend on one call's values.</summary>
    public static string ForPool(string connectionString, bool assumeRole)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 250,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Enlist = false,
            Timeout = 5,
            CommandTimeout = 30,
            ApplicationName = "careline",

            // What a crowd opened is closed again when it is gone: the pool uses its connections in turn, and many half cold ones are dearer than few warm ones.
            ConnectionIdleLifetime = 30,
            ConnectionPruningInterval = 5,
        };
        if (!connectionString.Contains("Maximum Pool Size", StringComparison.OrdinalIgnoreCase))
        {
            builder.MaxPoolSize = 40;
        }

        var options = builder.Options is { Length: > 0 } given ? given + " " : "";
        builder.Options = options + "-c plan_cache_mode=force_generic_plan -c jit=off -c timezone=UTC -c lock_timeout=10s -c statement_timeout=30s"
            + (assumeRole ? " -c role=" + Migrator.ApplicationRole : "");
        return builder.ConnectionString;
    }

    public static IServiceCollection AddCarelineDatabase(this IServiceCollection services, DatabaseAddress address)
    {
        services.AddSingleton(address);
        services.AddSingleton<Migrator>();
        services.AddSingleton<DatabaseTurns>();
        services.AddSingleton(_ => NpgsqlDataSource.Create(ForPool(address.ConnectionString, address.AssumesRole)));
        services.AddPooledDbContextFactory<CarelineDb>(
            (provider, options) =>
            {
                // The source registered above is taken. Named here, its address would be part of the key by which models and compiled queries are kept:
                // applications of one process on databases of their own would each build them anew.
                options.UseNpgsql();
                options.UseMemoryCache(_queries);
                options.AddInterceptors(_transactionEnd);
                options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
                options.EnableThreadSafetyChecks(false);
                ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(
                    new ModulesExtension([.. provider.GetServices<CarelineModule>()]));
            },
            poolSize: 128);
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<CarelineDb>>().CreateDbContext()
            .Enter(
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<EventRegistry>(),
                provider.GetRequiredService<RecentAnswers>(),
                provider.GetService<IRequestTrail>()));
        return services;
    }
}

/// <summary>Where the database is.</summary>
public sealed class DatabaseAddress(string connectionString)
{
    /// <summary>As its owner: migrations, COPY loads.</summary>
    public string ConnectionString { get; } = connectionString;

    /// <summary>Whether the pool runs as the application's role, which may only add to the audit.</summary>
    public bool AssumesRole { get; internal set; }
}
