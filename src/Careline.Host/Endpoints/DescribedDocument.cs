using Microsoft.OpenApi;

namespace Careline.Host.Endpoints;

// What can only be said once all schemas are there.
internal static class DescribedDocument
{
    public static void Complete(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        foreach (var schema in schemas.Values.OfType<OpenApiSchema>())
        {
            // Null belongs to a property that may lack its word, not to the vocabulary.
            if (WithoutNull(schema) is OpenApiSchema { Enum: not null } words && words != schema)
            {
                (schema.Type, schema.Enum, schema.OneOf) = (words.Type, words.Enum, null);
            }

            // Success has its data; only refusals have none.
            if (schema.Properties?.ContainsKey("success") == true && schema.Properties.TryGetValue("data", out var data))
            {
                schema.Properties["data"] = WithoutNull(data);
            }
        }

        var bodies = (
            from operation in document.Paths.Values.SelectMany(path => path.Operations ?? [])
            from body in operation.Value.RequestBody?.Content?.Values ?? []
            where body.Schema is not null
            select (Method: operation.Key, Body: body)).ToList();
        bodies.ForEach(b => b.Body.Schema = WithoutNull(b.Body.Schema!));
        var whole = bodies.Where(b => b.Method != HttpMethod.Patch).Select(b => IdOf(b.Body)).ToHashSet();
        foreach (var (_, body) in bodies.Where(b => b.Method == HttpMethod.Patch))
        {
            if (IdOf(body) is { } id && schemas[id] is OpenApiSchema schema)
            {
                var name = whole.Contains(id) ? id + "Patch" : id;
                schemas[name] = PatchOf(schema);
                body.Schema = new OpenApiSchemaReference(name, document);
            }
        }
    }

    private static string? IdOf(OpenApiMediaType body) => (body.Schema as OpenApiSchemaReference)?.Reference.Id;

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema) =>
        schema.OneOf is { Count: 2 } either && either.Any(one => one.Type == JsonSchemaType.Null) ? either.First(one => one.Type != JsonSchemaType.Null) : schema;

    // A merge patch (RFC 7396) has only what changes: nothing is required, and what is absent stays as it is, not as it would begin.
    private static OpenApiSchema PatchOf(OpenApiSchema whole) => new()
    {
        Type = JsonSchemaType.Object,
        Description = whole.Description,
        Properties = whole.Properties?.ToDictionary(p => p.Key, p => WithoutDefault(p.Value)),
    };

    private static IOpenApiSchema WithoutDefault(IOpenApiSchema schema)
    {
        if (schema.Default is null || schema.CreateShallowCopy() is not OpenApiSchema copy)
        {
            return schema;
        }

        copy.Default = null;
        return copy;
    }
}
