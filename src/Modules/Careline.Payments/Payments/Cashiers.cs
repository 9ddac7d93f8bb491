using Careline.Gateways.Contracts;

namespace Careline.Payments.Payments;

/// <summary>The gateways of this installation, and which of them takes a payment.</summary>
internal sealed class Cashiers(IEnumerable<IPaymentGateway> gateways)
{
    private readonly Dictionary<Gateway, IPaymentGateway> _gateways = gateways.ToDictionary(g => g.Name);

    // Where a currency is at home its own gateways come first: they know its banks and wallets.
    private static readonly Dictionary<string, Gateway[]> _homes = new(StringComparer.Ordinal)
    {
        ["NGN"] = [Gateway.Paystack],
        ["GHS"] = [Gateway.Paystack],
        ["KES"] = [Gateway.Paystack],
        ["ZAR"] = [Gateway.Paystack],
        ["INR"] = [Gateway.Razorpay, Gateway.Payu],
    };

    private static readonly Gateway[] _all = [Gateway.Stripe, Gateway.Paystack, Gateway.Razorpay, Gateway.Payu];

    /// <summary>The gateway of a name.</summary>
    public IPaymentGateway Of(Gateway gateway) => _gateways.TryGetValue(gateway, out var found) ? found : throw new NotFound();

    /// <summary>Those that are set up here and take a currency, the first choice first.</summary>
    /// <param name="currency">ISO 4217.</param>
    /// <param name="allowed">Those that the clinic takes, in its order; empty means all.</param>
    public IReadOnlyList<Gateway> For(string currency, IReadOnlyList<Gateway> allowed)
    {
        var order = allowed.Count > 0 ? allowed : [.. _homes.GetValueOrDefault(currency, []), .. _all];
        return [.. order.Distinct().Where(g => _gateways.TryGetValue(g, out var gateway) && gateway.IsReady && gateway.Takes(currency))];
    }

    /// <summary>The gateway that takes a payment.</summary>
    /// <exception cref="RuleViolation">GATEWAY_NOT_AVAILABLE, with those that are.</exception>
    public Gateway Choose(Gateway? wanted, PaymentMethod method, string currency, IReadOnlyList<Gateway> allowed)
    {
        var possible = For(currency, allowed);
        return wanted is null && method == PaymentMethod.Upi && possible.Contains(Gateway.Razorpay) ? Gateway.Razorpay
            : wanted is { } named && possible.Contains(named) ? named
            : wanted is null && possible.Count > 0 ? possible[0]
            : throw new RuleViolation("GATEWAY_NOT_AVAILABLE", $"No such gateway takes {currency} here.", new { gateways = possible });
    }
}
