using System.Globalization;
using System.Net.Mime;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Careline.Platform.Web;

/// <summary>Makes answers in the envelope.</summary>
public static class Answer
{
    /// <summary>200 with data.</summary>
    public static Answer<T> Ok<T>(T data, string message = "OK.") => new(data, message);

    /// <summary>201 with data.</summary>
    public static CreatedAnswer<T> Created<T>(T data, string message) => new(data, message);

    /// <summary>200 with one page of a list.</summary>
    public static PageAnswer<T> Page<T>(Page<T> page, string message = "OK.") => new(page, message);

    /// <summary>200 with a piece of a long list.</summary>
    public static FeedAnswer<T> Feed<T>(Feed<T> feed, string message = "OK.") => new(feed, message);

    /// <summary>204 without a body.</summary>
    public static DeletedAnswer Deleted() => new();
}

/// <summary>An answer whose bytes can be made before the transaction commits, so that an idempotency key can keep them.</summary>
public abstract class WireAnswer : IResult
{
    /// <summary>The HTTP status.</summary>
    public abstract int Status { get; }

    /// <summary>The entity tag, when the data has a version.</summary>
    public virtual string? ETag => null;

    /// <summary>The body.</summary>
    public abstract byte[]? Body(JsonSerializerOptions json, DateTimeOffset now, HttpRequest request);

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = Body(json, services.GetRequiredService<TimeProvider>().GetUtcNow(), httpContext.Request);
        return WriteAsync(httpContext, Status, body, ETag);
    }

    internal static Task WriteAsync(HttpContext http, int status, byte[]? body, string? etag)
    {
        http.Response.StatusCode = status;
        if (etag is not null)
        {
            http.Response.Headers.ETag = etag;
        }

        if (body is null)
        {
            return Task.CompletedTask;
        }

        http.Response.ContentType = MediaTypeNames.Application.Json;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body).AsTask();
    }

    internal static string? TagOf<T>(T data) =>
        data is IVersioned versioned ? string.Create(CultureInfo.InvariantCulture, $"\"{versioned.Version}\"") : null;
}

/// <summary>200 with data.</summary>
public sealed class Answer<T>(T data, string message) : WireAnswer, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public override int Status => StatusCodes.Status200OK;

    /// <inheritdoc />
    public override string? ETag => TagOf(data);

    /// <inheritdoc />
    public override byte[] Body(JsonSerializerOptions json, DateTimeOffset now, HttpRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(true, "success", message, data, now), json);

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Envelope<T>), [MediaTypeNames.Application.Json]));
}

/// <summary>201 with data.</summary>
public sealed class CreatedAnswer<T>(T data, string message) : WireAnswer, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public override int Status => StatusCodes.Status201Created;

    /// <inheritdoc />
    public override string? ETag => TagOf(data);

    /// <inheritdoc />
    public override byte[] Body(JsonSerializerOptions json, DateTimeOffset now, HttpRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(true, "success", message, data, now), json);

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(Envelope<T>), [MediaTypeNames.Application.Json]));
}

/// <summary>200 with one page of a list.</summary>
public sealed class PageAnswer<T>(Page<T> page, string message) : WireAnswer, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public override int Status => StatusCodes.Status200OK;

    /// <inheritdoc />
    public override byte[] Body(JsonSerializerOptions json, DateTimeOffset now, HttpRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ListEnvelope<T>(true, "success", message, page.Rows, page.MetaFor(request), now), json);

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ListEnvelope<T>), [MediaTypeNames.Application.Json]));
}

/// <summary>200 with a piece of a long list.</summary>
public sealed class FeedAnswer<T>(Feed<T> feed, string message) : WireAnswer, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public override int Status => StatusCodes.Status200OK;

    /// <inheritdoc />
    public override byte[] Body(JsonSerializerOptions json, DateTimeOffset now, HttpRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(new FeedEnvelope<T>(true, "success", message, feed.Rows, feed.MetaFor(request), now), json);

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(FeedEnvelope<T>), [MediaTypeNames.Application.Json]));
}

/// <summary>204 without a body.</summary>
public sealed class DeletedAnswer : WireAnswer, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public override int Status => StatusCodes.Status204NoContent;

    /// <inheritdoc />
    public override byte[]? Body(JsonSerializerOptions json, DateTimeOffset now, HttpRequest request) => null;

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent, typeof(void)));
}
