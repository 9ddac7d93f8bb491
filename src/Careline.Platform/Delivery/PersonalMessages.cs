using Careline.Platform.Data;
using Careline.Platform.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Careline.Platform.Delivery;

/// <summary>What was sent to a person, as far as it is still there: the sandbox's inbox. What really went out is gone once it was handed over.</summary>
internal sealed class PersonalMessages(CarelineDb db) : IPersonalRecords
{
    public string Schema => "platform";

    public IEnumerable<PersonalTable> Export(PersonKeys person)
    {
        var addresses = person.Addresses;
        yield return new PersonalTable("sandbox_inbox", db.Set<SandboxMessage>().Where(m => addresses.Contains(m.Recipient)).OrderBy(m => m.Id)
            .Select(m => new { m.Id, m.Channel, m.Recipient, m.Subject, m.Text, m.SentAt }).AsAsyncEnumerable());
    }
}
