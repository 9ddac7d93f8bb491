using Careline.Labs.Catalogue;
using Careline.Labs.Collections;
using Careline.Labs.Imports;
using Careline.Labs.Kidney;
using Careline.Labs.Notices;
using Careline.Labs.Orders;
using Careline.Labs.Paying;
using Careline.Labs.Privacy;
using Careline.Labs.Results;
using Careline.Labs.Samples;
using Careline.Payments.Contracts;
using Careline.Platform.Jobs;
using Careline.Platform.Privacy;

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
        services.AddScoped<IPayable, PayableOrder>();
        services.AddScoped<ILatestResults, LatestResults>();
        services.AddScoped<ResultDesk>();
        services.AddScoped<LabNews>();
        services.AddScoped<CollectionDesk>();
        services.AddScoped<ObservationMatch>();
        services.AddScoped<QuarantineNews>();
        services.AddScoped<ResultImport>();
        services.AddSingleton<IResultFiles, ResultFiles>();
        services.AddSingleton<MllpListenerService>();
        services.AddHostedService(provider => provider.GetRequiredService<MllpListenerService>());
        services.AddSealedColumn("labs.quarantined_results", "id", "content");
        services.AddOptions<LabsOptions>().BindConfiguration("Labs")
            .Validate(
                options => options.AutoReleaseDays is null or >= 1 and <= 365 && options.QuarantineDays is >= 1 and <= 3650 && options.Mllp.IsSound,
                "Labs__AutoReleaseDays is between 1 and 365; Labs__QuarantineDays between 1 and 3650; "
                + "Labs__Mllp__Port a port, Labs__Mllp__Address an address of this machine, Labs__Mllp__MostBytes between 1024 and 67108864, "
                + "Labs__Mllp__TimeoutSeconds between 1 and 3600, Labs__Mllp__MostConnections between 1 and 1000.")
            .ValidateOnStart();
        services.AddSingleton<IRecurringJob, ReleaseUnreviewed>();
        services.AddSingleton<IRecurringJob, ForgetQuarantine>();
        services.AddScoped<IPersonalRecords, LabRecords>();
        services.AddConstraintMeaning("tests_code", () => new RuleViolation("CODE_TAKEN", "Another test has this code."));
        services.AddConstraintMeaning("tests_loinc", () => new RuleViolation("LOINC_TAKEN", "Another test has this LOINC code."));
        services.AddConstraintMeaning("collections_place_once", () => new RuleViolation("TIME_FULL", "Others have taken all places of this time."));
        services.AddConstraintMeaning("collections_one_of_order", () => new RuleViolation("ALREADY_BOOKED", "This order has its time already; move that one."));
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
        ReviewResults.MapOfOrder(orders);
        HandleSamples.Map(orders);

        var results = app.MapApi("/api/labs/results", "Laboratory");
        ReadResults.Map(results);
        CorrectResult.Map(results);
        ReviewResults.Map(results);
        ReadVersions.Map(results);
        ResultReport.Map(results);
        ShowTrend.Map(results);

        SetCollectionHours.Map(app.MapApi("/api/labs/clinics", "Laboratory"));
        FindCollectionTimes.Map(app.MapApi("/api/labs", "Laboratory"));
        var collections = app.MapApi("/api/labs/collections", "Laboratory");
        BookCollection.Map(collections);
        ChangeCollection.Map(collections);

        ImportResults.Map(app.MapApi("/api/labs/imports", "Laboratory"));
        SettleQuarantine.Map(app.MapApi("/api/labs/quarantine", "Laboratory"));
        return app;
    }
}
