namespace Careline.Tests.Support;

/// <summary>
/// With a turn and a connection for each of a crowd, so that what decides a race is the database and no queue before it, and with sign-ins that last, so
/// that nobody is turned away before it is decided, however slow the machine.
/// </summary>
internal sealed class CrowdedApp(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Tokens:AccessMinutes"] = "720", ["Database:Turns"] = "60" };

    protected override int MostConnections => 80;
}
