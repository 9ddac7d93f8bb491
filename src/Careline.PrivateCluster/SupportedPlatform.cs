using System.Runtime.Versioning;

// The private cluster rests on Unix sockets, file modes and /proc.
[assembly: SupportedOSPlatform("linux")]
