using Careline.Payments.Gateways;
using Careline.Payments.Gateways.Sandbox;
using Careline.Platform.Data;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Payments;

/// <summary>Money: what is owed, how it is paid, where it went.</summary>
public static class PaymentsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.AddModule("Payments", 6, typeof(PaymentsModule).Assembly);
        services.AddValidation();
        services.AddGateways();
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static IEndpointRouteBuilder MapPayments(this IEndpointRouteBuilder app)
    {
        app.MapSandbox();
        return app;
    }
}
