namespace Careline.Audit.Contracts;

/// <summary>What people are called whom the audit knows by id only. Implemented by Accounts, which stands above.</summary>
public interface IActorNames
{
    /// <summary>The names of accounts, in one query; who is gone has none.</summary>
    Task<IReadOnlyDictionary<Guid, string>> OfAsync(IReadOnlyCollection<Guid> accountIds, CancellationToken ct);
}
