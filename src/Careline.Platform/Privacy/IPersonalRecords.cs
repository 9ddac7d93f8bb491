namespace Careline.Platform.Privacy;

/// <summary>
/// A module's rows about people, for the law's two requests: all of it for the person, and none of it any more. Each module answers for its own
/// schema. A table that names people and stands neither here nor among the reviewed exceptions fails a test.
/// </summary>
public interface IPersonalRecords
{
    /// <summary>The module's schema.</summary>
    string Schema { get; }

    /// <summary>
    /// The tables that hold something about the person, each with the rows that are the person's to have. Members are named as their columns; a
    /// row is read when it is written out, so that a long record costs no memory.
    /// </summary>
    IEnumerable<PersonalTable> Export(PersonKeys person);

    /// <summary>Where the module would write to the person: e-mail addresses and phone numbers.</summary>
    Task<IReadOnlyList<string>> AddressesAsync(PersonKeys person, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);
}

/// <summary>One table's part of a person's record.</summary>
/// <param name="Name">The table, without its schema.</param>
/// <param name="Rows">What it says of the person, the oldest first.</param>
public sealed record PersonalTable(string Name, IAsyncEnumerable<object> Rows);

/// <summary>The keys by which the modules find what they hold about somebody.</summary>
public sealed record PersonKeys
{
    /// <summary>The account, if there is one.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The record as a patient, if there is one.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>The profile as a doctor, if there is one.</summary>
    public Guid? DoctorId { get; init; }

    /// <summary>E-mail addresses and phone numbers: some rows know a person by nothing else.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The same person, with the addresses that the modules know.</summary>
    public async Task<PersonKeys> WithAddressesAsync(IEnumerable<IPersonalRecords> modules, CancellationToken ct)
    {
        var found = new HashSet<string>(Addresses, StringComparer.OrdinalIgnoreCase);
        foreach (var module in modules)
        {
            found.UnionWith(await module.AddressesAsync(this, ct));
        }

        return this with { Addresses = [.. found] };
    }
}
