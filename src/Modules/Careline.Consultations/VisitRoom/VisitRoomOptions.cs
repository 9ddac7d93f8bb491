namespace Careline.Consultations.VisitRoom;

/// <summary>Settings of the visit room, section <c>Visits</c>.</summary>
internal sealed class VisitRoomOptions
{
    /// <summary>Fewer characters are guessed.</summary>
    private const int ShortestSecret = 32;

    // Of manuals and samples.
    private static readonly string[] _words = ["secret", "password", "changeme", "change-me", "example", "your-", "devkey"];

    /// <summary>Servers that tell browsers their own address: <c>stun:host:port</c>.</summary>
    public IReadOnlyList<string> StunUrls { get; set; } = [];

    /// <summary>Servers that relay where no direct way is found: <c>turn:host:port?transport=udp</c>, <c>turns:…</c>.</summary>
    public IReadOnlyList<string> TurnUrls { get; set; } = [];

    /// <summary>coturn's <c>static-auth-secret</c>.</summary>
    public string TurnSecret { get; set; } = "";

    /// <summary>For how many minutes a relay may be asked for with the same credential. A call that has begun goes on.</summary>
    public int TurnMinutes { get; set; } = 60;

    /// <summary>A LiveKit server, <c>wss://…</c>; without one browsers speak with each other directly.</summary>
    public string LiveKitUrl { get; set; } = "";

    /// <summary>The name of LiveKit's key.</summary>
    public string LiveKitKey { get; set; } = "";

    /// <summary>LiveKit's key.</summary>
    public string LiveKitSecret { get; set; } = "";

    /// <summary>For how many minutes LiveKit lets somebody in with the same token.</summary>
    public int LiveKitMinutes { get; set; } = 10;

    /// <summary>Whether a media server stands between the browsers.</summary>
    public bool HasLiveKit => LiveKitUrl.Length > 0;

    /// <summary>Whether every address is of the kind that browsers take, and what belongs together is there.</summary>
    public bool IsConsistent() =>
        StunUrls.All(url => HasScheme(url, "stun:", "stuns:")) && TurnUrls.All(url => HasScheme(url, "turn:", "turns:"))
        && (TurnUrls.Count > 0 == TurnSecret.Length > 0)
        && (!HasLiveKit || (HasScheme(LiveKitUrl, "wss://", "ws://") && LiveKitKey.Length > 0 && LiveKitSecret.Length > 0))
        && TurnMinutes is >= 5 and <= 1440 && LiveKitMinutes is >= 1 and <= 60;

    /// <summary>Whether nobody guesses the secrets: long, and not of a few characters or words out of somebody's manual.</summary>
    public bool AreSecretsStrong() => (TurnSecret.Length == 0 || IsStrong(TurnSecret)) && (!HasLiveKit || IsStrong(LiveKitSecret));

    private static bool HasScheme(string url, params string[] schemes) =>
        schemes.Any(s => url.StartsWith(s, StringComparison.Ordinal) && url.Length > s.Length) && url.All(c => c is > ' ' and <= '~');

    private static bool IsStrong(string secret) => secret.Length >= ShortestSecret && secret.Distinct().Count() >= 12
        && _words.All(word => !secret.Contains(word, StringComparison.OrdinalIgnoreCase));
}
