using System.ComponentModel;
using System.Diagnostics;

namespace Careline.PrivateCluster;

internal static class ChildCommand
{
    public static async Task<(int Code, string Output)> RunAsync(IReadOnlyList<string> command, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            // Ours may be a folder that the other account cannot enter, and PostgreSQL's programs look at where they are.
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // PG* variables would redirect PostgreSQL's programs, and the rest holds secrets they have no use for.
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        start.Environment["PATH"] = $"{path}:/usr/sbin:/usr/bin:/sbin:/bin";
        start.Environment["LC_ALL"] = "C";

        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            try
            {
                await process.WaitForExitAsync(ct);
                return (process.ExitCode, await output + await errors);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Win32Exception)
        {
            throw new StartFailure($"The program {command[0]} cannot be run: install it, or make it executable.");
        }
    }
}
