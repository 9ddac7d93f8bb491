using System.Runtime.InteropServices;
using System.Text;

namespace Careline.Files.Keeping;

/// <summary>Folders that nobody but the owner of the process enters.</summary>
internal static class OwnFolder
{
    private const int ReadOnlyDirectory = 0x10000;
    private const int Interrupted = 4;

    public static void Create(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Makes what was moved into a folder stay there when the power fails: a file's own flush does not cover its name.</summary>
    public static void Flush(string path)
    {
        var name = Encoding.UTF8.GetBytes(path + '\0');
        var folder = Again(() => Open(name, ReadOnlyDirectory));
        if (folder < 0)
        {
            throw new IOException("The folder of the files cannot be opened.", Marshal.GetLastPInvokeError());
        }

        var flushed = Again(() => Fsync(folder));
        var failure = Marshal.GetLastPInvokeError();
        _ = Close(folder);
        if (flushed != 0)
        {
            throw new IOException("The folder of the files cannot be written.", failure);
        }
    }

    // A signal to the process may interrupt a call, and means nothing (signal(7), EINTR).
    private static int Again(Func<int> call)
    {
        int answer;
        do
        {
            answer = call();
        }
        while (answer < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        return answer;
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
