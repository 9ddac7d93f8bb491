using System.Security.Cryptography;
using System.Text;

namespace Careline.Platform.Security;

/// <summary>
/// The installation's one secret, from which each purpose derives a key of its own (HKDF, RFC 5869): a leaked key of one purpose opens no other.
/// </summary>
public sealed class MasterSecret
{
    private byte[]? _secret;

    /// <summary>A key for one purpose, the same at every start.</summary>
    /// <exception cref="InvalidOperationException">The secret was not loaded yet.</exception>
    public byte[] Derive(string purpose, int bytes = 32) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        _secret ?? throw new InvalidOperationException("The master secret is loaded at start, after the migrations."),
        bytes,
        info: Encoding.UTF8.GetBytes("careline:" + purpose));

    internal void Load(byte[] secret) => _secret = secret;
}
