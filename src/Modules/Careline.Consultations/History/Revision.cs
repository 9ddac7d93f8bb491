using System.Text.Json.Nodes;
using Careline.Consultations.Consultations;

namespace Careline.Consultations.History;

/// <summary>Who did what to a consultation and when, with the text that a change took away. Only ever added.</summary>
internal sealed class Revision
{
    private Revision()
    {
    }

    public Guid Id { get; private set; }

    public Guid ConsultationId { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>The account; null where the document followed its appointment.</summary>
    public Guid? ActorId { get; private set; }

    public RevisionAction Action { get; private set; }

    public string[] Fields { get; private set; } = [];

    /// <summary>The former values of those fields, as JSON. Kept for the law, shown by no route.</summary>
    public string? Replaced { get; private set; }

    public static Revision Of(Guid consultationId, Guid? by, RevisionAction action, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new Revision { Id = Ids.New(now), ConsultationId = consultationId, At = now, ActorId = by, Action = action };
    }

    public static Revision OfText(Guid consultationId, Guid by, ConsultationText before, ConsultationText after, TimeProvider clock)
    {
        var former = JsonSerializer.SerializeToNode(before, WireJson.Options)!.AsObject();
        var present = JsonSerializer.SerializeToNode(after, WireJson.Options)!.AsObject();
        string[] fields = [.. former.Select(p => p.Key).Where(name => !JsonNode.DeepEquals(former[name], present[name]))];
        var revision = Of(consultationId, by, RevisionAction.Updated, clock);
        revision.Fields = fields;
        revision.Replaced = new JsonObject(fields.Select(f => KeyValuePair.Create(f, former[f]?.DeepClone()))).ToJsonString();
        return revision;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Revision>
    {
        public void Configure(EntityTypeBuilder<Revision> builder)
        {
            builder.ToTable("revisions", "consultations");
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Replaced).HasColumnType("jsonb");
        }
    }
}

/// <summary>What happened to a consultation.</summary>
public enum RevisionAction
{
    /// <summary>The doctor took the document up.</summary>
    Created,

    /// <summary>Its text was changed.</summary>
    Updated,

    /// <summary>The visit began.</summary>
    Started,

    /// <summary>It was closed.</summary>
    Completed,

    /// <summary>It was called off.</summary>
    Cancelled,

    /// <summary>It was removed before it had begun.</summary>
    Deleted,

    /// <summary>A note was added.</summary>
    NoteAdded,

    /// <summary>A diagnosis was added.</summary>
    DiagnosisAdded,

    /// <summary>Vital signs were recorded.</summary>
    VitalsRecorded,

    /// <summary>A medicine was prescribed.</summary>
    Prescribed,

    /// <summary>Tests were ordered of the laboratory.</summary>
    LabOrdered,

    /// <summary>An addendum was written.</summary>
    AddendumAdded,
}
