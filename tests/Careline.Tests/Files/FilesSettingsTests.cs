using Careline.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Careline.Tests.Files;

/// <summary>Settings that cannot work stop the start with a sentence.</summary>
public sealed class FilesSettingsTests
{
    [Theory]
    [InlineData("Production", "Files:Folder", "", "CARELINE_DATA")]
    [InlineData("Production", "Files:Scanner:Address", "127.0.0.1:3310", "unix:/path/to/clamd.ctl")]
    [InlineData("Development", "Files:PersonBytes", "0", "above 0")]
    public async Task A_setting_that_cannot_work_is_named(string environment, string setting, string value, string cure)
    {
        (await RefusedAsync(environment, setting, value))!.Message.ShouldContain(cure);
    }

    [Theory]
    [InlineData("Production", "Files:Folder", "/srv/careline/files")]
    [InlineData("Production", "Files:S3:Bucket", "careline")]
    [InlineData("Production", "CARELINE_DATA", "/var/lib/careline")]
    [InlineData("Development", "Files:Scanner:Address", "unix:/run/clamav/clamd.ctl")]
    public async Task One_that_can_is_taken(string environment, string setting, string value) => (await RefusedAsync(environment, setting, value)).ShouldBeNull();

    private static async Task<OptionsValidationException?> RefusedAsync(string environment, string setting, string value)
    {
        await using var app = CarelineApplication.Build(
            ["--environment", environment],
            "Host=/nowhere;Username=careline;Database=careline",
            builder =>
            {
                builder.Configuration["CARELINE_DATA"] = "";
                builder.Configuration[setting] = value;
            });
        try
        {
            _ = app.Services.GetRequiredService<IOptions<FilesOptions>>().Value;
            return null;
        }
        catch (OptionsValidationException refused)
        {
            return refused;
        }
    }
}
