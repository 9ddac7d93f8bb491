using System.Reflection;
using PdfSharp.Fonts;

namespace Careline.Papers;

/// <summary>
/// The letters of papers, brought along so that a paper looks the same wherever it is made: DejaVu Sans, which has what Latin, Greek and Cyrillic writing needs, the
/// dotted vowels and tones of West Africa among it. Scripts whose letters join or stack are not drawn right without shaping, and so are not drawn.
/// </summary>
internal sealed class PaperFonts : IFontResolver
{
    public const string Family = "DejaVu Sans";

    /// <summary>Stands for a letter that cannot be shown.</summary>
    public const char Unshown = '□';

    private static readonly Lock _gate = new();

    /// <summary>Tells PDFsharp, whose choice is one for the whole process.</summary>
    public static void Use()
    {
        lock (_gate)
        {
            GlobalFontSettings.FontResolver ??= new PaperFonts();
        }
    }

    /// <summary>The text as it can be drawn, and whether something in it cannot.</summary>
    public static (string Text, bool IsWhole) Show(string text)
    {
        var shown = string.Concat(text.Normalize().EnumerateRunes().Select(rune => IsShown(rune.Value) ? rune.ToString() : char.IsControl((char)rune.Value) ? " " : Unshown.ToString()));
        return (shown, !shown.Contains(Unshown, StringComparison.Ordinal) || text.Contains(Unshown, StringComparison.Ordinal));
    }

    public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(isBold ? "DejaVuSans-Bold" : "DejaVuSans");

    public byte[] GetFont(string faceName)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"fonts.{faceName}") ?? throw new InvalidOperationException($"There is no font {faceName}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    // Latin, Greek, Cyrillic and their additions; marks that change the direction of writing would let a text read as another.
    private static bool IsShown(int letter) => letter is (>= 0x20 and < 0x7F) or (>= 0xA0 and < 0x530) or (>= 0x1E00 and < 0x2000) or (>= 0x2010 and < 0x2028) or (>= 0x2030 and < 0x205E)
        or (>= 0x2070 and < 0x20C0) or (>= 0x2100 and < 0x2150) or (>= 0x2150 and < 0x2300) or 0x25A1;
}
