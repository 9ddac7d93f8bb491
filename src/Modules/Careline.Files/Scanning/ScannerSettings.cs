namespace Careline.Files.Scanning;

/// <summary>Whether files are looked at by a virus scanner.</summary>
internal sealed record ScannerSettings(bool IsOn);
