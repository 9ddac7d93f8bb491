using System.Diagnostics;
using System.Text.RegularExpressions;
using Careline.Accounts.Contracts;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Tour;

/// <summary>What the README tells people to type works as written.</summary>
public sealed partial class ReadmeTourTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task The_readmes_visit_runs_from_registration_to_the_patients_history()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl") || File.Exists("/bin/curl"), "The tour needs curl, which is not installed.");
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IAdministratorAccounts>().CreateAsync(
                new NewAdministrator("admin@example.com", "admin123", IsSuperAdmin: true, "admin", IsDemo: true), CancellationToken.None);
        }

        var tour = string.Concat(Block().Matches(await File.ReadAllTextAsync(Repository.PathOf("README.md"), TestContext.Current.CancellationToken))
            .Select(m => m.Groups[1].Value).Where(text => text.Contains("/api/", StringComparison.Ordinal)))
            .Replace("http://127.0.0.1:8000", app.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);

        var output = await RunAsync(tour);

        output.ShouldNotContain("\"success\":false");
        output.ShouldContain("\"news2_score\":");
        output.ShouldContain("\"status\":\"completed\"");
        output.ShouldContain("\"content\":\"The palpitations are gone.\"");
        output.ShouldContain("\"is_new_user\":true");
    }

    private static async Task<string> RunAsync(string script)
    {
        var folder = Directory.CreateTempSubdirectory("careline-tour-");
        try
        {
            using var shell = Process.Start(new ProcessStartInfo("bash", ["-eu", "-c", script])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = shell.StandardError.ReadToEndAsync();
            var output = await shell.StandardOutput.ReadToEndAsync();
            await shell.WaitForExitAsync();
            shell.ExitCode.ShouldBe(0, output + await errors);
            return output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
