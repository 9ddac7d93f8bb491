using System.Security.Cryptography;
using System.Text;

namespace Careline.Accounts.OneTimeCodes;

/// <summary>A code sent to a phone. Bound to the number and to its own id; five tries, five minutes, once.</summary>
internal sealed class OtpChallenge
{
    public const int MostTries = 5;

    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public Guid Id { get; private set; }

    public string Phone { get; private set; } = "";

    public byte[] CodeHash { get; private set; } = [];

    public int Tries { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>A later code took its place.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>Makes a challenge with its code of six digits, which is shown to nobody but the phone.</summary>
    public static (OtpChallenge Challenge, string Code) Make(string phone, byte[] key, DateTimeOffset now)
    {
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var id = Ids.New(now);
        return (new OtpChallenge { Id = id, Phone = phone, CodeHash = HashOf(id, phone, code, key), CreatedAt = now, ExpiresAt = now + Life }, code);
    }

    /// <summary>A keyed hash: six digits alone would be found from a plain one at once.</summary>
    public static byte[] HashOf(Guid id, string phone, string code, byte[] key) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}|{phone}|{code}"));

    internal sealed class Mapping : IEntityTypeConfiguration<OtpChallenge>
    {
        public void Configure(EntityTypeBuilder<OtpChallenge> builder)
        {
            builder.ToTable("otp_challenges", "accounts");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }
    }
}
