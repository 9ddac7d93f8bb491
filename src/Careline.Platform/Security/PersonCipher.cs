using System.Security.Cryptography;

namespace Careline.Platform.Security;

/// <summary>
/// Encrypts what was written about a person under a key of that person's own, itself sealed by the installation's. Destroying the key makes all of it
/// unreadable, also where rows may only ever be added, and in every copy that does not hold the key.
/// </summary>
public sealed class PersonCipher
{
    // The number of every person's key, apart from the installation's.
    private const byte Key = 2;

    private readonly CarelineDb _db;
    private readonly FieldCipher _cipher;
    private readonly Dictionary<Guid, byte[]> _keys = [];

    internal PersonCipher(CarelineDb db, FieldCipher cipher) => (_db, _cipher) = (db, cipher);

    /// <summary>
    /// Encrypts a text about a person for one place; the person's key is made with the first. Where somebody changed the key in the database a new one takes
    /// its place, which is told to the log: that must keep nobody from opening a record in an emergency. What the former one sealed
    /// is unreadable as long as it is.
    /// </summary>
    public async Task<byte[]> SealAsync(Guid personId, string text, string place, CancellationToken ct)
    {
        byte[] key;
        try
        {
            key = await FindAsync(personId, ct) ?? await MakeAsync(personId, ct);
        }
        catch (CryptographicException)
        {
            _cipher.ReportKey(PlaceOf(personId));
            key = await ReplaceAsync(personId, ct);
        }

        return SealedText.Seal(new SealingKey(Key, key), text, place);
    }

    /// <summary>The text that was sealed for this place, or null when the person's key was destroyed.</summary>
    /// <exception cref="CryptographicException">The value was changed or belongs elsewhere.</exception>
    public async Task<string?> OpenAsync(Guid personId, byte[] value, string place, CancellationToken ct) =>
        await FindAsync(personId, ct) is { } key ? SealedText.Open(new SealingKey(Key, key), value, place) : null;

    /// <summary>The same for showing: a value that does not open is told to the log and answered as unreadable, as is one whose person's key does not open.</summary>
    public async Task<(string? Text, bool IsReadable)> TryOpenAsync(Guid personId, byte[] value, string place, CancellationToken ct)
    {
        try
        {
            return (await OpenAsync(personId, value, place, ct), true);
        }
        catch (CryptographicException)
        {
            _cipher.Report(place);
            return (null, false);
        }
    }

    private static string PlaceOf(Guid personId) => $"platform.person_keys.key:{personId}";

    private async Task<byte[]?> FindAsync(Guid personId, CancellationToken ct)
    {
        if (_keys.TryGetValue(personId, out var known))
        {
            return known;
        }

        var wrapped = await _db.Database.SqlQuery<byte[]>($"SELECT key AS \"Value\" FROM platform.person_keys WHERE person_id = {personId}").ToListAsync(ct);
        return wrapped.Count == 0 ? null : _keys[personId] = Convert.FromBase64String(_cipher.Open(wrapped[0], PlaceOf(personId)));
    }

    // What was there is kept beside it, as evidence, and since an earlier copy of it may be found in a backup. Of two who replace it at once the second
    // waits for the first and finds a key that opens.
    private async Task<byte[]> ReplaceAsync(Guid personId, CancellationToken ct)
    {
        var found = await _db.Database.SqlQuery<byte[]>($"SELECT key AS \"Value\" FROM platform.person_keys WHERE person_id = {personId} FOR UPDATE").ToListAsync(ct);
        if (found.Count == 0)
        {
            return await MakeAsync(personId, ct);
        }

        try
        {
            return _keys[personId] = Convert.FromBase64String(_cipher.Open(found[0], PlaceOf(personId)));
        }
        catch (CryptographicException)
        {
            var wrapped = NewKey(personId);
            await _db.Database.ExecuteSqlAsync(
                $"UPDATE platform.person_keys SET key = {wrapped}, replaced = coalesce(replaced, key), replaced_at = {_db.Now} WHERE person_id = {personId}", ct);
            return await FindAsync(personId, ct) ?? throw new InvalidOperationException("The person's key was destroyed while it was made.");
        }
    }

    private byte[] NewKey(Guid personId) => _cipher.Seal(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), PlaceOf(personId));

    // Of two who make it at once the second waits for the first and takes the first's.
    private async Task<byte[]> MakeAsync(Guid personId, CancellationToken ct)
    {
        var wrapped = NewKey(personId);
        await _db.Database.ExecuteSqlAsync(
            $"INSERT INTO platform.person_keys (person_id, key, created_at) VALUES ({personId}, {wrapped}, {_db.Now}) ON CONFLICT (person_id) DO NOTHING", ct);
        return await FindAsync(personId, ct) ?? throw new InvalidOperationException("The person's key was destroyed while it was made.");
    }
}
