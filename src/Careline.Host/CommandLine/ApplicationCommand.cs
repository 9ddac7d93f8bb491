using Careline.Host.Database;
using Careline.Prescriptions.Contracts;

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
        if (command is Command.OpenApi or Command.Tables { Verb: TableCommands.Check })
        {
            await using var unplugged = CarelineApplication.Build([], NoDatabase);
            return await (command is Command.Tables check ? MedicineTables.RunAsync(unplugged, check, ct) : CarelineApplication.OpenApiAsync(unplugged, ct));
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
            Command.Tables tables => await MedicineTables.RunAsync(app, tables, ct),
            Command.Reconcile => await Reconcile.RunAsync(app, ct),
            Command.ImportResults results => await ResultsImport.RunAsync(app, results.File, ct),
            _ => throw new InvalidOperationException($"Nothing runs {command.GetType().Name}."),
        };
    }
}
