using Careline.Host.Database;

namespace Careline.Host.CommandLine;

// The commands of `cli` that need the application: built on the database, asked once, never listening.
internal static class ApplicationCommand
{
    // The document is made from the routes alone, so that it can be printed where no PostgreSQL is.
    private const string NoDatabase = "Host=/nowhere;Username=careline;Database=careline";

    public static async Task<int> RunAsync(Command command, Surroundings surroundings, CancellationToken ct)
    {
        // As `up` has it; the framework's own default, Production, would ask for secrets that a first try does not have.
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", surroundings.EnvironmentName);
        if (command is Command.OpenApi)
        {
            await using var description = CarelineApplication.Build([], NoDatabase);
            return await CarelineApplication.OpenApiAsync(description, ct);
        }

        if (command is Command.CheckSafetyData check)
        {
            await using var stock = CarelineApplication.Build([], NoDatabase);
            return await MedicineTables.CheckAsync(stock, check.Folder);
        }

        await using var session = await DatabaseSession.OpenAsync(surroundings, ct);
        await using var app = CarelineApplication.Build(
            [], session.ConnectionString, builder => builder.Configuration["CARELINE_DATA"] ??= CarelineFolder.Of(surroundings).Path);
        return command switch
        {
            Command.Migrate => await CarelineApplication.MigrateAsync(app, ct),
            Command.Seed seed => await CarelineApplication.SeedAsync(app, seed.Scale, ct),
            Command.CreateAdmin admin => await CarelineApplication.CreateAdminAsync(app, admin.Email, admin.Password, admin.Superadmin, ct),
            Command.VerifyAudit => await AuditCheck.RunAsync(app, ct),
            Command.RotateKeys => await RotateKeys.RunAsync(app, ct),
            Command.CheckFiles => await FilesCheck.RunAsync(app, ct),
            Command.ImportMedicines import => await MedicineTables.ImportMedicinesAsync(app, import.File, ct),
            Command.ImportInteractions import => await MedicineTables.ImportInteractionsAsync(app, import.File, ct),
            Command.ImportResults results => await ResultsImport.RunAsync(app, results.File, ct),
            _ => throw new InvalidOperationException($"Nothing runs {command.GetType().Name}."),
        };
    }
}
