namespace Careline.Scheduling.Appointments;

/// <summary>What a late cancellation costs by the terms that held then; kept for whoever collects it.</summary>
internal sealed class LateCancellationFee
{
    /// <summary>The appointment.</summary>
    public Guid Id { get; private set; }

    public int FeePercent { get; private set; }

    public long? FeeAmount { get; private set; }

    public string? FeeCurrency { get; private set; }

    public DateTimeOffset At { get; private set; }

    public static LateCancellationFee Of(Appointment appointment, int percent, DateTimeOffset now) => new()
    {
        Id = appointment.Id,
        FeePercent = percent,
        FeeAmount = appointment.FeeAmount * percent / 100,
        FeeCurrency = appointment.FeeCurrency,
        At = now,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<LateCancellationFee>
    {
        public void Configure(EntityTypeBuilder<LateCancellationFee> builder)
        {
            builder.ToTable("late_cancellations", "scheduling");
            builder.Property(f => f.Id).ValueGeneratedNever();
        }
    }
}
