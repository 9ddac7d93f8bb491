namespace Careline.Vitals.Alerts;

/// <summary>What was done about an alert.</summary>
public enum AlertAction
{
    /// <summary>It became graver, or what it speaks of changed, and it was called out anew.</summary>
    Worsened,

    /// <summary>Somebody took it.</summary>
    Acknowledged,

    /// <summary>It became another's.</summary>
    HandedOver,

    /// <summary>It is over.</summary>
    Resolved,
}

/// <summary>Something that was done about an alert; only ever added.</summary>
internal sealed record AlertAct
{
    public Guid Id { get; private init; }

    public Guid AlertId { get; private init; }

    public AlertAction Action { get; private init; }

    /// <summary>Who did it; null where it followed from what was measured.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Whose it became.</summary>
    public Guid? ToId { get; init; }

    public string? Note { get; init; }

    public DateTimeOffset At { get; private init; }

    public static AlertAct Of(Guid alertId, AlertAction action, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new AlertAct { Id = Ids.New(now), AlertId = alertId, Action = action, At = now };
    }

    internal sealed class Mapping : IEntityTypeConfiguration<AlertAct>
    {
        public void Configure(EntityTypeBuilder<AlertAct> builder)
        {
            builder.ToTable("alert_acts", "vitals");
            builder.Property(a => a.Id).ValueGeneratedNever();
        }
    }
}
