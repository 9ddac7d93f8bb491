namespace Careline.Tests.Support;

/// <summary>
/// One application for many classes, since a start of its own costs each a second of processor time. For tests that keep to the people they make: they
/// count nothing over everybody, move no clock, run no job and change no setting.
/// </summary>
public sealed class SharedApp(TestCluster cluster) : TestApp(cluster)
{
    public override async ValueTask InitializeAsync() => StandFor(await Cluster.SharedAppAsync());
}
