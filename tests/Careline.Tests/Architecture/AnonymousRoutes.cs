namespace Careline.Tests.Architecture;

internal static class AnonymousRoutes
{
    /// <summary>What people who are not signed in may call, and why. Whoever changes a line has thought about it.</summary>
    public const string Reviewed =
        """
        GET / | The front door.
        """;
}
