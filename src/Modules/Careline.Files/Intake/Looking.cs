using System.Security.Cryptography;
using Careline.Files.Keeping;

namespace Careline.Files.Intake;

/// <summary>Looks at content that has come, and makes of it what is kept.</summary>
internal static class Looking
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>The draft to keep: the very bytes that came, or for a picture what is left of it without its hidden parts.</summary>
    /// <exception cref="InvalidInput">It is broken.</exception>
    /// <exception cref="Refusal">It is not let in.</exception>
    public static async Task<Draft> AtAsync(Draft came, FileKind kind, Spool spool, CancellationToken ct)
    {
        if (!kind.IsPicture)
        {
            await using var whole = came.Reopen();
            Check(kind, whole, Stream.Null);
            return came;
        }

        var cleaned = spool.Begin();
        try
        {
            await using (var source = came.Reopen())
            {
                var target = new BufferedStream(cleaned.Content, BufferBytes);
                Check(kind, source, target);
                await target.FlushAsync(ct);
            }

            await cleaned.CompleteAsync(ct);
            return cleaned;
        }
        catch
        {
            await cleaned.DisposeAsync();
            throw;
        }
    }

    private static void Check(FileKind kind, Stream content, Stream cleaned)
    {
        try
        {
            using var buffered = new BufferedStream(content, BufferBytes);
            kind.Check(buffered, cleaned);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
        {
            throw Broken($"The file is damaged or not complete: it does not read as {kind.MediaType}.");
        }
        catch (CryptographicException)
        {
            throw new Unavailable();
        }
    }

    public static InvalidInput Broken(string message) => Invalid("FILE_BROKEN", message);

    public static InvalidInput Empty() => Invalid("FILE_EMPTY", "The file is empty.");

    private static InvalidInput Invalid(string code, string message) => new(new Dictionary<string, string[]> { ["file"] = [message] }, code, message);
}
