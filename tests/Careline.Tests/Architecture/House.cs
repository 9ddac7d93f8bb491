using System.Reflection;
using System.Runtime.CompilerServices;
using Careline.Platform.Data;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Architecture;

/// <summary>What the guards look at: they only read, so one application serves them all.</summary>
[CollectionDefinition]
public sealed class House(TestCluster cluster) : TestApp(cluster), ICollectionFixture<House>
{
    internal static Assembly Platform { get; } = typeof(CarelineDb).Assembly;

    internal static Assembly Host { get; } = typeof(CarelineApplication).Assembly;

    internal static Assembly Portal { get; } = typeof(Careline.Portal.PortalModule).Assembly;

    /// <summary>Every module the application registers, the lowest first, with the platform beneath them.</summary>
    internal IReadOnlyList<CarelineModule> Modules =>
    [
        .. Services.GetServices<CarelineModule>().Append(new CarelineModule("Platform", 0, Platform)).OrderBy(m => m.Level).ThenBy(m => m.Name),
    ];

    internal IReadOnlyList<RouteEndpoint> Routes =>
        [.. this.ApiRoutes()];

    /// <summary>Files of the repository, relative to it: what the build makes lies elsewhere.</summary>
    internal static IReadOnlyList<(string Path, string Text)> Files(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf(folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(Repository.PathOf("."), file), File.ReadAllText(file))),
    ];

    /// <summary>The types people wrote, without those the compiler and its generators add.</summary>
    internal static IEnumerable<Type> TypesOf(Assembly assembly) => assembly.GetTypes().Where(type =>
        !type.Name.Contains('<', StringComparison.Ordinal) && type.Namespace?.StartsWith("Careline", StringComparison.Ordinal) == true
        && !Outward(type).Any(t => t.IsDefined(typeof(CompilerGeneratedAttribute)) || t.Name.Contains('<', StringComparison.Ordinal))
        && !type.Namespace.EndsWith(".Generated", StringComparison.Ordinal));

    private static IEnumerable<Type> Outward(Type type)
    {
        for (var t = type; t is not null; t = t.DeclaringType)
        {
            yield return t;
        }
    }
}

/// <summary>How a guard ends: with every offender by name, and never content with having looked at nothing.</summary>
internal static class Verdict
{
    public static void ShouldBeNone(this IEnumerable<string> offenders, string rule, int seen, int atLeast)
    {
        seen.ShouldBeGreaterThanOrEqualTo(atLeast, $"The guard '{rule}' looked at too little to mean anything.");
        var all = offenders.Distinct().ToList();
        all.ShouldBeEmpty($"{rule}\n  {string.Join("\n  ", all)}\n");
    }
}
