namespace Careline.Files.Formats;

/// <summary>How large a picture may be, known from its header: whoever decodes it needs memory for each pixel, however small the file.</summary>
internal static class PictureSize
{
    public const long MostPixels = 40_000_000;
    public const int MostSide = 20_000;

    public static void Check(long width, long height)
    {
        if (width < 1 || height < 1)
        {
            throw new InvalidDataException("The picture has no size.");
        }

        if (width > MostSide || height > MostSide || width * height > MostPixels)
        {
            throw new FileTooLarge($"A picture may have {MostPixels / 1_000_000} million pixels, and {MostSide} on a side.");
        }
    }
}
