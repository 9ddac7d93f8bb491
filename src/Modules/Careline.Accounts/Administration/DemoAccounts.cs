using Careline.Accounts.Accounts;
using Careline.Accounts.SignIn;

namespace Careline.Accounts.Administration;

/// <inheritdoc />
internal sealed class DemoAccounts(CarelineDb db, Passwords passwords) : IDemoAccounts
{
    public Task<bool> AnyoneAsync(CancellationToken ct) => db.Set<Account>().AnyAsync(ct);

    public Task<DemoSet?> FindSetAsync(string scale, CancellationToken ct) => db.Database.SqlQuery<DemoSet?>(
        $"SELECT begun_at AS \"BegunAt\", finished_at AS \"FinishedAt\" FROM accounts.demo_sets WHERE scale = {scale}").FirstOrDefaultAsync(ct);

    public async Task<DemoSet> BeginSetAsync(string scale, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO accounts.demo_sets (scale, begun_at) VALUES ({scale}, {db.Now}) ON CONFLICT DO NOTHING", ct);
        return (await FindSetAsync(scale, ct))!;
    }

    public Task FinishSetAsync(string scale, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"UPDATE accounts.demo_sets SET finished_at = {db.Now} WHERE scale = {scale}", ct);

    public Task<string> HashAsync(string password, CancellationToken ct) => passwords.HashAsync(password, ct);

    public async Task MarkAsync(IReadOnlyCollection<Guid> accountIds, string password, CancellationToken ct)
    {
        var hash = await passwords.HashAsync(password, ct);
        await db.Set<Account>().Where(a => accountIds.Contains(a.Id)).ExecuteUpdateAsync(
            a => a.SetProperty(x => x.IsDemo, true).SetProperty(x => x.PasswordHash, hash), ct);
    }
}
