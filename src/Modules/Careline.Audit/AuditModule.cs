using Careline.Audit.Breaches;
using Careline.Audit.Events;
using Careline.Audit.Exposures;
using Careline.Audit.Privacy;
using Careline.Audit.Processing;
using Careline.Audit.Reading;
using Careline.Audit.Seals;
using Careline.Platform.Privacy;
using Microsoft.Extensions.Configuration;

namespace Careline.Audit;

/// <summary>Who did and saw what.</summary>
public static class AuditModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration settings)
    {
        services.AddModule("Audit", 1, typeof(AuditModule).Assembly);
        services.AddValidation();
        services.AddHttpContextAccessor();
        services.Configure<AuditOptions>(settings.GetSection("Audit"));
        services.AddRingKey(AddressHash.KeyName);
        services.AddRingKey(SealChain.KeyName);
        services.AddSingleton<AddressHash>();
        services.AddSingleton<AuditReads>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditReads>());
        services.AddScoped<AuditLog>();
        services.AddScoped<Exposure>();
        services.AddScoped<IAccessLog>(provider => provider.GetRequiredService<AuditLog>());
        services.AddSingleton<AnchorFile>();
        services.AddSingleton<SealAudit>();
        services.AddHostedService(provider => provider.GetRequiredService<SealAudit>());
        services.AddSingleton<AuditSeal>();
        services.AddSingleton<IAuditSeal>(provider => provider.GetRequiredService<AuditSeal>());
        services.AddScoped(provider => new AuditTrail(
            provider.GetRequiredService<IHttpContextAccessor>(),
            provider.GetRequiredService<AuditReads>(),
            provider.GetRequiredService<AddressHash>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<IRequestTrail>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddScoped<IPersonalRecords, AuditRecords>();
        services.AddConstraintMeaning(
            "processing_activities_name", () => new RuleViolation("NAME_TAKEN", "There is an activity of this name already."));
        return services;
    }

    /// <summary>Maps the module's routes.</summary>
    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var audit = app.MapApi("/api/audit", "Audit");
        ListEvents.Map(audit);
        ExportEvents.Map(audit);
        ShowExposure.Map(audit);

        var breaches = app.MapApi("/api/audit/breaches", "Audit");
        ReadBreaches.Map(breaches);
        FileBreach.Map(breaches);
        ChangeBreach.Map(breaches);
        NameExposedPatients.Map(breaches);
        NotifyOfBreach.Map(breaches);
        CloseBreach.Map(breaches);
        DraftNotice.Map(breaches);

        var processing = app.MapApi("/api/audit/processing", "Audit");
        ReadProcessing.Map(processing);
        EnterProcessing.Map(processing);
        ChangeProcessing.Map(processing);
    }
}
