using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Careline.Tests.Host;

// A real `careline` process: the compiled host, run as the launcher runs it.
internal sealed class Upstart : IDisposable
{
    private readonly StringBuilder output = new();

    private Upstart(Process process)
    {
        Process = process;
        process.ErrorDataReceived += Note;
        process.OutputDataReceived += Note;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    public Process Process { get; }

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public static Upstart Run(CarelineFolder folder, int port, params string[] args) => RunOn(null, folder, port, args);

    public static Upstart RunOn(string? database, CarelineFolder folder, int port, params string[] args)
    {
        var dotnet = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet");
        var start = new ProcessStartInfo(dotnet, [typeof(CarelineApplication).Assembly.Location, .. args])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["CARELINE_DATA"] = folder.Path;
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["CARELINE_DEMO"] = "false";
        start.Environment["RateLimits__Enabled"] = "false";
        start.Environment["DATABASE_URL"] = database;
        start.Environment["ConnectionStrings__Careline"] = null;

        // It lives for seconds: compiling better what will hardly run again was a third of its processor time.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "100";
        return new Upstart(Process.Start(start)!);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
        }

        Process.Dispose();
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            output.AppendLine(line.Data);
        }
    }
}
