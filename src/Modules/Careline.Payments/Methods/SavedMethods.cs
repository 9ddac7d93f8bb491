using Careline.Gateways.Contracts;

namespace Careline.Payments.Methods;

/// <summary>Keeps what a gateway keeps for somebody.</summary>
internal sealed class SavedMethods(CarelineDb db, FieldCipher cipher)
{
    /// <summary>The same method a second time changes nothing. The caller saves.</summary>
    public async Task KeepAsync(Guid accountId, Gateway gateway, SavedCard card, CancellationToken ct)
    {
        var hash = SavedMethod.HashOf(card.Token);
        if (await db.Set<SavedMethod>().AnyAsync(m => m.AccountId == accountId && m.Gateway == gateway && m.TokenHash == hash, ct))
        {
            return;
        }

        var method = SavedMethod.Of(db.NewId(), accountId, gateway, card, cipher, db.Now);
        method.Prefer(!await db.Set<SavedMethod>().AnyAsync(m => m.AccountId == accountId, ct));
        db.Add(method);
    }
}
