using System.Buffers;
using System.Text;

namespace Careline.Gateways.Payu;

/// <summary>PayU's forms, amounts and tokens.</summary>
internal static class PayuFields
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private const int MostFields = 200;

    private static readonly SearchValues<char> _amount = SearchValues.Create("0123456789.");

    /// <summary>A flat message, as a form or as JSON. Null where a field is there twice or it is neither.</summary>
    public static IReadOnlyDictionary<string, string>? Read(ReadOnlySpan<byte> body)
    {
        var fields = new Dictionary<string, string>();
        var start = body.IndexOfAnyExcept(" \r\n\t"u8);
        if (start >= 0 && body[start] == (byte)'{')
        {
            var json = GatewayJson.Parse(body);
            if (json.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            try
            {
                foreach (var property in json.EnumerateObject())
                {
                    if (property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    {
                        fields[property.Name] = property.Value.ValueKind == JsonValueKind.Number ? property.Value.GetRawText() : property.Value.GetString()!;
                    }
                }
            }
            catch (InvalidOperationException)
            {
                // Half a character somewhere.
                return null;
            }

            return fields;
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (ArgumentException)
        {
            return null;
        }

        foreach (var pair in text.Split('&', MostFields + 1))
        {
            var parts = pair.Split('=', 2);
            if (fields.Count >= MostFields || !fields.TryAdd(Unescaped(parts[0]), parts.Length == 2 ? Unescaped(parts[1]) : ""))
            {
                return null;
            }
        }

        return fields;
    }

    /// <summary>Rupees with exactly two decimals, as they are hashed.</summary>
    public static string Amount(long minor) => string.Create(CultureInfo.InvariantCulture, $"{minor / 100}.{minor % 100:00}");

    /// <summary>Whole paise; null for what is no amount.</summary>
    public static long? Minor(string? amount)
    {
        var parts = amount is { Length: > 0 and <= 16 } && !amount.AsSpan().ContainsAnyExcept(_amount) ? amount.Split('.') : [];
        return parts switch
        {
            [{ Length: > 0 and <= 12 } whole] => long.Parse(whole, CultureInfo.InvariantCulture) * 100,
            [{ Length: > 0 and <= 12 } whole, { Length: 1 or 2 } part] =>
                (long.Parse(whole, CultureInfo.InvariantCulture) * 100) + int.Parse(part.PadRight(2, '0'), CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    /// <summary>PayU takes tokens of at most 23 characters: 128 bits are 22 letters and digits.</summary>
    public static string Shortened(string token)
    {
        var number = UInt128.Parse(token, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        Span<char> letters = stackalloc char[22];
        for (var i = letters.Length - 1; i >= 0; i--)
        {
            (number, var digit) = UInt128.DivRem(number, 62);
            letters[i] = Digits[(int)digit];
        }

        return new string(letters);
    }

    /// <summary>Our token again; null for a token that is not ours.</summary>
    public static string? Restored(string? token)
    {
        if (token is not { Length: 22 })
        {
            return null;
        }

        var number = UInt128.Zero;
        foreach (var letter in token)
        {
            var digit = Digits.IndexOf(letter, StringComparison.Ordinal);
            if (digit < 0 || number > (UInt128.MaxValue - (UInt128)digit) / 62)
            {
                return null;
            }

            number = (number * 62) + (UInt128)digit;
        }

        return number.ToString("x32", CultureInfo.InvariantCulture);
    }

    private static string Unescaped(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
