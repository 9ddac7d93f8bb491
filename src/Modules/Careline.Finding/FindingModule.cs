namespace Careline.Finding;

/// <summary>What lists are found with in memory: sets, kept orders, places, and how a host keeps them as the tables are. Nothing stored and no route.</summary>
public static class FindingModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddFinding(this IServiceCollection services) => services.AddModule("Finding", 1, typeof(FindingModule).Assembly);
}
