using System.Linq.Expressions;
using Careline.Patients.Care;
using Careline.Patients.Patients;

namespace Careline.Patients.History;

/// <summary>One entry of a patient's history: who recorded it and when. Removed logically: what was once known stays explainable.</summary>
internal abstract class HistoryEntry : IVersioned
{
    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid RecordedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? RemovedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public void Begin(Guid id, Guid patientId, Guid by, DateTimeOffset now) =>
        (Id, PatientId, RecordedBy, CreatedAt, UpdatedAt) = (id, patientId, by, now, now);

    public void Touch(DateTimeOffset now) => UpdatedAt = now;

    public void Remove(DateTimeOffset now) => RemovedAt ??= now;

    /// <summary>Encrypts what is kept secret, before a save.</summary>
    public virtual void Seal(SealedFields fields)
    {
    }

    /// <summary>Decrypts it, before anybody reads or changes the entry.</summary>
    public virtual void Open(SealedFields fields)
    {
    }

    /// <summary>A further condition for changing or removing this one entry.</summary>
    /// <exception cref="PermissionDenied">It is not the caller's to change.</exception>
    public virtual void RequireChangeBy(Guid accountId)
    {
    }

    internal static void Map<T>(EntityTypeBuilder<T> builder, string table)
        where T : HistoryEntry
    {
        builder.ToTable(table, "patients");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.HasOne<Patient>().WithMany().HasForeignKey(e => e.PatientId);
    }
}

/// <summary>What the routes of a patient's history ask of each kind of entry.</summary>
internal interface IHistoryEntry<TSelf, TRequest, TResponse>
    where TSelf : HistoryEntry, IHistoryEntry<TSelf, TRequest, TResponse>
{
    static abstract HistoryNoun Noun { get; }

    static abstract Expression<Func<TSelf, TResponse>> Projection { get; }

    /// <summary>The request that would leave the entry as it is: what a PATCH merges onto.</summary>
    TRequest AsRequest();

    void Replace(TRequest request);

    /// <summary>The answer without what not every reader may see.</summary>
    static virtual TResponse ShownTo(PatientAccess access, TResponse entry) => entry;

    /// <summary>Entries among those of the patient that only some may read.</summary>
    static virtual IQueryable<TSelf> ReadableBy(IQueryable<TSelf> entries, Guid accountId) => entries;
}

/// <summary>How a kind of entry is called, and who reads and writes it.</summary>
/// <param name="Path">The last part of the path, plural.</param>
/// <param name="Name">As part of a route's name, singular.</param>
/// <param name="Words">For people, singular.</param>
/// <param name="RequireReading">Refuses who may not read.</param>
/// <param name="RequireWriting">Refuses who may not write.</param>
internal sealed record HistoryNoun(
    string Path, string Name, string Words, Action<PatientAccess> RequireReading, Action<PatientAccess> RequireWriting);

/// <summary>Whether an entry still holds.</summary>
public enum EntryStatus
{
    /// <summary>It holds.</summary>
    Active,

    /// <summary>It no longer does.</summary>
    Inactive,
}
