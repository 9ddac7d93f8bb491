using Careline.Notifications.Contracts;
using Careline.Platform.Delivery;

namespace Careline.Vitals.Alerts;

/// <summary>One person called about an alert by one channel, in one step of a round. Its id is the delivery's, so that it goes out once.</summary>
internal sealed class AlertCall
{
    public Guid Id { get; private init; }

    public Guid AlertId { get; private init; }

    public int Round { get; private init; }

    public AlertStep Step { get; private init; }

    public Guid AccountId { get; private init; }

    public NoticeChannel Channel { get; private init; }

    public DateTimeOffset At { get; private init; }

    public static AlertCall Of(ClinicalAlert alert, AlertStep step, Guid accountId, NoticeChannel channel, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        AlertId = alert.Id,
        Round = alert.Round,
        Step = step,
        AccountId = accountId,
        Channel = channel,
        At = now,
    };

    /// <summary>Takes back what is still in the post of an alert: it would call somebody to what is settled.</summary>
    public static async Task WithdrawAsync(CarelineDb db, Postbox post, Guid alertId, CancellationToken ct) =>
        await post.WithdrawAsync(await db.Set<AlertCall>().Where(c => c.AlertId == alertId).Select(c => c.Id).ToListAsync(ct), ct);

    internal sealed class Mapping : IEntityTypeConfiguration<AlertCall>
    {
        public void Configure(EntityTypeBuilder<AlertCall> builder)
        {
            builder.ToTable("alert_calls", "vitals");
            builder.Property(c => c.Id).ValueGeneratedNever();
        }
    }
}
