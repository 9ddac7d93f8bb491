using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Careline.Tests.Architecture;

/// <summary>What is public is what others need: contracts, what travels on the wire, the module's front and its options.</summary>
[Collection(typeof(House))]
public sealed class PublicSurfaceTests(House house)
{
    [Fact]
    public void Only_contracts_wire_records_fronts_and_options_are_public()
    {
        var wire = OnTheWire();
        var seen = 0;
        var offenders = new List<string>();
        foreach (var module in house.Modules.Where(m => m.Level > 0))
        {
            foreach (var type in House.TypesOf(module.Assembly).Where(t => t.IsVisible))
            {
                seen++;
                if (!type.Namespace!.StartsWith($"Careline.{module.Name}.Contracts", StringComparison.Ordinal)
                    && type.Name != module.Name + "Module"
                    && !(type.Name.EndsWith("Options", StringComparison.Ordinal) && type.Namespace == $"Careline.{module.Name}")
                    && !wire.Contains(type))
                {
                    offenders.Add($"{type.FullName}: make it internal, or move it to Contracts if another module needs it.");
                }
            }
        }

        offenders.ShouldBeNone("A public type outside Contracts must travel in a request or an answer.", seen, 100);
    }

    [Fact]
    public void What_is_not_public_is_sealed_or_static_or_an_interface()
    {
        var types = house.Modules.Where(m => m.Level > 0).SelectMany(m => House.TypesOf(m.Assembly)).Where(t => t.IsClass && !t.IsVisible).ToList();

        types.Where(t => !t.IsSealed && !t.IsAbstract).Select(t => t.FullName!)
            .ShouldBeNone("A class of a module is sealed, or abstract because something derives from it.", types.Count, 100);
    }

    private HashSet<Type> OnTheWire()
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>();
        foreach (var route in house.Routes)
        {
            foreach (var accepts in route.Metadata.GetOrderedMetadata<IAcceptsMetadata>())
            {
                open.Push(accepts.RequestType ?? typeof(void));
            }

            foreach (var produces in route.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>())
            {
                open.Push(produces.Type ?? typeof(void));
            }
        }

        while (open.TryPop(out var type))
        {
            if (!found.Add(type))
            {
                continue;
            }

            foreach (var part in type.GetGenericArguments())
            {
                open.Push(part);
            }

            if (type.BaseType is { } parent)
            {
                open.Push(parent);
            }

            if (type.HasElementType)
            {
                open.Push(type.GetElementType()!);
            }

            if (type.Namespace?.StartsWith("Careline", StringComparison.Ordinal) == true)
            {
                foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    open.Push(property.PropertyType);
                }
            }
        }

        return found;
    }
}
