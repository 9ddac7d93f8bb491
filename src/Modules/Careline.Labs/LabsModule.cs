using Careline.Labs.Catalogue;
using Careline.Labs.Contracts;
using Careline.Labs.Notices;
using Careline.Labs.Orders;
using Careline.Labs.Privacy;
using Careline.Labs.Results;
using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Labs;

/// <summary>What is asked of a laboratory, and what comes of it.</summary>
public static class LabsModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddLabs(this IServiceCollection services)
    {
        services.AddModule("Labs", 8, typeof(LabsModule).Assembly);
        services.AddValidation();
        services.AddScoped<ILabs, Ordering>();
        services.AddScoped<ResultDesk>();
        services.AddScoped<LabNews>();
        services.AddScoped<IPersonalRecords, LabRecords>();
        services.AddConstraintMeaning("tests_code", () => new RuleViolation("CODE_TAKEN", "Another test has this code."));
        services.AddConstraintMeaning("tests_loinc", () => new RuleViolation("LOINC_TAKEN", "Another test has this LOINC code."));
        services.AddConstraintMeaning("panels_code", () => new RuleViolation("CODE_TAKEN", "Another panel has this code."));
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static IEndpointRouteBuilder MapLabs(this IEndpointRouteBuilder app)
    {
        ManageTests.Map(app.MapApi("/api/labs/tests", "Laboratory"));
        ManagePanels.Map(app.MapApi("/api/labs/panels", "Laboratory"));

        var orders = app.MapApi("/api/labs/orders", "Laboratory");
        ReadOrders.Map(orders);
        PlaceOrder.Map(orders);
        MoveOrder.Map(orders);
        EnterResults.Map(orders);
        ReadResults.MapOfOrder(orders);

        var results = app.MapApi("/api/labs/results", "Laboratory");
        ReadResults.Map(results);
        return app;
    }
}
