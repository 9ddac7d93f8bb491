namespace Careline.Tests.Support;

/// <summary>The files beside the code: documents that tests hold to their word.</summary>
internal static class Repository
{
    private static readonly Lazy<string> _root = new(() =>
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Careline.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    });

    public static string PathOf(string relative) => Path.Combine(_root.Value, relative);
}
