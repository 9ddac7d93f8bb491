using System.Security.Cryptography;
using System.Text;

namespace Careline.Vitals.Devices;

/// <summary>
/// A code by which a device is paired, once, within ten minutes: eight characters that nobody mistakes for others. The first four find it, the others prove it: five
/// wrong tries at those and it is over.
/// </summary>
internal sealed class PairingCode
{
    /// <summary>Names the key of the hashes.</summary>
    public const string KeyName = "vitals.pairing";

    public const int MostTries = 5;

    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private const int Half = 4;

    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private PairingCode()
    {
    }

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public string Selector { get; private set; } = "";

    public byte[] CodeHash { get; private set; } = [];

    public int Tries { get; private set; }

    public Guid CreatedBy { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>A new code; its text is shown this once.</summary>
    public static (PairingCode Code, string Text) Issue(Guid patientId, Guid by, KeyRing keys, DateTimeOffset now)
    {
        var text = RandomNumberGenerator.GetString(Alphabet, 2 * Half);
        var id = Ids.New(now);
        return (new PairingCode
        {
            Id = id,
            PatientId = patientId,
            Selector = text[..Half],
            CodeHash = HashOf(id, text, keys),
            CreatedBy = by,
            ExpiresAt = now + Life,
        }, $"{text[..Half]}-{text[Half..]}");
    }

    /// <summary>A code as somebody typed it, in either case, with or without the hyphen; null where it can be none.</summary>
    public static string? Read(string typed)
    {
        var text = typed.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return text.Length == 2 * Half && text.All(Alphabet.Contains) ? text : null;
    }

    public static string SelectorOf(string text) => text[..Half];

    public bool Matches(string text, KeyRing keys) => CryptographicOperations.FixedTimeEquals(HashOf(Id, text, keys), CodeHash);

    // Keyed: so short a code would be found from a plain hash at once.
    private static byte[] HashOf(Guid id, string text, KeyRing keys) => HMACSHA256.HashData(keys.Of(KeyName), Encoding.UTF8.GetBytes($"{id}|{text}"));

    internal sealed class Mapping : IEntityTypeConfiguration<PairingCode>
    {
        public void Configure(EntityTypeBuilder<PairingCode> builder)
        {
            builder.ToTable("pairing_codes", "vitals");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }
    }
}
