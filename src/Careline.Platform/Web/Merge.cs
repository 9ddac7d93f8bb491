using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

namespace Careline.Platform.Web;

/// <summary>
/// The body of a PATCH: a JSON merge patch (RFC 7396) onto the request record of the same resource's PUT, so that one record, one validation
/// and one method of the entity serve both.
/// </summary>
/// <typeparam name="T">The request record of PUT.</typeparam>
public sealed class Merge<T>
    where T : class
{
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false, MaxDepth = WireJson.Options.MaxDepth };

    private readonly JsonObject _patch;
    private readonly HttpContext _http;

    private Merge(JsonObject patch, HttpContext http)
    {
        _patch = patch;
        _http = http;
    }

    /// <summary>Reads the patch for a handler's parameter.</summary>
    public static async ValueTask<Merge<T>> BindAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType() && http.Request.ContentType is not "application/merge-patch+json")
        {
            throw new BadHttpRequestException("Unsupported media type.", StatusCodes.Status415UnsupportedMediaType);
        }

        // Not through the serializer: it reads objects lazily, and a member given twice would break only once somebody looks.
        try
        {
            var patch = await JsonNode.ParseAsync(http.Request.Body, documentOptions: _strict, cancellationToken: http.RequestAborted);
            return new Merge<T>(patch as JsonObject ?? throw new JsonException(), http);
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("Must be text in valid Unicode.");
        }
    }

    /// <summary>Whether the patch speaks of a member.</summary>
    public bool Names(string member) => _patch.ContainsKey(member);

    /// <summary>The record that results from the present one, bound and validated like the body of a PUT.</summary>
    /// <exception cref="InvalidInput">The result is not valid.</exception>
    public async Task<T> OntoAsync(T current)
    {
        var target = JsonSerializer.SerializeToNode(current, WireJson.Options)!.AsObject();
        MergeInto(target, _patch);
        var merged = target.Deserialize<T>(WireJson.Options)!;
        await ValidateAsync(merged);
        return merged;
    }

    private static void MergeInto(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject inner)
            {
                if (target[name] is not JsonObject existing)
                {
                    target[name] = existing = [];
                }

                MergeInto(existing, inner);
            }
            else if (value is null)
            {
                target.Remove(name);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }

    private async Task ValidateAsync(T merged)
    {
#pragma warning disable ASP0029 // The validator's own interface: the framework calls the same for a bound body.
        var options = _http.RequestServices.GetRequiredService<IOptions<ValidationOptions>>().Value;
        if (!options.TryGetValidatableTypeInfo(typeof(T), out var validatable))
        {
            throw new InvalidOperationException($"{typeof(T).Name} is not known to the validator.");
        }

        var context = new ValidateContext { ValidationOptions = options, ValidationContext = new ValidationContext(merged, _http.RequestServices, null) };
        await validatable.ValidateAsync(merged, context, _http.RequestAborted);
        if (context.ValidationErrors is { Count: > 0 } errors)
        {
            throw new InvalidInput(errors.ToDictionary(e => SnakeCase.OfPath(e.Key), e => e.Value));
        }
#pragma warning restore ASP0029
    }
}
