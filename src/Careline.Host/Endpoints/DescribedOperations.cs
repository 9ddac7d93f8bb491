using System.Reflection;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Careline.Host.Endpoints;

// What an operation takes and answers beside what the framework reads from its handler's parameters.
internal static class DescribedOperations
{
    // What a query parameter is, by the same name on every route; vocabularies are the route's own, and told in its answer for a wrong word.
    private static readonly Dictionary<string, (JsonSchemaType Type, string? Format)> _filters = new()
    {
        ["page"] = (JsonSchemaType.Integer, "int32"),
        ["page_size"] = (JsonSchemaType.Integer, "int32"),
        ["limit"] = (JsonSchemaType.Integer, "int32"),
        ["after_seq"] = (JsonSchemaType.Integer, "int64"),
        ["before_seq"] = (JsonSchemaType.Integer, "int64"),
        ["min_experience"] = (JsonSchemaType.Integer, "int32"),
        ["max_fee"] = (JsonSchemaType.Integer, "int64"),
        ["min_rating"] = (JsonSchemaType.Number, "double"),
        ["radius_km"] = (JsonSchemaType.Number, "double"),
        ["doctor"] = (JsonSchemaType.String, "uuid"),
        ["doctor_id"] = (JsonSchemaType.String, "uuid"),
        ["patient"] = (JsonSchemaType.String, "uuid"),
        ["patient_id"] = (JsonSchemaType.String, "uuid"),
        ["clinic"] = (JsonSchemaType.String, "uuid"),
        ["clinic_id"] = (JsonSchemaType.String, "uuid"),
        ["date"] = (JsonSchemaType.String, "date"),
        ["start_date"] = (JsonSchemaType.String, "date"),
        ["end_date"] = (JsonSchemaType.String, "date"),
        ["available_on"] = (JsonSchemaType.String, "date"),
        ["date_from"] = (JsonSchemaType.String, "date-time"),
        ["date_to"] = (JsonSchemaType.String, "date-time"),
        ["review_by"] = (JsonSchemaType.String, "date"),
        ["expires_before"] = (JsonSchemaType.String, "date"),
        ["appointment"] = (JsonSchemaType.String, "uuid"),
        ["consultation"] = (JsonSchemaType.String, "uuid"),
        ["chat"] = (JsonSchemaType.String, "uuid"),
        ["actor"] = (JsonSchemaType.String, "uuid"),
        ["uploaded_by"] = (JsonSchemaType.String, "uuid"),
        ["is_active"] = (JsonSchemaType.Boolean, null),
        ["invited"] = (JsonSchemaType.Boolean, null),
        ["hidden"] = (JsonSchemaType.Boolean, null),
        ["reported"] = (JsonSchemaType.Boolean, null),
        ["rating"] = (JsonSchemaType.Integer, "int32"),
        ["available_only"] = (JsonSchemaType.Boolean, null),
        ["unread"] = (JsonSchemaType.Boolean, null),
        ["mark_read"] = (JsonSchemaType.Boolean, null),
        ["upcoming"] = (JsonSchemaType.Boolean, null),
    };

    public static void Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var handler = metadata.OfType<MethodInfo>().LastOrDefault();
        var answer = handler?.ReturnType is { IsGenericType: true } task ? task.GetGenericArguments()[0] : null;
        operation.Parameters ??= [];
        AddFilters(operation, metadata.OfType<ListFilters>().LastOrDefault(), isPaged: answer is { IsGenericType: true } && answer.GetGenericTypeDefinition() == typeof(PageAnswer<>));
        if (context.Description.HttpMethod == "POST" && !metadata.OfType<OwnTransaction>().Any())
        {
            operation.Parameters.Add(Header("Idempotency-Key", "One key for one act, of up to 255 characters: the same request with it is done once, and answered alike."));
        }

        var hasPrecondition = handler?.GetParameters().Any(p => p.ParameterType == typeof(IfMatch)) == true;
        if (hasPrecondition)
        {
            operation.Parameters.Add(Header("If-Match", "The ETag that was read, if nothing else may have changed it since."));
        }

        if (metadata.OfType<FormBody>().LastOrDefault() is { } form)
        {
            operation.RequestBody = BodyOf(form);
        }

        var isAnonymous = metadata.OfType<AnonymousReason>().Any();
        operation.Security = isAnonymous ? [] : [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] }];
        operation.Responses ??= [];
        AddContents(operation.Responses, metadata.OfType<IProducesResponseTypeMetadata>());
        if (answer is { IsGenericType: true } && answer.GetGenericArguments()[0].IsAssignableTo(typeof(IVersioned)))
        {
            AddETag(operation.Responses);
        }

        DescribedErrors.AddTo(operation, context.Document, context.Description.HttpMethod!, isAnonymous, hasPrecondition);
    }

    private static void AddFilters(OpenApiOperation operation, ListFilters? filters, bool isPaged)
    {
        var names = filters?.Names.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();
        foreach (var name in names.Concat(isPaged ? ["page", "page_size"] : []).Concat(isPaged && filters is not null ? ["ordering", "search"] : []))
        {
            var (type, format) = _filters.GetValueOrDefault(name, (JsonSchemaType.String, null));
            operation.Parameters!.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Schema = new OpenApiSchema { Type = type, Format = format } });
        }
    }

    private static void AddContents(OpenApiResponses responses, IEnumerable<IProducesResponseTypeMetadata> produced)
    {
        foreach (var answer in produced.Where(p => p.Type is null || p.Type == typeof(void)))
        {
            if (responses.TryGetValue(answer.StatusCode.ToString(null, null), out var response) && response is OpenApiResponse { Content: null or { Count: 0 } } bare)
            {
                bare.Content = answer.ContentTypes.ToDictionary(
                    type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } });
            }
        }
    }

    private static void AddETag(OpenApiResponses responses)
    {
        foreach (var response in responses.Where(r => r.Key[0] == '2').Select(r => r.Value).OfType<OpenApiResponse>())
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers["ETag"] = new OpenApiHeader { Description = "For If-Match.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
    }

    private static OpenApiRequestBody BodyOf(FormBody form)
    {
        var parts = form.Texts.ToDictionary(name => name, IOpenApiSchema (_) => new OpenApiSchema { Type = JsonSchemaType.String });
        parts["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = parts, Required = new HashSet<string> { "file" } };
        return new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { ["multipart/form-data"] = new OpenApiMediaType { Schema = schema } } };
    }

    private static OpenApiParameter Header(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
