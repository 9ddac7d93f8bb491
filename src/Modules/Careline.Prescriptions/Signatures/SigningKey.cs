using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Careline.Prescriptions.Signatures;

/// <summary>The key by which this installation signs prescriptions (Ed25519, RFC 8032), kept in the key ring.</summary>
internal sealed class SigningKey(KeyRing ring)
{
    /// <summary>The ring's name for it.</summary>
    public const string Name = "prescriptions.signing";

    private readonly Lazy<Ed25519PrivateKeyParameters> _key = new(() => new Ed25519PrivateKeyParameters(ring.Of(Name)));

    /// <summary>With which anybody may verify: 32 bytes.</summary>
    public byte[] PublicKey => _key.Value.GeneratePublicKey().GetEncoded();

    public byte[] Sign(ReadOnlySpan<byte> content)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, _key.Value);
        signer.BlockUpdate(content);
        return signer.GenerateSignature();
    }

    public byte[] Sign(string content) => Sign(Encoding.UTF8.GetBytes(content));

    public bool Verifies(string content, byte[] signature) => Verifies(PublicKey, Encoding.UTF8.GetBytes(content), signature);

    public static bool Verifies(byte[] publicKey, ReadOnlySpan<byte> content, byte[] signature)
    {
        if (publicKey.Length != Ed25519PublicKeyParameters.KeySize || signature.Length != Ed25519PrivateKeyParameters.SignatureSize)
        {
            return false;
        }

        try
        {
            var verifier = new Ed25519Signer();
            verifier.Init(forSigning: false, new Ed25519PublicKeyParameters(publicKey));
            verifier.BlockUpdate(content);
            return verifier.VerifySignature(signature);
        }
        catch (ArgumentException)
        {
            // Bytes that are no point of the curve.
            return false;
        }
    }

    /// <summary>By which a code says which key it was signed with: the first bytes of the key's hash.</summary>
    public static byte[] IdOf(byte[] publicKey) => SHA256.HashData(publicKey)[..4];
}
