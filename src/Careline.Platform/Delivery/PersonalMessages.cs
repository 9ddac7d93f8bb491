using System.Text.Json;
using Careline.Platform.Privacy;
using Careline.Platform.Security;

namespace Careline.Platform.Delivery;

/// <summary>
/// What Platform holds of a person: what was sent, as far as it is still there (the sandbox's inbox; what really went out is gone once it was handed
/// over), and the person's key.
/// </summary>
internal sealed class PersonalMessages(CarelineDb db, FieldCipher cipher) : IPersonalRecords
{
    public string Schema => "platform";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var addresses = AddressesOf(person);
        yield return new PersonalTable("sandbox_inbox", db.Set<SandboxMessage>().Where(m => addresses.Contains(m.Recipient)).OrderBy(m => m.Id)
            .Select(m => new { m.Id, m.Channel, m.Recipient, m.Subject, m.Text, m.SentAt }).AsAsyncEnumerable());
    }

    public async Task EraseAsync(PersonKeys person, CancellationToken ct)
    {
        var (addresses, account) = (AddressesOf(person), person.AccountId);
        await foreach (var message in db.Set<Message>().AsTracking().Where(m => m.Status == MessageStatus.Queued && m.Content != null).AsAsyncEnumerable())
        {
            // What cannot be read cannot be sent either, and may be the person's.
            if (cipher.TryOpen(message.Content!, Postbox.PlaceOf(message.Id)) is not { } content
                || addresses.Contains(JsonSerializer.Deserialize<OutgoingMessage>(content)!.To, StringComparer.OrdinalIgnoreCase))
            {
                message.TooLate();
            }
        }

        await db.SaveChangesAsync(ct);
        await db.Set<SandboxMessage>().Where(m => addresses.Contains(m.Recipient)).ExecuteDeleteAsync(ct);

        // What was sealed for the person opens for nobody any more.
        await db.Database.ExecuteSqlAsync($"DELETE FROM platform.person_keys WHERE person_id = {person.PatientId} OR person_id = {account}", ct);

        // Copies of answers, some of them with all that was said.
        await db.Database.ExecuteSqlAsync($"DELETE FROM platform.idempotency_keys WHERE actor_id = {account}", ct);
    }

    // What goes to a person's devices is addressed to the account.
    private static string[] AddressesOf(PersonKeys person) =>
        [.. person.Words.Addresses, .. person.AccountId is { } account ? new[] { account.ToString() } : []];
}
