using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

namespace Careline.Tests.Architecture;

/// <summary>Every route says what it is, who may call it and whose thing it names; every body is checked.</summary>
[Collection(typeof(House))]
public sealed class RouteTests(House house)
{
    private static readonly HashSet<Type> _numbers = [typeof(int), typeof(long), typeof(short), typeof(decimal), typeof(double), typeof(float)];

    [Fact]
    public void Every_route_is_built_once_however_often_it_is_asked_for()
    {
        var sources = ((IEndpointRouteBuilder)house.App).DataSources;

        var first = sources.SelectMany(s => s.Endpoints).ToList();

        first.Count.ShouldBeGreaterThan(100);
        first.Zip(sources.SelectMany(s => s.Endpoints)).ShouldAllBe(pair => ReferenceEquals(pair.First, pair.Second));
    }

    [Fact]
    public void Every_route_has_a_name_a_summary_and_a_tag()
    {
        var offenders = house.Routes.SelectMany(route => Missing(route).Select(part => $"{Words(route)} has no {part}."))
            .Concat(house.Routes.GroupBy(r => r.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).Where(g => g.Key is not null && g.Count() > 1)
                .Select(g => $"{g.Key} names {string.Join(" and ", g.Select(Words))}."));

        offenders.ShouldBeNone("A route has a unique name, a summary and a tag.", house.Routes.Count, 100);

        static IEnumerable<string> Missing(RouteEndpoint route)
        {
            if (route.Metadata.GetMetadata<IEndpointNameMetadata>() is null)
            {
                yield return "name";
            }

            if (string.IsNullOrWhiteSpace(route.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary))
            {
                yield return "summary";
            }

            if (route.Metadata.GetMetadata<ITagsMetadata>()?.Tags is not { Count: > 0 })
            {
                yield return "tag";
            }

            if (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is not { Count: 1 })
            {
                yield return "one method";
            }
        }
    }

    [Fact]
    public void Every_route_has_a_policy_or_a_reason_for_having_none()
    {
        var offenders = new List<string>();
        foreach (var route in house.Routes)
        {
            var hasPolicy = route.Metadata.GetMetadata<IAuthorizeData>() is not null || route.Metadata.GetMetadata<AuthorizationPolicy>() is not null;
            var isOpen = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var reason = route.Metadata.GetMetadata<AnonymousReason>()?.Reason;
            if (isOpen && string.IsNullOrWhiteSpace(reason))
            {
                offenders.Add($"{Words(route)} is open to anyone without a reason: say .ForAnyone(\"why\").");
            }
            else if (!isOpen && !hasPolicy)
            {
                offenders.Add($"{Words(route)} says nothing of who may call it: .ForSignedIn(), .ForRoles(…) or .ForAnyone(\"why\").");
            }
            else if (isOpen && hasPolicy)
            {
                offenders.Add($"{Words(route)} has a policy and is open to anyone: the policy counts for nothing.");
            }
        }

        offenders.ShouldBeNone("Every route carries a policy or a reasoned anonymity.", house.Routes.Count, 100);
    }

    [Fact]
    public void Every_id_in_a_path_is_somebodys_thing_or_reasoned_to_be_nobodys()
    {
        var offenders = new List<string>();
        var seen = 0;
        foreach (var route in house.Routes.Where(r => Ids(r).Any()))
        {
            seen++;
            var first = Ids(route).First();
            var checks = route.Metadata.GetOrderedMetadata<VisibilityCheck>();
            if (!checks.Any(c => c.Parameter == first) && string.IsNullOrWhiteSpace(route.Metadata.GetMetadata<OpenId>()?.Reason))
            {
                offenders.Add($"{Words(route)}: whose thing is {{{first}}}? .VisibleAs<T>(\"{first}\") or .OpenToAll(\"why\").");
            }

            offenders.AddRange(checks.Where(c => !Ids(route).Contains(c.Parameter)).Select(c => $"{Words(route)}: there is no {{{c.Parameter}}} to check."));
            if (checks.Count > 0 && route.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                offenders.Add($"{Words(route)} is open to anyone, whom no check is asked about.");
            }

            // Another kind of parameter in its place would make the same path mean two things, and text would reach the handler.
            offenders.AddRange(route.RoutePattern.Parameters.Where(p => p.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase)
                    && p.ParameterPolicies.All(policy => policy.Content is not "guid") && route.Metadata.GetMetadata<OpenId>() is null)
                .Select(p => $"{Words(route)}: {{{p.Name}}} is not {{{p.Name}:guid}}."));
        }

