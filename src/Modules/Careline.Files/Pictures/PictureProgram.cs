using System.Diagnostics;

namespace Careline.Files.Pictures;

/// <summary>
/// Makes smaller copies of pictures by libvips' <c>vipsthumbnail</c>, a process of its own: pictures are decoded by code that strangers' bytes may break, and
/// what breaks there has our keys and memory out of reach. It gets the picture by a pipe and answers by one, writes no file of any size, and has no
/// environment, no privileges, little memory, little time and one thread (docs/decisions/0016).
/// </summary>
internal sealed class PictureProgram
{
    public const string MediaType = "image/webp";
    public const int ThumbnailPixels = 256;
    public const int ScreenPixels = 1600;

    private const long MostMemoryBytes = 1536L * 1024 * 1024;
    private const long MostCopyBytes = 8 * 1024 * 1024;
    private const int MostSeconds = 20;

    // What its run-time compiler needs for code; a picture that does not fit into memory fails instead of lying on a disk.
    private const long MostFileBytes = 1024 * 1024;

    private static readonly string[] _folders = ["/usr/bin", "/usr/local/bin", "/bin"];
    private static readonly string[] _asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    private readonly string? _privileges = Find("setpriv");
    private readonly string? _limits = Find("prlimit");
    private readonly string? _program = Find("vipsthumbnail");

    /// <summary>Whether this machine has it; without it pictures have no smaller copies.</summary>
    public bool IsThere => _privileges is not null && _limits is not null && _program is not null;

    /// <summary>Writes a copy of at most so many pixels on a side.</summary>
    /// <exception cref="IOException">It cannot: the picture is damaged, or asks for more than it may have.</exception>
    public async Task ShrinkAsync(Stream picture, Stream copy, int pixels, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(MostSeconds));
        using var child = Start(pixels);
        try
        {
            await Task.WhenAll(FeedAsync(picture, child, patience.Token), TakeAsync(child, copy, patience.Token));
            await child.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new IOException("Making a copy took too long.");
        }
        finally
        {
            if (!child.HasExited)
            {
                child.Kill(entireProcessTree: true);
                await child.WaitForExitAsync(CancellationToken.None);
            }
        }

        if (child.ExitCode != 0)
        {
            throw new IOException("No copy could be made.");
        }
    }

    private static string? Find(string name) => _folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private Process Start(int pixels)
    {
        var start = new ProcessStartInfo(_privileges!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        string[] arguments =
        [
            "--no-new-privs", .. Environment.IsPrivilegedProcess ? _asNobody : [],
            _limits!, $"--as={MostMemoryBytes}", $"--cpu={MostSeconds}", $"--fsize={MostFileBytes}", "--nofile=64", "--core=0",
            _program!, "stdin", "--size", $"{pixels}x{pixels}>", "--output", ".webp[Q=75,strip]",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        start.Environment["VIPS_BLOCK_UNTRUSTED"] = "1";
        start.Environment["VIPS_CONCURRENCY"] = "1";
        start.Environment["VIPS_DISC_THRESHOLD"] = $"{MostMemoryBytes}";
        return Process.Start(start) ?? throw new IOException("The program cannot be started.");
    }

    private static async Task FeedAsync(Stream picture, Process child, CancellationToken ct)
    {
        try
        {
            await picture.CopyToAsync(child.StandardInput.BaseStream, ct);
        }
        catch (IOException) when (picture.Position > 0)
        {
            // It has read as much as it needs, or has died; its exit code tells which.
        }

        child.StandardInput.Close();
    }

    private static async Task TakeAsync(Process child, Stream copy, CancellationToken ct)
    {
        var said = child.StandardError.BaseStream.CopyToAsync(Stream.Null, ct);
        var buffer = new byte[16 * 1024];
        var total = 0L;
        for (int read; (read = await child.StandardOutput.BaseStream.ReadAsync(buffer, ct)) > 0;)
        {
            total += read;
            if (total > MostCopyBytes)
            {
                throw new IOException("The copy is too large.");
            }

            await copy.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        await said;
        if (total == 0)
        {
            throw new IOException("No copy was made.");
        }
    }
}
