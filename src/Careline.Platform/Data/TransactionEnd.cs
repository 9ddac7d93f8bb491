using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Careline.Platform.Data;

/// <summary>Tells the context how its transaction ended, whoever ended it.</summary>
internal sealed class TransactionEnd : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        (eventData.Context as CarelineDb)?.Ended(committed: true);
        return Task.CompletedTask;
    }

    public override Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        (eventData.Context as CarelineDb)?.Ended(committed: false);
        return Task.CompletedTask;
    }
}
