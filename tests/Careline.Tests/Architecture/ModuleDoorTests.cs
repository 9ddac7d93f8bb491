using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using Careline.Platform.Data;

namespace Careline.Tests.Architecture;

/// <summary>A module is entered by its contracts only, from above only: read from what was compiled, so that no source can talk around it.</summary>
[Collection(typeof(House))]
public sealed class ModuleDoorTests(House house)
{
    [Fact]
    public void A_module_names_only_the_contracts_of_another()
    {
        var offenders = new List<string>();
        var seen = 0;
        foreach (var module in house.Modules)
        {
            foreach (var (assembly, space, name) in References(module.Assembly))
            {
                if (house.Modules.FirstOrDefault(m => m.Assembly.GetName().Name == assembly) is { Level: > 0 } other)
                {
                    seen++;
                    if (!IsContract(other, space))
                    {
                        offenders.Add($"{module.Name} names {space}.{name}: let {other.Name} offer it in {assembly}.Contracts.");
                    }
                }
            }
        }

        offenders.ShouldBeNone("A module may name only Careline.X.Contracts of another.", seen, 40);
    }

    [Fact]
    public void The_host_names_a_modules_front_its_options_and_its_contracts()
    {
        var named = References(House.Host)
            .Join(house.Modules.Where(m => m.Level > 0), r => r.Assembly, m => m.Assembly.GetName().Name, (r, m) => (r.Space, r.Name, Module: m)).ToList();

        named.Where(r => !IsContract(r.Module, r.Space)
                && !(r.Space == $"Careline.{r.Module.Name}" && (r.Name == r.Module.Name + "Module" || r.Name.EndsWith("Options", StringComparison.Ordinal))))
            .Select(r => $"Host names {r.Space}.{r.Name}.")
            .ShouldBeNone("The host composes modules and knows no more of them.", named.Count, 8);
    }

    [Fact]
    public void References_point_down_the_levels()
    {
        var offenders = new List<string>();
        var seen = 0;
        foreach (var module in house.Modules)
        {
            foreach (var name in module.Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Careline.", StringComparison.Ordinal)))
            {
                seen++;
                if (house.Modules.FirstOrDefault(m => m.Assembly.GetName().Name == name) is not { } other)
                {
                    offenders.Add($"{module.Name} refers to {name}, which is no registered module.");
                }
                else if (other.Level >= module.Level)
                {
                    offenders.Add($"{module.Name} (level {module.Level}) refers to {other.Name} (level {other.Level}).");
                }
            }
        }

        offenders.ShouldBeNone("References point to lower levels only.", seen, 25);
    }

    [Fact]
    public void Nobody_but_tests_and_measurements_see_a_modules_insides()
    {
        var friends = house.Modules.Where(m => m.Level > 0)
            .SelectMany(m => m.Assembly.GetCustomAttributes<InternalsVisibleToAttribute>().Select(a => (m.Name, Friend: a.AssemblyName))).ToList();

        friends.Where(f => f.Friend is not ("Careline.Tests" or "Careline.Bench")).Select(f => $"{f.Name} opens its internals to {f.Friend}.")
            .ShouldBeNone("A module's internals are its own.", friends.Count, 8);
    }

    private static bool IsContract(CarelineModule module, string space) =>
        space == $"Careline.{module.Name}.Contracts" || space.StartsWith($"Careline.{module.Name}.Contracts.", StringComparison.Ordinal);

    private static List<(string Assembly, string Space, string Name)> References(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var found = new List<(string, string, string)>();
        foreach (var handle in metadata.TypeReferences)
        {
            var type = metadata.GetTypeReference(handle);
            while (type.ResolutionScope.Kind == HandleKind.TypeReference)
            {
                type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
            }

            if (type.ResolutionScope.Kind == HandleKind.AssemblyReference)
            {
                var owner = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
                found.Add((metadata.GetString(owner.Name), metadata.GetString(type.Namespace), metadata.GetString(type.Name)));
            }
        }

        return [.. found.Distinct()];
    }
}
