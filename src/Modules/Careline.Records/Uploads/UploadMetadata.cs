using System.Text;

namespace Careline.Records.Uploads;

/// <summary>The header <c>Upload-Metadata</c> of tus 1.0: pairs of a name and a value in Base64, separated by commas.</summary>
internal sealed class UploadMetadata
{
    private const int MostPairs = 20;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <exception cref="InvalidInput">It is not of that form, or no text in UTF-8.</exception>
    public static UploadMetadata Read(string header)
    {
        var metadata = new UploadMetadata();
        var utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
        foreach (var pair in header.Split(',', MostPairs + 1, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var bytes = new byte[pair.Length];
            try
            {
                var value = parts.Length == 1 ? "" : parts.Length == 2 && Convert.TryFromBase64String(parts[1], bytes, out var length)
                    ? utf8.GetString(bytes, 0, length) : throw Refuse();
                if (metadata._values.Count == MostPairs || value.Contains('\0', StringComparison.Ordinal) || !metadata._values.TryAdd(parts[0], value))
                {
                    throw Refuse();
                }
            }
            catch (DecoderFallbackException)
            {
                throw Refuse();
            }
        }

        return metadata;
    }

    private static InvalidInput Refuse() => new("upload_metadata", "The header Upload-Metadata must be pairs of a name and a text in Base64, each name once.");
}
