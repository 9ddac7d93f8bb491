namespace Careline.Payments;

/// <summary>Section <c>Payments</c> of the settings.</summary>
public sealed class PaymentsOptions
{
    /// <summary>How long somebody has to pay, in minutes.</summary>
    public int PayWithinMinutes { get; set; } = 30;

    /// <summary>The doctor's share of what a visit costs before taxes, in percent, where the clinic has no terms of its own.</summary>
    public decimal DoctorSharePercent { get; set; } = 80;

    /// <summary>The platform's share, in percent, where the clinic has no terms of its own.</summary>
    public decimal PlatformSharePercent { get; set; } = 10;
}
