using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Careline.Host.Endpoints;

// The framework says nothing of the type of what our own converters read and write (texts, times, words of a vocabulary), of what lists of them hold, and of the
// limits that a request's parameters declare.
internal static class DescribedTypes
{
    public static async Task CompleteAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var given = context.JsonTypeInfo.Type;
        var type = Nullable.GetUnderlyingType(given) ?? given;
        if (schema.Type is null && (type == typeof(string) || type == typeof(DateTimeOffset)))
        {
            var mayBeNull = context.JsonPropertyInfo is { } property ? property.IsGetNullable || property.IsSetNullable : type != given;
            schema.Type = mayBeNull ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            schema.Format ??= type == typeof(DateTimeOffset) ? "date-time" : null;
        }
        else if (schema.Type is null && type.IsEnum)
        {
            var words = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Words(type, context.JsonTypeInfo.Options)] };
            if (type == given)
            {
                (schema.Type, schema.Enum) = (words.Type, words.Enum);
            }
            else
            {
                (schema.Enum, schema.OneOf) = (null, [new OpenApiSchema { Type = JsonSchemaType.Null }, words]);
            }
        }

        if (context.JsonTypeInfo.ElementType is { } element && schema.Type?.HasFlag(JsonSchemaType.Array) == true && schema.Items is null)
        {
            schema.Items = element == typeof(string) ? new OpenApiSchema { Type = JsonSchemaType.String } : await context.GetOrCreateSchemaAsync(element, null, ct);
        }

        // What an answer always has is required, and what it may leave out is not; a request says so itself.
        if (schema.Properties is { Count: > 0 } && !type.Name.EndsWith("Request", StringComparison.Ordinal))
        {
            schema.Required = schema.Required is { Count: > 0 } said ? said
                : context.JsonTypeInfo.Properties.Where(p => p.Get is not null && p.AssociatedParameter is not { HasDefaultValue: true }).Select(p => p.Name).ToHashSet();
            schema.Required.ExceptWith(context.JsonTypeInfo.Properties.Where(IsLeftOut).Select(p => p.Name));
        }

        foreach (var limit in context.JsonPropertyInfo?.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(true) ?? [])
        {
            Limit(schema, limit);
        }
    }

    private static bool IsLeftOut(JsonPropertyInfo property) => property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true)
        .OfType<JsonIgnoreAttribute>().Any(ignored => ignored.Condition is JsonIgnoreCondition.WhenWritingNull or JsonIgnoreCondition.WhenWritingDefault) == true;

    private static IEnumerable<JsonNode> Words(Type type, JsonSerializerOptions options)
    {
        foreach (var value in Enum.GetValues(type))
        {
            yield return JsonSerializer.SerializeToNode(value, type, options)!;
        }
    }

    private static void Limit(OpenApiSchema schema, object attribute)
    {
        switch (attribute)
        {
            case LengthAttribute length when schema.Type?.HasFlag(JsonSchemaType.Array) == true:
                (schema.MinItems, schema.MaxItems) = (length.MinimumLength, length.MaximumLength);
                break;
            case MaxLengthAttribute most when schema.Type?.HasFlag(JsonSchemaType.Array) == true:
                schema.MaxItems = most.Length;
                break;
            case MaxLengthAttribute most:
                schema.MaxLength = most.Length;
                break;
            case StringLengthAttribute length:
                schema.MaxLength = length.MaximumLength;
                schema.MinLength = length.MinimumLength > 0 ? length.MinimumLength : null;
                break;
            case RangeAttribute range when range.OperandType != typeof(long) && schema.Type is { } kind && (kind & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0:
                schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
                schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
                break;
            case RegularExpressionAttribute pattern:
                schema.Pattern = pattern.Pattern;
                break;
        }
    }
}
