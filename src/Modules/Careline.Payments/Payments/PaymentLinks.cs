namespace Careline.Payments.Payments;

/// <summary>The addresses that lead a payer to the gateway and back: whoever has one may pay, and see whether it was paid, and nothing else.</summary>
internal static class PaymentLinks
{
    public static string Of(HttpRequest request, string token) => $"{request.Scheme}://{request.Host}/api/payments/checkout/{token}/";

    public static Uri ReturnOf(HttpRequest request, string token) => new($"{request.Scheme}://{request.Host}/api/payments/return/{token}/");
}
