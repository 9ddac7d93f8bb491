using Careline.Accounts.Contracts;
using Careline.Notifications.Push;
using Careline.Platform.Delivery;
using Microsoft.Extensions.Options;

namespace Careline.Notifications.Preferences;

internal sealed class Readers(CarelineDb db, IAccountAddresses addresses, IOptions<DeliveryOptions> delivery) : IReaders
{
    public async Task<IReadOnlyDictionary<Guid, Reader>> OfAsync(IReadOnlyCollection<Guid> accountIds, CancellationToken ct)
    {
        if (accountIds.Count == 0)
        {
            return new Dictionary<Guid, Reader>();
        }

        var reached = await addresses.OfAsync(accountIds, ct);
        var wishes = await db.Set<ReaderPreferences>().Where(p => accountIds.Contains(p.AccountId)).ToDictionaryAsync(p => p.AccountId, ct);
        var choices = wishes.Count == 0
            ? Array.Empty<Choice>().ToLookup(c => c.AccountId)
            : (await db.Set<Choice>().Where(c => accountIds.Contains(c.AccountId)).ToListAsync(ct)).ToLookup(c => c.AccountId);
        var devices = delivery.Value.Push.Length == 0 ? []
            : await db.Set<PushSubscription>().Where(s => accountIds.Contains(s.AccountId)).Select(s => s.AccountId).Distinct().ToListAsync(ct);
        return reached.ToDictionary(r => r.AccountId, r => Reader(r, wishes.GetValueOrDefault(r.AccountId), choices[r.AccountId], devices.Contains(r.AccountId)));
    }

    public Reader OfRecord(string? email, string? phone, string? language) => new() { Email = Mailed(email), Phone = Texted(phone), Language = language };

    private string? Mailed(string? address) => delivery.Value.Mail.Length > 0 ? address : null;

    private string? Texted(string? number) => delivery.Value.Sms.Length > 0 ? number : null;

    private Reader Reader(AccountAddress reached, ReaderPreferences? wishes, IEnumerable<Choice> choices, bool hasDevice) => new()
    {
        AccountId = reached.AccountId,
        Email = Mailed(reached.Email),
        Phone = Texted(reached.Phone),
        HasDevice = hasDevice,
        Language = wishes?.Language,
        TimeZone = wishes?.TimeZone,
        Quiet = wishes is { QuietFrom: { } from, QuietUntil: { } until } ? (from, until) : null,
        ReminderOffsets = wishes?.ReminderOffsets,
        Choices = choices.ToDictionary(c => (c.Category, c.Channel), c => c.IsOn),
    };
}
