namespace Careline.Labs.Catalogue;

/// <summary>What something costs.</summary>
/// <param name="Amount">In minor units.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record Price(
    [Range(0, 1_000_000_000_000)] long Amount,
    [Required, RegularExpression("[A-Z]{3}", ErrorMessage = "Must be an ISO 4217 code such as NGN.")] string Currency)
{
    internal static Price? Of(long? amount, string? currency) => amount is { } minor && currency is not null ? new Price(minor, currency) : null;
}
