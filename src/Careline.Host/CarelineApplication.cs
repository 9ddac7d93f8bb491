namespace Careline.Host;

internal static class CarelineApplication
{
    public static WebApplication Build(string[] args, string connectionString)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration["ConnectionStrings:Careline"] = connectionString;
        var app = builder.Build();
        app.MapGet("/health/", () => TypedResults.Ok(new { status = "up" }));
        return app;
    }

    public static Task<int> MigrateAsync(WebApplication app, CancellationToken ct) => Task.FromResult(0);

    public static Task<int> SeedAsync(WebApplication app, string scale, CancellationToken ct) => Task.FromResult(0);

    public static Task<int> CreateAdminAsync(WebApplication app, string email, string password, bool superadmin, CancellationToken ct) =>
        Task.FromResult(0);

    public static Task<int> OpenApiAsync(WebApplication app, CancellationToken ct) => Task.FromResult(0);
}