        offenders.ShouldBeNone("An id in a path has a VisibilityCheck or a reason to be open.", seen, 60);
    }

    [Fact]
    public void Every_body_is_a_public_sealed_record_that_the_validator_knows()
    {
#pragma warning disable ASP0029 // The validator's own interface.
        var options = house.Services.GetRequiredService<IOptions<ValidationOptions>>().Value;
        var bodies = Bodies();
        var offenders = new List<string>();
        foreach (var (route, body) in bodies)
        {
            if (!options.TryGetValidatableTypeInfo(body, out _) && body.GetProperties().Any(p => p.GetCustomAttributes<ValidationAttribute>().Any() || !IsBounded(p.PropertyType)))
            {
                offenders.Add($"{body.Name} of {Words(route)} is not known to the validator: does its module call AddValidation itself?");
            }

            if (!body.IsPublic || !body.IsSealed || body.IsValueType || body.GetMethod("<Clone>$") is null)
            {
                offenders.Add($"{body.FullName} of {Words(route)} is no public sealed record: the validator passes over others in silence.");
            }

            var isAuthored = route.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Any(p => p.ParameterType == body) == true || route.Metadata.GetMetadata<MethodInfo>()?.GetParameters()
                .Any(p => p.ParameterType.IsGenericType && p.ParameterType.GetGenericTypeDefinition() == typeof(Merge<>) && p.ParameterType.GetGenericArguments()[0] == body) == true;
            if (!isAuthored)
            {
                offenders.Add($"{Words(route)} says it accepts {body.Name}, but its handler does not take it.");
            }
        }
#pragma warning restore ASP0029

        offenders.AddRange(house.Routes.SelectMany(r => (r.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
            .Where(p => p.ParameterType.IsGenericType && p.ParameterType.GetGenericTypeDefinition() == typeof(Merge<>)
                && r.Metadata.GetOrderedMetadata<IAcceptsMetadata>().All(a => a.RequestType != p.ParameterType.GetGenericArguments()[0]))
            .Select(_ => $"{Words(r)} merges without .AcceptsMerge: the OpenAPI document does not show its body.")));
        offenders.ShouldBeNone("A body is a public sealed record with checks that run.", bodies.Count, 40);
    }

    [Fact]
    public void Every_text_list_and_number_of_a_body_has_a_bound()
    {
        var seen = 0;
        var offenders = new List<string>();
        foreach (var type in Bodies().Select(b => b.Body).SelectMany(Parts).Distinct())
        {
            foreach (var property in type.GetProperties())
            {
                seen++;
                var rules = property.GetCustomAttributes<ValidationAttribute>()
                    .Concat(type.GetConstructors().SelectMany(c => c.GetParameters()).Where(p => p.Name == property.Name).SelectMany(p => p.GetCustomAttributes<ValidationAttribute>())).ToList();
                if (property.PropertyType == typeof(string) && !rules.Any(r => r is MaxLengthAttribute or StringLengthAttribute or LengthAttribute or RegularExpressionAttribute or AllowedValuesAttribute))
                {
                    offenders.Add($"{type.Name}.{property.Name} is text of any length.");
                }
                else if (property.PropertyType != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(property.PropertyType)
                    && !rules.Any(r => r is MaxLengthAttribute or LengthAttribute))
                {
                    offenders.Add($"{type.Name}.{property.Name} is a list of any length.");
                }
                else if (_numbers.Contains(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) && !rules.Any(r => r is RangeAttribute or AllowedValuesAttribute))
                {
                    offenders.Add($"{type.Name}.{property.Name} is a number of any size.");
                }
            }
        }

        offenders.ShouldBeNone("Text, lists and numbers of a body are bounded.", seen, 150);
    }

    [Fact]
    public void What_is_open_to_anyone_is_what_was_reviewed()
    {
        var open = house.Routes.Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(r => $"{Words(r)} | {r.Metadata.GetMetadata<AnonymousReason>()?.Reason}").Order(StringComparer.Ordinal).ToList();
        var reviewed = AnonymousRoutes.Reviewed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal).ToList();

        open.Except(reviewed).Select(line => $"not reviewed: {line}").Concat(reviewed.Except(open).Select(line => $"gone: {line}"))
            .ShouldBeNone("The list of anonymous routes in AnonymousRoutes.cs is exact: whoever changes it, reviews it.", open.Count, 10);
    }

    [Fact]
    public void What_asks_for_a_recent_sign_in_is_what_was_reviewed()
    {
        var marked = house.Routes.Where(r => r.Metadata.GetMetadata<NeedsRecentSignIn>() is not null).ToList();
        var words = marked.Select(Words).ToList();
        var reviewed = StepUpRoutes.Reviewed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();

        words.Except(reviewed).Select(line => $"not reviewed: {line}").Concat(reviewed.Except(words).Select(line => $"no longer asks: {line}"))
            .Concat(marked.Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(r => $"{Words(r)} is open to anyone, whom nobody asks."))
            .ShouldBeNone("The list in StepUpRoutes.cs is exact: whoever changes it, reviews it.", marked.Count, 10);
    }

    internal static string Words(RouteEndpoint route) =>
        $"{string.Join(',', route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"])} {"/" + route.RoutePattern.RawText!.TrimStart('/')}";

    internal static IEnumerable<string> Ids(RouteEndpoint route) => route.RoutePattern.Parameters
        .Where(p => p.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase) || p.ParameterPolicies.Any(policy => policy.Content is "guid")).Select(p => p.Name);

    private List<(RouteEndpoint Route, Type Body)> Bodies() =>
    [
        .. from route in house.Routes
           let body = route.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType
           where body is not null
           select (route, body),
    ];

    private static bool IsBounded(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(Guid) || bare == typeof(bool) || bare.IsEnum;
    }

    private static IEnumerable<Type> Parts(Type body)
    {
        var open = new Stack<Type>([body]);
        var found = new HashSet<Type>();
        while (open.TryPop(out var type))
        {
            foreach (var part in type.GetGenericArguments())
            {
                open.Push(part);
            }

            if (type is { IsEnum: false, Namespace: { } space } && space.StartsWith("Careline", StringComparison.Ordinal) && found.Add(type))
            {
                foreach (var property in type.GetProperties())
                {
                    open.Push(property.PropertyType);
                }
            }
        }

        return found;
    }
}
