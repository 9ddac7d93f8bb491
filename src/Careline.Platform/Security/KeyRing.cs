using System.Collections.Frozen;
using System.Security.Cryptography;
using Careline.Platform.Signals;
using Npgsql;

namespace Careline.Platform.Security;

/// <summary>
/// The keys of what is kept for years: encrypted fields, the audit's seals, blind indexes. They lie in the database, each wrapped under a key derived
/// from the master secret, so that a new signing key only wraps them anew. The first of each name is derived too, which keeps what was sealed before there was a ring.
/// </summary>
public sealed class KeyRing
{
    private const string Field = "field";
    private const string Topic = "keys";
    private const byte First = 1;

    // The number by which values sealed under a person's own key name it.
    private const byte Persons = 2;

    private readonly NpgsqlDataSource _database;
    private readonly MasterSecret _secret;
    private readonly TimeProvider _clock;
    private readonly RingKey[] _named;
    private readonly Lock _lock = new();
    private volatile FrozenDictionary<(string Name, byte Number), byte[]>? _keys;

    /// <summary>Reads the keys when the first is asked for, and anew after another host added one.</summary>
    public KeyRing(NpgsqlDataSource database, MasterSecret secret, SignalLine signals, IEnumerable<RingKey> named, TimeProvider clock)
    {
        (_database, _secret, _named, _clock) = (database, secret, [.. named], clock);
        signals.Subscribe(Topic, _ => Hear());
    }

    /// <summary>The one key of a purpose, which never changes; registered by <see cref="RingKeyRegistration.AddRingKey"/>.</summary>
    /// <exception cref="KeysRefused">The signing key is not the one that the keys are wrapped under.</exception>
    public byte[] Of(string name) => Find(name, First) ?? throw new InvalidOperationException($"There is no key '{name}': register it with AddRingKey.");

    /// <summary>The key that fields are sealed with from now on.</summary>
    internal SealingKey NewestField()
    {
        var keys = Keys();
        var newest = keys.Keys.Where(key => key.Name == Field).Select(key => key.Number).DefaultIfEmpty().Max();
        return newest == 0 ? new SealingKey(First, FirstField()) : new SealingKey(newest, keys[(Field, newest)]);
    }

    /// <summary>The key by which a sealed field names it; null when there is none of that number.</summary>
    internal SealingKey? FieldOf(byte number)
    {
        // Another host may have made it a moment ago.
        var key = Find(Field, number) ?? Reload().GetValueOrDefault((Field, number)) ?? (number == First ? FirstField() : null);
        return key is null ? null : new SealingKey(number, key);
    }

    /// <summary>Makes the next key for fields.</summary>
    internal byte AddField()
    {
        var number = (byte)Math.Max(NewestField().Number + 1, Persons + 1);
        Make(Field, number, RandomNumberGenerator.GetBytes(32));
        using var tell = _database.CreateCommand("SELECT pg_notify('careline', $1)");
        tell.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"{Topic}:{Field}" });
        tell.ExecuteNonQuery();
        return number;
    }

    /// <summary>
    /// Opens the keys now, wraps those anew that the former signing key had wrapped, and makes those that are not there yet: before the first request,
    /// since one that had to wait for it would hold up all others.
    /// </summary>
    /// <exception cref="KeysRefused">Neither signing key opens them.</exception>
    internal void Open()
    {
        FirstField();
        foreach (var key in _named.Where(key => Find(key.Name, First) is null))
        {
            Make(key.Name, First, _secret.Derive(key.Name));
        }
    }

    private static string PlaceOf(string name, byte number) => $"platform.keys.wrapped:{name}:{number}";

    private byte[] FirstField() => Find(Field, First) ?? Make(Field, First, _secret.Derive("field-1"));

    private byte[]? Find(string name, byte number) => Keys().GetValueOrDefault((name, number));

    private FrozenDictionary<(string Name, byte Number), byte[]> Keys()
    {
        if (_keys is { } keys)
        {
            return keys;
        }

        lock (_lock)
        {
            return _keys ??= Read();
        }
    }

    // In one step: whoever holds a connection goes on with the keys there were, instead of waiting for a second one to read them again.
    private FrozenDictionary<(string Name, byte Number), byte[]> Reload()
    {
        lock (_lock)
        {
            return _keys = Read();
        }
    }

    private void Hear()
    {
        if (_keys is null)
        {
            return;
        }

        try
        {
            Reload();
        }
        catch (Exception error) when (error is NpgsqlException or KeysRefused)
        {
            // What was read before still serves; a number that is not among it is looked for again.
        }
    }

    // Of two hosts that make it at once the second takes the first's.
    private byte[] Make(string name, byte number, byte[] key)
    {
        using var command = _database.CreateCommand(
            "INSERT INTO platform.keys (name, number, wrapped, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT ON CONSTRAINT keys_pk DO NOTHING");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = number });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Wrap(key, name, number) });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = _clock.GetUtcNow() });
        command.ExecuteNonQuery();
        return Reload()[(name, number)];
    }

    private FrozenDictionary<(string Name, byte Number), byte[]> Read()
    {
        var keys = new Dictionary<(string, byte), byte[]>();
        var former = new List<(string Name, byte Number)>();
        var wrapping = _secret.Derive("key-wrap");
        using (var command = _database.CreateCommand("SELECT name, number, wrapped FROM platform.keys"))
        {
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var (name, number, wrapped) = (rows.GetString(0), (byte)rows.GetInt16(1), rows.GetFieldValue<byte[]>(2));
                if (Unwrap(wrapping, wrapped, name, number) is { } key)
                {
                    keys[(name, number)] = key;
                }
                else
                {
                    keys[(name, number)] = OfFormer(wrapped, name, number);
                    former.Add((name, number));
                }
            }
        }

        foreach (var (name, number) in former)
        {
            using var command = _database.CreateCommand("UPDATE platform.keys SET wrapped = $3 WHERE name = $1 AND number = $2");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
            command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = number });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Wrap(keys[(name, number)], name, number) });
            command.ExecuteNonQuery();
        }

        return keys.ToFrozenDictionary();
    }

    private byte[] OfFormer(byte[] wrapped, string name, byte number) =>
        (_secret.DeriveFormer("key-wrap") is { } key ? Unwrap(key, wrapped, name, number) : null)
        ?? throw new KeysRefused(
            "Tokens__SigningKey is not the key that this database's encrypted fields and audit were made under. Set the right one; "
            + "or, when it was changed on purpose, give the former one in Tokens__PreviousSigningKey for one start.");

    private byte[] Wrap(byte[] key, string name, byte number) =>
        SealedText.Seal(new SealingKey(First, _secret.Derive("key-wrap")), Convert.ToBase64String(key), PlaceOf(name, number));

    private static byte[]? Unwrap(byte[] wrapping, byte[] wrapped, string name, byte number)
    {
        try
        {
            return Convert.FromBase64String(SealedText.Open(new SealingKey(First, wrapping), wrapped, PlaceOf(name, number)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>A key of a purpose of its own, made at the first start.</summary>
/// <param name="Name">The purpose.</param>
public sealed record RingKey(string Name);

/// <summary>Registers the keys that an installation needs.</summary>
public static class RingKeyRegistration
{
    /// <summary>A key that <see cref="KeyRing.Of"/> answers.</summary>
    public static IServiceCollection AddRingKey(this IServiceCollection services, string name) => services.AddSingleton(new RingKey(name));
}

/// <summary>The keys cannot be opened; the message names the cure.</summary>
public sealed class KeysRefused(string message) : Exception(message);
