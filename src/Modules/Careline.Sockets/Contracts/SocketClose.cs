namespace Careline.Sockets.Contracts;

/// <summary>Why a socket is closed (RFC 6455, section 7.4; the private ones from 4000).</summary>
public static class SocketClose
{
    /// <summary>This host stops: connect again.</summary>
    public const int GoingAway = 1001;

    /// <summary>A kind of frame that is not spoken here.</summary>
    public const int UnsupportedData = 1003;

    /// <summary>A frame over 16 KB.</summary>
    public const int TooBig = 1009;

    /// <summary>Something failed here.</summary>
    public const int InternalError = 1011;

    /// <summary>Not signed in, or not any more.</summary>
    public const int NotSignedIn = 4401;

    /// <summary>Not one's to listen to.</summary>
    public const int NotMember = 4403;

    /// <summary>What is sent is not read fast enough.</summary>
    public const int TooSlow = 4408;

    /// <summary>Too many frames, or too many sockets.</summary>
    public const int TooMany = 4429;
}
