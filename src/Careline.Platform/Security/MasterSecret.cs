using System.Security.Cryptography;
using System.Text;

namespace Careline.Platform.Security;

/// <summary>
/// The installation's one secret, from which each purpose derives a key of its own (HKDF, RFC 5869): a leaked key of one purpose opens no other.
/// </summary>
public sealed class MasterSecret
{
    private byte[]? _secret;
    private byte[]? _former;

    /// <summary>A key for one purpose, the same at every start.</summary>
    /// <exception cref="InvalidOperationException">The secret was not loaded yet.</exception>
    public byte[] Derive(string purpose) =>
        Derive(_secret ?? throw new InvalidOperationException("The master secret is loaded at start, after the migrations."), purpose);

    /// <summary>The key that the former secret derived for a purpose, where one was given.</summary>
    internal byte[]? DeriveFormer(string purpose) => _former is null ? null : Derive(_former, purpose);

    internal void Load(byte[] secret, byte[]? former = null) => (_secret, _former) = (secret, former);

    private static byte[] Derive(byte[] secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.UTF8.GetBytes("careline:" + purpose));
}
