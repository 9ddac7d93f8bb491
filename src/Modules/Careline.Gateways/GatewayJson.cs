namespace Careline.Gateways;

/// <summary>
/// Reads what gateways send. Whatever it holds, nothing here throws: a value that is missing, of another type or not to be stored is one that was not given.
/// </summary>
internal static class GatewayJson
{
    private const int LongestText = 255;

    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>An element of the kind Undefined where this is no JSON.</summary>
    public static JsonElement Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonElement.Parse(body, _options);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return default;
        }
    }

    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            try
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                {
                    return default;
                }
            }
            catch (InvalidOperationException)
            {
                // A name beside it that is no text.
                return default;
            }
        }

        return element;
    }

    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>A short line of text, or a whole number as text.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var value = element.At(path);
        return value.ValueKind == JsonValueKind.Number
            ? value.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : null
            : value.LongText() is { Length: > 0 and <= LongestText } text && !text.Any(char.IsControl) ? text : null;
    }

    /// <summary>Text of any length, such as JSON within JSON.</summary>
    public static string? LongText(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var value = element.At(path);
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a character.
            return null;
        }
    }

    /// <summary>A page's address.</summary>
    public static Uri? Address(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.LongText(path) is { Length: <= 4096 } text && Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address : null;

    /// <summary>A whole number, also where it is written as text; no negative one.</summary>
    public static long? Whole(this JsonElement element, params ReadOnlySpan<string> path) =>
        long.TryParse(element.Text(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool IsTrue(this JsonElement element, params ReadOnlySpan<string> path) => element.At(path).ValueKind == JsonValueKind.True;

    /// <summary>A currency as we write it.</summary>
    public static string? Currency(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Text(path) is { Length: 3 } code && code.All(char.IsAsciiLetter) ? code.ToUpperInvariant() : null;

    /// <summary>A time in seconds since 1970.</summary>
    public static DateTimeOffset? Seconds(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Whole(path) is { } seconds and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>A time as text.</summary>
    public static DateTimeOffset? Time(this JsonElement element, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(element.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;

    /// <summary>A gateway's code as it may be stored and logged; the other where it gives none.</summary>
    public static string Code(string? code, string otherwise) =>
        code is { Length: > 0 and <= 64 } && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? code : otherwise;
}
