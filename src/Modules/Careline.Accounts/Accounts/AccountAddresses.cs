namespace Careline.Accounts.Accounts;

/// <inheritdoc />
internal sealed class AccountAddresses(CarelineDb db) : IAccountAddresses
{
    public async Task<IReadOnlyList<AccountAddress>> OfAsync(IReadOnlyCollection<Guid> accountIds, CancellationToken ct) =>
        await db.Set<Account>().Where(a => accountIds.Contains(a.Id) && a.Status == AccountStatus.Active).OrderBy(a => a.Id)
            .Select(a => new AccountAddress(a.Id, a.Email, a.PhoneNumber)).ToListAsync(ct);
}
