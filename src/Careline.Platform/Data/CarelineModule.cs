using System.Reflection;

namespace Careline.Platform.Data;

/// <summary>A module as the platform sees it: where its mappings and migrations are, which schema is its own, and on which level it stands.</summary>
/// <param name="Name">The name, such as <c>Scheduling</c>; its schema is the lower-case form.</param>
/// <param name="Level">References, foreign keys and calls point to lower levels only; migrations run in this order.</param>
/// <param name="Assembly">The compiled module.</param>
public sealed record CarelineModule(string Name, int Level, Assembly Assembly)
{
    /// <summary>The PostgreSQL schema that only this module owns.</summary>
    public string Schema => Name.ToLowerInvariant();
}

/// <summary>Registers modules with the platform.</summary>
public static class ModuleRegistration
{
    /// <summary>Makes a module's mappings, migrations and request validation known.</summary>
    public static IServiceCollection AddModule(this IServiceCollection services, string name, int level, Assembly assembly) =>
        services.AddSingleton(new CarelineModule(name, level, assembly));
}
