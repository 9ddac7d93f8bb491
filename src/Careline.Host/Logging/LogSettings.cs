namespace Careline.Host.Logging;

internal static class LogSettings
{
    // One JSON object a line in both places, so that an operator's tools read them alike; people at a terminal get single lines.
    public static void AddCarelineLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);

        // Whoever may log a request's beginning and end gives each an activity and a scope; nobody here does.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        // EF logs parameter values and exceptions with their texts; ours carries ids and codes only.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        builder.Logging.AddFilter("Npgsql", LogLevel.None);

        // A stale token is an everyday event and answered as such.
        builder.Logging.AddFilter("Careline.Accounts.Tokens.BearerAuthentication", LogLevel.Warning);
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
                console.UseUtcTimestamp = true;
            });
        }
        else
        {
            builder.Logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        }

        if (builder.Configuration["Logging:Folder"] is { Length: > 0 } folder)
        {
            builder.Logging.AddProvider(new FileLog(folder));
        }
    }
}
