using System.Text;
using Microsoft.Extensions.Options;

namespace Careline.Audit.Seals;

/// <summary>The end of the chain as it was at some time.</summary>
internal sealed record Anchor(DateTimeOffset At, long Position, byte[] Hash);

/// <summary>
/// The end of the chain, noted once a day outside the database: a chain whose tail was cut off is whole in itself, and only this shows that it was
/// longer. One line each: time, position, hash.
/// </summary>
internal sealed class AnchorFile(IOptions<AuditOptions> settings)
{
    private readonly string? _path = settings.Value.AnchorFile;
    private DateOnly? _last;

    /// <summary>Whether nothing was noted on this day yet.</summary>
    public bool IsDue(DateTimeOffset now)
    {
        if (_path is null)
        {
            return false;
        }

        _last ??= DateOnly.FromDateTime(Read() is [.., var newest] ? newest.At.UtcDateTime : DateTime.MinValue);
        return _last < DateOnly.FromDateTime(now.UtcDateTime);
    }

    public void Append(Anchor anchor)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(_path!, options);
        file.Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{anchor.At.UtcDateTime:O} {anchor.Position} {Convert.ToHexStringLower(anchor.Hash)}\n")));
        file.Flush(flushToDisk: true);
        _last = DateOnly.FromDateTime(anchor.At.UtcDateTime);
    }

    /// <summary>All anchors, the oldest first.</summary>
    public IReadOnlyList<Anchor> Read() => _path is null || !File.Exists(_path) ? [] : [.. File.ReadLines(_path).Select(Parse).OfType<Anchor>()];

    // A line that a crash cut short says nothing.
    private static Anchor? Parse(string line) =>
        line.Split(' ') is [var at, var position, { Length: 64 } hash]
        && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new Anchor(time, number, Convert.FromHexString(hash)) : null;
}
