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

    /// <summary>
    /// Leaves nothing by which somebody could tell who it was; what the law keeps stays under the keys alone. Works within the caller's transaction,
    /// by statements: what the caller tracks must be saved before.
    /// </summary>
    /// <exception cref="Web.RuleViolation">Something has to end first.</exception>
    Task EraseAsync(PersonKeys person, CancellationToken ct);

    /// <summary>
    /// Removes what an erasure left because the law kept it, now that no law does: clinical rows go, and of what others point at a shell stays that says
    /// nothing. Within the caller's transaction.
    /// </summary>
    Task RemoveKeptAsync(Guid patientId, CancellationToken ct) => Task.CompletedTask;

    /// <summary>The words by which the module knows the person.</summary>
    Task<PersonalWords> WordsAsync(PersonKeys person, CancellationToken ct) => Task.FromResult(PersonalWords.None);
}

/// <summary>Words that tell who somebody is.</summary>
/// <param name="Names">What the person is called; in a text, as whole words in this case.</param>
/// <param name="Addresses">The person's own e-mail addresses and phone numbers: some rows know a person by nothing else.</param>
/// <param name="Others">What else gives the person away, such as where they live and whom to call.</param>
public sealed record PersonalWords(IReadOnlyList<string> Names, IReadOnlyList<string> Addresses, IReadOnlyList<string> Others)
{
    /// <summary>No words at all.</summary>
    public static PersonalWords None { get; } = new([], [], []);

    /// <summary>The words among those that are there: a name of one letter would take half a text away.</summary>
    public static PersonalWords Of(IEnumerable<string?> names, IEnumerable<string?> addresses, IEnumerable<string?>? others = null) =>
        new(Real(names), Real(addresses), Real(others ?? []));

    private static string[] Real(IEnumerable<string?> words) => [.. words.OfType<string>().Where(w => w.Trim().Length > 1).Distinct()];
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

    /// <summary>What the modules know the person by.</summary>
    public PersonalWords Words { get; init; } = PersonalWords.None;

    /// <summary>Names, as <c>platform.without</c> takes them out of a text.</summary>
    public string[] Names => [.. Words.Names];

    /// <summary>Everything else that <c>platform.without</c> takes out of a text.</summary>
    public string[] Literals => [.. Words.Addresses.Concat(Words.Others)];

    /// <summary>The same person, with the words that the modules know.</summary>
    public async Task<PersonKeys> WithWordsAsync(IEnumerable<IPersonalRecords> modules, CancellationToken ct)
    {
        var found = new List<PersonalWords>();
        foreach (var module in modules)
        {
            found.Add(await module.WordsAsync(this, ct));
        }

        return this with
        {
            Words = PersonalWords.Of(found.SelectMany(w => w.Names), found.SelectMany(w => w.Addresses), found.SelectMany(w => w.Others)),
        };
    }
}
