using Careline.Audit.Contracts;
using Careline.Audit.Events;
using Careline.Platform.Data;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Audit;

/// <summary>Who did and saw what.</summary>
public static class AuditModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddModule("Audit", 1, typeof(AuditModule).Assembly);
        services.AddHttpContextAccessor();
        services.AddSingleton<AddressHash>();
        services.AddSingleton<AuditReads>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditReads>());
        services.AddScoped(provider => new AuditTrail(
            provider.GetRequiredService<IHttpContextAccessor>(),
            provider.GetRequiredService<AuditReads>(),
            provider.GetRequiredService<AddressHash>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<IRequestTrail>(provider => provider.GetRequiredService<AuditTrail>());
        return services;
    }
}
