
namespace Careline.Tests.Host;

public sealed class PostgresProgramsTests : IDisposable
{
    private const UnixFileMode Runnable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string folder = Directory.CreateTempSubdirectory("careline-programs-").FullName;

    [Fact]
    public async Task Missing_programs_are_named_with_a_cure()
    {
        var failure = await Should.ThrowAsync<StartFailure>(FindAsync(null));

        failure.Message.ShouldBe(
            $"CARELINE_PG_BIN names {folder}, where the programs initdb, pg_ctl and postgres are not: correct it, or unset it to have them searched for.");
    }

    [Fact]
    public async Task Programs_that_are_too_old_are_refused()
    {
        Pretend("14.2");

        (await Should.ThrowAsync<StartFailure>(FindAsync(null))).Message.ShouldStartWith("Careline needs PostgreSQL 15 or newer and this machine has 14:");
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_refused()
    {
        Pretend("17.4");

        (await Should.ThrowAsync<StartFailure>(FindAsync(16))).Message.ShouldBe(
            "The data were made by PostgreSQL 16 and this machine has 17: install PostgreSQL 16, or bring the data over with pg_upgrade.");
        (await Should.ThrowAsync<StartFailure>(FindAsync(18))).Message.ShouldBe(
            "The data were made by PostgreSQL 18 and this machine has 17: install PostgreSQL 18.");
        (await FindAsync(17)).MajorVersion.ShouldBe(17);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<PostgresPrograms> FindAsync(int? clusterVersion) => PostgresPrograms.FindAsync(
        new Surroundings(name => name == "CARELINE_PG_BIN" ? folder : null), clusterVersion, TestContext.Current.CancellationToken);

    private void Pretend(string version)
    {
        foreach (var program in (string[])["initdb", "pg_ctl", "postgres"])
        {
            var path = Path.Combine(folder, program);
            File.WriteAllText(path, $"#!/bin/sh\necho 'postgres (PostgreSQL) {version} (Debian)'\n");
            File.SetUnixFileMode(path, Runnable);
        }
    }
}
