using System.Security.Cryptography;
using Careline.Labs.Catalogue;

namespace Careline.Labs.Samples;

/// <summary>What was taken for an order, under a number of its own that goes on the tube.</summary>
internal sealed class Sample
{
    // Crockford's alphabet: no letter that is mistaken for a digit, on a label or by telephone.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int AccessionLength = 10;

    private Sample()
    {
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    /// <summary>Fifty random bits: a label that is read out tells nothing of how many there are, nor which the next is.</summary>
    public string Accession { get; private set; } = "";

    public Specimen Specimen { get; private set; }

    public string? Container { get; private set; }

    public SampleStatus Status { get; private set; }

    public Guid CollectedBy { get; private set; }

    public DateTimeOffset CollectedAt { get; private set; }

    public Guid? ReceivedBy { get; private set; }

    public DateTimeOffset? ReceivedAt { get; private set; }

    public Guid? RejectedBy { get; private set; }

    public DateTimeOffset? RejectedAt { get; private set; }

    public RejectionReason? RejectionReason { get; private set; }

    public string? RejectionNote { get; private set; }

    public static Sample Collect(Guid orderId, CollectSampleRequest request, Guid by, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        OrderId = orderId,
        Accession = "S" + RandomNumberGenerator.GetString(Alphabet, AccessionLength),
        Specimen = request.Specimen,
        Container = request.Container,
        Status = SampleStatus.Collected,
        CollectedBy = by,
        CollectedAt = request.CollectedAt is { } at && at < now ? at : now,
    };

    public void Receive(Guid by, DateTimeOffset now)
    {
        Must(SampleStatus.Collected);
        (Status, ReceivedBy, ReceivedAt) = (SampleStatus.Received, by, now);
    }

    public void Reject(RejectionReason reason, string? note, Guid by, DateTimeOffset now)
    {
        Must(SampleStatus.Collected, SampleStatus.Received);
        (Status, RejectedBy, RejectedAt, RejectionReason, RejectionNote) = (SampleStatus.Rejected, by, now, reason, note);
    }

    private void Must(params SampleStatus[] states)
    {
        if (!states.Contains(Status))
        {
            throw new RuleViolation("SAMPLE_MOVE_REFUSED", $"The sample is {EnumText<SampleStatus>.Of(Status)} already.", new { status = Status });
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Sample>
    {
        public void Configure(EntityTypeBuilder<Sample> builder)
        {
            builder.ToTable("samples", "labs");
            builder.Property(s => s.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>Where a sample is.</summary>
public enum SampleStatus
{
    /// <summary>Taken from the patient.</summary>
    Collected,

    /// <summary>At the laboratory.</summary>
    Received,

    /// <summary>Of no use: another has to be taken.</summary>
    Rejected,
}

/// <summary>Why a sample is of no use.</summary>
public enum RejectionReason
{
    /// <summary>Its red cells are broken.</summary>
    Haemolysed,

    /// <summary>It has clotted.</summary>
    Clotted,

    /// <summary>There is too little.</summary>
    Insufficient,

    /// <summary>Its label is missing, unreadable, or another's.</summary>
    Mislabelled,

    /// <summary>It has leaked or is broken.</summary>
    Leaked,

    /// <summary>It is in the wrong container.</summary>
    WrongContainer,

    /// <summary>It came too late or too warm.</summary>
    TooOld,

    /// <summary>It is full of fat.</summary>
    Lipaemic,

    /// <summary>It holds what does not belong there.</summary>
    Contaminated,

    /// <summary>Another reason.</summary>
    Other,
}
