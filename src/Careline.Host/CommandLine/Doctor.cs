using Careline.Files;
using Careline.Host.Database;
using Careline.Host.Supervision;
using Npgsql;

namespace Careline.Host.CommandLine;

// Looks at everything a start needs, changes nothing, and goes on after the first finding.
internal sealed class Doctor(Surroundings surroundings)
{
    private const long LeastFreeBytes = 1L << 30;

    private int complaints;

    public static async Task<int> ExamineAsync(Surroundings surroundings, CancellationToken ct)
    {
        var doctor = new Doctor(surroundings);
        await doctor.LookAsync("server", () => doctor.ServerAsync(ct));
        var runs = false;
        await doctor.LookAsync("data folder", async () =>
        {
            (var finding, runs) = await doctor.FolderAsync(ct);
            return finding;
        });
        await doctor.LookAsync("pictures", () => Task.FromResult(Pictures()));
        await doctor.LookAsync("ports", () => Task.FromResult(doctor.Ports(runs)));
        await doctor.LookAsync("environment", () => Task.FromResult(doctor.EnvironmentName()));
        return doctor.complaints == 0 ? 0 : StartFailure.Failed;
    }

    private async Task LookAsync(string subject, Func<Task<string>> look)
    {
        try
        {
            Terminal.Answer($"ok   {subject}: {await look()}");
        }
        catch (StartFailure failure)
        {
            complaints++;
            Terminal.Answer($"BAD  {subject}: {failure.Message}");
        }
    }

    private async Task<string> ServerAsync(CancellationToken ct)
    {
        if (OwnServer.ConnectionString(surroundings) is { } own)
        {
            return await OwnServerAsync(own, ct);
        }

        var folder = CarelineFolder.Of(surroundings);
        var account = PostgresAccount.OfProcess();
        var version = ClusterCreation.ExistingVersion(folder);
        var programs = await PostgresPrograms.FindAsync(surroundings, version, ct);
        var cluster = (version, Postmaster.Read(folder)) switch
        {
            (null, _) => "its cluster will be made at the first start",
            (_, null) => "its cluster is stopped",
            (_, { } postmaster) => postmaster.In(folder) switch
            {
                Postmaster.Standing.Ours => $"its cluster runs as process {postmaster.ProcessId}, socket folder {postmaster.SocketFolder}",
                Postmaster.Standing.Gone => "its cluster was not stopped cleanly and will recover at the next start",
                _ => throw new StartFailure(
                    $"postmaster.pid names process {postmaster.ProcessId}, which is another PostgreSQL server: "
                    + $"when none runs on {folder.Cluster}, delete postmaster.pid in it."),
            },
        };
        return $"private, PostgreSQL {programs.MajorVersion} from {programs.Folder} as {account.Name}; {cluster}";
    }

    private static async Task<string> OwnServerAsync(string connectionString, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(ct);
            return connection.PostgreSqlVersion.Major >= PostgresPrograms.OldestVersion
                ? $"{settings.Host} answers, PostgreSQL {connection.PostgreSqlVersion}"
                : throw new StartFailure($"{settings.Host} runs PostgreSQL {connection.PostgreSqlVersion}: Careline needs {PostgresPrograms.OldestVersion} or newer.");
        }
        catch (NpgsqlException e)
        {
            throw new StartFailure($"{settings.Host} does not let us in ({e.Message}): look at DATABASE_URL, and at the server.");
        }
    }

    private async Task<(string Finding, bool Runs)> FolderAsync(CancellationToken ct)
    {
        var folder = CarelineFolder.Of(surroundings);
        var existing = folder.Path;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        var (code, _) = await ChildCommand.RunAsync(["test", "-w", existing], ct);
        if (code != 0)
        {
            throw folder.NotWritable(new UnauthorizedAccessException());
        }

        var free = new DriveInfo(existing).AvailableFreeSpace;
        if (free < LeastFreeBytes)
        {
            throw new StartFailure($"only {free >> 20} MiB are free under {existing}: free some space on the disk.");
        }

        if (existing != folder.Path)
        {
            return ($"{folder.Path}, will be made at the first start, {free >> 30} GiB free", false);
        }

        var runs = FolderLock.IsHeld(folder);
        return ($"{folder.Path}, {free >> 30} GiB free, {(runs ? $"in use by process {FolderLock.Holder(folder).Pid}" : "not in use")}", runs);
    }

    // Nothing that keeps Careline from starting.
    private static string Pictures() => FilesModule.CanShrinkPictures
        ? "vipsthumbnail makes small copies" : "no small copies are made for slow lines: install vipsthumbnail (libvips-tools), setpriv and prlimit (util-linux)";

    private string Ports(bool runs)
    {
        var addresses = ListenAddress.OfNodes(surroundings.Urls, 1)[0];
        foreach (var obstacle in addresses.Select(address => address.Obstacle()).OfType<string>().Take(runs ? 0 : 1))
        {
            throw new StartFailure(obstacle);
        }

        return $"{string.Join(" and ", addresses.Select(address => address.Url))}{(runs ? "" : ", free")}";
    }

    private string EnvironmentName() =>
        surroundings.EnvironmentName == "Development" && ListenAddress.OfNodes(surroundings.Urls, 1)[0].Any(address => !address.IsLoopback)
            ? throw new StartFailure(
                "Development listens beyond this machine, with its demo people and open developer routes: set ASPNETCORE_ENVIRONMENT=Production.")
            : surroundings.EnvironmentName;
}
