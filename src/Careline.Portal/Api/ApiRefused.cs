using System.Text.Json;

namespace Careline.Portal.Api;

/// <summary>The API did not do what was asked.</summary>
public sealed class ApiRefused : Exception
{
    internal ApiRefused(int status, JsonElement? envelope, TimeSpan? retryAfter)
        : base(envelope is { } e && e.TryGetProperty("message", out var text) ? text.GetString() : "The server does not answer.")
    {
        (Status, RetryAfter) = (status, retryAfter);
        if (envelope is not { ValueKind: JsonValueKind.Object } body)
        {
            return;
        }

        if (body.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            Code = error.TryGetProperty("code", out var code) ? code.GetString() ?? "" : "";
            Details = error.TryGetProperty("details", out var details) ? new Thing(details) : Thing.None;
        }

        if (body.TryGetProperty("errors", out var fields) && fields.ValueKind == JsonValueKind.Object)
        {
            Fields = fields.EnumerateObject().Where(f => f.Value.ValueKind == JsonValueKind.Array)
                .ToDictionary(f => f.Name, f => f.Value.EnumerateArray().Select(m => m.ToString()).ToArray(), StringComparer.Ordinal);
        }
    }

    /// <summary>There is no such thing, or it is not theirs to see.</summary>
    public static ApiRefused NotThere() => new(404, null, null);

    /// <summary>A field is wrong in a way that only the page could see.</summary>
    /// <param name="field">The field.</param>
    /// <param name="text">What is wrong, in the reader's language.</param>
    public static ApiRefused Because(string field, string text) => new(
        400, JsonSerializer.SerializeToElement(new { message = text, errors = new Dictionary<string, string[]> { [field] = [text] } }), null);

    /// <summary>The status of HTTP.</summary>
    public int Status { get; }

    /// <summary>The stable word for why.</summary>
    public string Code { get; } = "";

    /// <summary>What is wrong with each field.</summary>
    public IReadOnlyDictionary<string, string[]> Fields { get; } = new Dictionary<string, string[]>();

    /// <summary>What else the API said of it.</summary>
    public Thing Details { get; } = Thing.None;

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether the person can mend it in the form that was sent.</summary>
    public bool IsMendable => Status is 400 or 403 or 409 or 412 or 413 or 415 or 422 or 429 || (Status == 401 && Code is "INVALID_CREDENTIALS" or "OTP_INVALID");
}
