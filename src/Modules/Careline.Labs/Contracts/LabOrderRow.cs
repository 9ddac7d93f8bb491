namespace Careline.Labs.Contracts;

/// <summary>What was asked of a laboratory, and how far it is. No results.</summary>
public sealed record LabOrderRow : IVersioned
{
    /// <summary>The order.</summary>
    public Guid Id { get; init; }

    /// <summary>The human number, such as <c>LAB-000123</c>.</summary>
    public string Number { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public LabOrderStatus Status { get; init; }

    /// <summary>The same for people.</summary>
    public string StatusDisplay => EnumText<LabOrderStatus>.Display(Status);

    /// <summary>How soon.</summary>
    public LabPriority Priority { get; init; }

    /// <summary>For whom.</summary>
    public LabParty Patient { get; init; } = new();

    /// <summary>By whom.</summary>
    public LabParty Doctor { get; init; } = new();

    /// <summary>The visit in which it was ordered, if it was in one.</summary>
    public Guid? ConsultationId { get; init; }

    /// <summary>The clinic whose laboratory does it.</summary>
    public Guid? ClinicId { get; init; }

    /// <summary>What is to be found out.</summary>
    public string? ClinicalQuestion { get; init; }

    /// <summary>Whether the patient is pregnant, where it is known.</summary>
    public bool? IsPregnant { get; init; }

    /// <summary>What was asked, in order.</summary>
    public IReadOnlyList<LabOrderLineRow> Lines
    {
        get;
        init => field = [.. value.OrderBy(l => l.Position)];
    } = [];

    /// <summary>Why it was cancelled.</summary>
    public string? CancelReason { get; init; }

    /// <summary>When it was ordered.</summary>
    public DateTimeOffset OrderedAt { get; init; }

    /// <summary>When it was completed or cancelled.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When it last moved.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <inheritdoc />
    public int Version { get; init; }
}

/// <summary>A test of an order, asked for by itself or with a panel.</summary>
public sealed record LabOrderLineRow
{
    /// <summary>The line.</summary>
    public Guid Id { get; init; }

    /// <summary>Place within the order, from 1.</summary>
    public int Position { get; init; }

    /// <summary>The test.</summary>
    public Guid TestId { get; init; }

    /// <summary>Its code when it was ordered.</summary>
    public string TestCode { get; init; } = "";

    /// <summary>Its name when it was ordered.</summary>
    public string TestName { get; init; } = "";

    /// <summary>The panel with which it came, if it did.</summary>
    public Guid? PanelId { get; init; }

    /// <summary>That panel's name.</summary>
    public string? PanelName { get; init; }

    /// <summary>In minor units when it was ordered; of a panel, on its first test.</summary>
    public long? PriceAmount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? PriceCurrency { get; init; }
}

/// <summary>A person named on an order.</summary>
public sealed record LabParty
{
    /// <summary>The patient or doctor.</summary>
    public Guid Id { get; init; }

    /// <summary>Their name.</summary>
    public string Name { get; init; } = "";

    /// <summary>A patient's number.</summary>
    public string? Number { get; init; }
}

/// <summary>Where an order stands.</summary>
public enum LabOrderStatus
{
    /// <summary>Asked for; nothing was taken yet.</summary>
    Ordered,

    /// <summary>A sample was taken.</summary>
    Collected,

    /// <summary>The laboratory has a sample.</summary>
    Received,

    /// <summary>The laboratory works on it.</summary>
    InProgress,

    /// <summary>Some of its results are there.</summary>
    PartiallyResulted,

    /// <summary>All of its results are there.</summary>
    Completed,

    /// <summary>Called off.</summary>
    Cancelled,
}
