using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Labs.Orders;

namespace Careline.Labs.Imports;

/// <summary>
/// A message that was taken, by its sender and its control id: sent again it is answered as it was the first time, and changes nothing. Of what it said only a hash is
/// kept.
/// </summary>
internal sealed class ImportedMessage
{
    private ImportedMessage()
    {
    }

    public Guid Id { get; private set; }

    public string Sender { get; private set; } = "";

    public string ControlId { get; private set; } = "";

    public byte[] ContentHash { get; private set; } = [];

    public ImportChannel Channel { get; private set; }

    public Guid? ClinicId { get; private set; }

    public Guid? ReceivedFrom { get; private set; }

    public DateTimeOffset ReceivedAt { get; private set; }

    public int Imported { get; private set; }

    public int Unchanged { get; private set; }

    public int Quarantined { get; private set; }

    /// <summary>The answer, byte for byte.</summary>
    public string Acknowledgement { get; private set; } = "";

    public static ImportedMessage Of(Guid id, ImportOrigin origin, MessageKey key, ImportCount count, string acknowledgement, DateTimeOffset now) => new()
    {
        Id = id,
        Sender = key.Sender,
        ControlId = key.ControlId,
        ContentHash = key.ContentHash,
        Channel = origin.Channel,
        ClinicId = origin.ClinicId,
        ReceivedFrom = origin.AccountId,
        ReceivedAt = now,
        Imported = count.Imported,
        Unchanged = count.Unchanged,
        Quarantined = count.Quarantined,
        Acknowledgement = acknowledgement,
    };

    /// <summary>Administrators see all; the nurses of a clinic, what came for it.</summary>
    public static IQueryable<ImportedMessage> VisibleTo(CarelineDb db, Actor actor)
    {
        var (me, isAdmin, isNurse) = (actor.AccountId, actor.IsAdmin, actor.Is(Roles.Nurse));
        return db.Set<ImportedMessage>().Where(m => isAdmin
            || (isNurse && db.Set<StaffRow>().Any(s => s.ClinicId == m.ClinicId && s.AccountId == me && s.Role == ClinicRole.Nurse)));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ImportedMessage>
    {
        public void Configure(EntityTypeBuilder<ImportedMessage> builder)
        {
            builder.ToTable("imported_messages", "labs");
            builder.Property(m => m.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>By what a message is known.</summary>
internal sealed record MessageKey(string Sender, string ControlId, byte[] ContentHash);

/// <summary>Where a message comes from.</summary>
internal sealed record ImportOrigin(ImportChannel Channel, Guid? ClinicId, Guid? AccountId)
{
    /// <summary>The orders on which the sender works; null where the sender answers for any.</summary>
    public IQueryable<LabOrder>? Within { get; init; }
}

/// <summary>What became of a message's observations.</summary>
internal sealed record ImportCount(int Imported, int Unchanged, int Quarantined);

/// <summary>How a message came.</summary>
public enum ImportChannel
{
    /// <summary>Somebody sent it by the API.</summary>
    Upload,

    /// <summary>From the command line.</summary>
    CommandLine,

    /// <summary>By a laboratory's system, over MLLP.</summary>
    Mllp,
}
