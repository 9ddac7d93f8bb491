namespace Careline.Prescriptions;

/// <summary>Section <c>Safety</c> of the settings.</summary>
public sealed class SafetyOptions
{
    /// <summary>Where the tables of medicines and of their safety lie; unset means beside the host.</summary>
    public string? Folder { get; set; }

    internal string FolderInUse => Folder is { Length: > 0 } folder ? folder : Path.Combine(AppContext.BaseDirectory, "tables");
}
