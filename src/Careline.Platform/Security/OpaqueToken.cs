using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Careline.Platform.Security;

/// <summary>
/// A credential that means nothing by itself: 256 random bits, given out once as text. Only the hash is kept, a fast one, since so many bits are guessed by
/// nobody who reads it.
/// </summary>
public static class OpaqueToken
{
    /// <summary>A new token: the text to give out, and what is kept of it.</summary>
    public static (string Text, byte[] Hash) Issue()
    {
        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (text, HashOf(text));
    }

    /// <summary>By which a token that somebody shows is found.</summary>
    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
