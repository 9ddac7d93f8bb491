using Careline.Audit.Contracts;

namespace Careline.Accounts.Accounts;

/// <inheritdoc />
internal sealed class ActorNames(CarelineDb db) : IActorNames
{
    public async Task<IReadOnlyDictionary<Guid, string>> OfAsync(IReadOnlyCollection<Guid> accountIds, CancellationToken ct) =>
        await db.Set<Account>().Where(a => accountIds.Contains(a.Id)).Select(a => new { a.Id, Name = a.FirstName + " " + a.LastName })
            .ToDictionaryAsync(a => a.Id, a => a.Name.Trim(), ct);
}
