using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Careline.Host.Endpoints;

// The OpenAPI 3.1 document, made from the routes themselves, and the two pages that show it without a CDN.
internal static class OpenApiDescription
{
    private const string DocumentName = "v1";

    private static readonly ConcurrentDictionary<string, Type> _named = new();

    private const string ReDocPage =
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Careline API</title></head>
        <body style="margin:0"><redoc spec-url="/api/schema/"></redoc><script src="/api/redoc/redoc.standalone.js"></script></body>
        </html>
        """;

    public static IServiceCollection AddCarelineOpenApi(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(async (document, context, ct) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Careline",
                Version = CarelineApplication.Version,
                Description = "Telehealth that you host yourself: accounts, patients, doctors, appointments, consultations. Times are RFC 3339 in UTC, money is in minor units.",
                License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            };
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Paths = WithSlashes(document.Paths);
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["bearer"] =
                new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "JWT",
                    Description = "The access token of a sign-in: a JWT of one pinned kind, verified as RFC8725 asks.",
                };
            DescribedErrors.AddTo(document.Components, await context.GetOrCreateSchemaAsync(typeof(ErrorEnvelope), null, ct));
            DescribedDocument.Complete(document);
        });
        options.AddSchemaTransformer(DescribedTypes.CompleteAsync);
        options.AddOperationTransformer((operation, context, _) =>
        {
            DescribedOperations.Complete(operation, context);
            return Task.CompletedTask;
        });
        options.CreateSchemaReferenceId = NameOf;
    });

    // Two types under one name would leave one of them undescribed.
    private static string? NameOf(JsonTypeInfo info)
    {
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(info);
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        return name is null || _named.GetOrAdd(name, type) == type ? name
            : throw new InvalidOperationException($"{type} and {_named[name]} would both be {name} in the OpenAPI document: rename one of them.");
    }

    public static void MapDocumentation(this WebApplication app)
    {
        app.MapOpenApi("/api/schema/").WithName("Schema").WithSummary("This document.").WithTags("Documentation")
            .ForAnyone("Clients are written from it.").ExcludeFromDescription()
            .Add(endpoint => endpoint.RequestDelegate = MadeOnce(endpoint.RequestDelegate!));
    }

    // Making it costs more than any other answer, anybody may ask, and it never changes while a host runs.
    private static RequestDelegate MadeOnce(RequestDelegate make)
    {
        var (turn, made) = (new SemaphoreSlim(1), (byte[]?)null);
        return async http =>
        {
            if (made is null)
            {
                await turn.WaitAsync(http.RequestAborted);
                try
                {
                    made ??= await MakeAsync(http);
                }
                finally
                {
                    turn.Release();
                }
            }

            http.Response.ContentType = "application/json;charset=utf-8";
            await http.Response.Body.WriteAsync(made, http.RequestAborted);
        };

        async Task<byte[]> MakeAsync(HttpContext http)
        {
            using var kept = new MemoryStream();
            var body = http.Response.Body;
            http.Response.Body = kept;
            try
            {
                await make(http);
            }
            finally
            {
                http.Response.Body = body;
            }

            return kept.ToArray();
        }
    }

    // Before routing: these pages are files inside a package, not endpoints.
    public static void UseDocumentationPages(this WebApplication app) => app.UseWhen(
        http => http.Request.Path.StartsWithSegments("/api/docs") || http.Request.Path.StartsWithSegments("/api/redoc"),
        pages =>
        {
            // The packages answer their folder with a redirect to this file.
            pages.Use((HttpContext http, RequestDelegate next) =>
            {
                if (http.Request.Path.Value!.TrimEnd('/').ToLowerInvariant() is ("/api/docs" or "/api/redoc") and var folder)
                {
                    http.Request.Path = folder + "/index.html";
                }

                return next(http);
            });
            pages.UseSwaggerUI(ui =>
            {
                ui.RoutePrefix = "api/docs";
                ui.SwaggerEndpoint("/api/schema/", "Careline");
                ui.DocumentTitle = "Careline API";
                var page = ui.IndexStream;
                ui.IndexStream = () => BelowDocs(page());
            });
            pages.UseReDoc(redoc =>
            {
                redoc.RoutePrefix = "api/redoc";

                // The package's own page loads fonts from elsewhere.
                redoc.IndexStream = () => new MemoryStream(Encoding.UTF8.GetBytes(ReDocPage));
            });
        });

    // Without the slash at its end, a page's relative addresses would lead to its neighbours.
    private static MemoryStream BelowDocs(Stream page)
    {
        using var reader = new StreamReader(page);
        return new MemoryStream(Encoding.UTF8.GetBytes(reader.ReadToEnd()
            .Replace("<head>", "<head><base href=\"/api/docs/\">", StringComparison.Ordinal)));
    }

    public static async Task<string> WriteAsync(WebApplication app, CancellationToken ct)
    {
        // A start would hand the routes over to the services; this host is asked once and never starts.
        app.UseEndpoints(_ => { });
        var provider = app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName);
        var document = await provider.GetOpenApiDocumentAsync(ct);
        await using var text = new StringWriter();
        document.SerializeAs(OpenApiSpecVersion.OpenApi3_1, new OpenApiJsonWriter(text));
        return text.ToString();
    }

    // The framework drops the slash that our documented paths end with; only names of files have none.
    private static OpenApiPaths WithSlashes(OpenApiPaths paths)
    {
        var shown = new OpenApiPaths();
        foreach (var (path, item) in paths)
        {
            var isFile = path[(path.LastIndexOf('/') + 1)..].Contains('.', StringComparison.Ordinal);
            shown.Add(isFile || path.EndsWith('/') ? path : path + "/", item);
        }

        return shown;
    }
}
