using Careline.Platform.Web;
using Microsoft.OpenApi;

namespace Careline.Host.Endpoints;

// What operations answer when they refuse: the same envelope everywhere, by statuses that follow from what an operation is.
internal static class DescribedErrors
{
    private const string Envelope = nameof(ErrorEnvelope);

    private static readonly Dictionary<string, string> _meanings = new()
    {
        ["400"] = "Something in the request is not valid: `errors` names the fields.",
        ["401"] = "Nobody is signed in, or not any more: sign in again.",
        ["403"] = "The caller may not do this.",
        ["404"] = "There is no such thing, or the caller may not know of it.",
        ["409"] = "It cannot be done as things stand: `error.code` says why.",
        ["412"] = "It has changed since it was read: read it again.",
        ["429"] = "Too much at once: try again after `Retry-After` seconds.",
        ["503"] = "Not now: try again after `Retry-After` seconds. A write with an Idempotency-Key is safe to repeat.",
        ["default"] = "Any other refusal, in the same envelope.",
    };

    // Described once, and referred to by every operation.
    public static void AddTo(OpenApiComponents components, OpenApiSchema envelope)
    {
        components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        components.Schemas[Envelope] = envelope;
        components.Responses ??= new Dictionary<string, IOpenApiResponse>();
        foreach (var (status, meaning) in _meanings)
        {
            components.Responses[NameOf(status)] = new OpenApiResponse
            {
                Description = meaning,
                Headers = status is "429" or "503" ? RetryAfter() : null,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = new OpenApiSchemaReference(Envelope) } },
            };
        }
    }

    public static void AddTo(OpenApiOperation operation, OpenApiDocument? document, string method, bool isAnonymous, bool hasPrecondition)
    {
        operation.Responses ??= [];
        foreach (var status in Of(operation, method, isAnonymous, hasPrecondition))
        {
            operation.Responses.TryAdd(status, new OpenApiResponseReference(NameOf(status), document));
        }
    }

    private static IEnumerable<string> Of(OpenApiOperation operation, string method, bool isAnonymous, bool hasPrecondition)
    {
        if (operation.RequestBody is not null || operation.Parameters is { Count: > 0 })
        {
            yield return "400";
        }

        if (!isAnonymous)
        {
            yield return "401";
            yield return "403";
        }

        if (operation.Parameters?.Any(p => p.In == ParameterLocation.Path) == true)
        {
            yield return "404";
        }

        if (method != "GET")
        {
            yield return "409";
        }

        if (hasPrecondition)
        {
            yield return "412";
        }

        yield return "429";
        yield return "503";
        yield return "default";
    }

    private static string NameOf(string status) => status == "default" ? "Error" : "Error" + status;

    private static Dictionary<string, IOpenApiHeader> RetryAfter() => new()
    {
        ["Retry-After"] = new OpenApiHeader { Description = "Seconds.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" } },
    };
}
