namespace Careline.Tests.Support;

/// <summary>
/// One application for many classes, since a start of its own costs each a second of processor time. For tests that keep to the people they make: they
/// count nothing over everybody, move no clock, run no job and change no setting.
/// </summary>
public sealed class SharedApp(TestCluster cluster) : TestApp(cluster)
{
    public override async ValueTask InitializeAsync() => StandFor(await Cluster.SharedAppAsync());

    /// <summary>Never: everybody who signed in here would be signed out.</summary>
    public override void Advance(TimeSpan by) => throw new InvalidOperationException("The clock of the shared application is everybody's: take an application of your own.");
}
