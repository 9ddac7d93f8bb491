namespace Careline.Papers;

/// <summary>Papers to print: letters, lines and codes set on a page. What they say is told by the modules above; with nothing stored and no route.</summary>
public static class PapersModule
{
    /// <summary>Registers the module.</summary>
    public static IServiceCollection AddPapers(this IServiceCollection services) => services.AddModule("Papers", 1, typeof(PapersModule).Assembly);
}
