using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Labs.Orders;

namespace Careline.Labs.Imports;

/// <summary>
/// An observation of a message that could not be matched. It waits for a person, who says whose it is or why it is none. What it says is sealed, since it may be of
/// somebody whom nobody here knows.
/// </summary>
internal sealed class QuarantinedResult : IVersioned, IVisible<QuarantinedResult>
{
    private QuarantinedResult()
    {
    }

    public Guid Id { get; private set; }

    public Guid MessageId { get; private set; }

    public int Position { get; private set; }

    public QuarantineReason Reason { get; private set; }

    public Guid? ClinicId { get; private set; }

    /// <summary>Whose it seems to be, as far as that was found out.</summary>
    public Guid? PatientId { get; private set; }

    public byte[]? Content { get; private set; }

    public QuarantineStatus Status { get; private set; }

    public Guid? ResultId { get; private set; }

    public Guid? ResolvedBy { get; private set; }

    public DateTimeOffset? ResolvedAt { get; private set; }

    public string? DismissReason { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public static QuarantinedResult Of(Guid messageId, SentObservation sent, Unmatched why, Guid? clinicId, FieldCipher cipher, DateTimeOffset now)
    {
        var id = Ids.New(now);
        return new QuarantinedResult
        {
            Id = id,
            MessageId = messageId,
            Position = sent.Position,
            Reason = why.Reason,
            ClinicId = why.ClinicId ?? clinicId,
            PatientId = why.PatientId,
            Content = cipher.Seal(JsonSerializer.Serialize(sent, WireJson.Options), PlaceOf(id)),
            Status = QuarantineStatus.Open,
            CreatedAt = now,
        };
    }

    /// <summary>What the message said; null once it is settled, or where the database was changed past us.</summary>
    public SentObservation? Sent(FieldCipher cipher) =>
        Content is not null && cipher.TryOpen(Content, PlaceOf(Id)) is { } text ? JsonSerializer.Deserialize<SentObservation>(text, WireJson.Options) : null;

    /// <summary>Somebody said whose it is: it is a result now, and not kept twice.</summary>
    public void Import(Guid resultId, Guid by, DateTimeOffset now)
    {
        MustBeOpen();
        (Status, ResultId, ResolvedBy, ResolvedAt, Content) = (QuarantineStatus.Imported, resultId, by, now, null);
    }

    /// <summary>It is nobody's result, and what it said need not be kept.</summary>
    public void Dismiss(string reason, Guid by, DateTimeOffset now)
    {
        MustBeOpen();
        (Status, DismissReason, ResolvedBy, ResolvedAt, Content) = (QuarantineStatus.Dismissed, reason, by, now, null);
    }

    public void MustBeOpen()
    {
        if (Status != QuarantineStatus.Open)
        {
            throw new RuleViolation("QUARANTINE_SETTLED", "Somebody has settled this already.", new { status = Status });
        }
    }

    /// <summary>Administrators see all; the nurses of a clinic, what came for it.</summary>
    public static IQueryable<QuarantinedResult> VisibleTo(CarelineDb db, Actor actor)
    {
        var (me, isAdmin, isNurse) = (actor.AccountId, actor.IsAdmin, actor.Is(Roles.Nurse));
        return db.Set<QuarantinedResult>().Where(q => isAdmin
            || (isNurse && db.Set<StaffRow>().Any(s => s.ClinicId == q.ClinicId && s.AccountId == me && s.Role == ClinicRole.Nurse)));
    }

    private static string PlaceOf(Guid id) => $"labs.quarantined_results.content:{id}";

    internal sealed class Mapping : IEntityTypeConfiguration<QuarantinedResult>
    {
        public void Configure(EntityTypeBuilder<QuarantinedResult> builder)
        {
            builder.ToTable("quarantined_results", "labs");
            builder.Property(q => q.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>Why an observation was not taken, and what was found out of it nevertheless.</summary>
internal sealed record Unmatched(QuarantineReason Reason, Guid? PatientId = null, Guid? ClinicId = null)
{
    /// <summary>The doctor who ordered, where the order is certain.</summary>
    public Guid? DoctorId { get; init; }

    public static Unmatched OfOrder(QuarantineReason reason, LabOrder order) => new(reason, order.PatientId, order.ClinicId) { DoctorId = order.DoctorId };
}

/// <summary>Why an observation could not be matched.</summary>
public enum QuarantineReason
{
    /// <summary>No patient has the number.</summary>
    UnknownPatient,

    /// <summary>The patient of the message is not the order's, or was born on another day.</summary>
    PatientMismatch,

    /// <summary>No order or sample that the sender may reach has the number.</summary>
    UnknownOrder,

    /// <summary>No test of the catalogue has the LOINC code.</summary>
    UnknownTest,

    /// <summary>The unit is not known, or cannot be converted to the test's.</summary>
    UnknownUnit,

    /// <summary>The value is not what its type says, or of a type that is not taken.</summary>
    UnreadableValue,

    /// <summary>The status of the result is not known.</summary>
    UnknownStatus,

    /// <summary>The message says something else of the same test already.</summary>
    Duplicate,

    /// <summary>The order was cancelled.</summary>
    OrderCancelled,

    /// <summary>The result here is further than the message says: final, corrected, or taken back.</summary>
    StateRefused,

    /// <summary>Its numbers name several patients, or several orders.</summary>
    Ambiguous,

    /// <summary>The sample was rejected.</summary>
    SampleRejected,
}

/// <summary>What became of an observation that could not be matched.</summary>
public enum QuarantineStatus
{
    /// <summary>It waits for a person.</summary>
    Open,

    /// <summary>It was made a result of an order.</summary>
    Imported,

    /// <summary>It was set aside, with a reason.</summary>
    Dismissed,
}
