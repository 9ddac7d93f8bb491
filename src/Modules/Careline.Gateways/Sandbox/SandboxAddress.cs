namespace Careline.Gateways.Sandbox;

/// <summary>Where the sandbox's pages are: on the host to which the payer comes back.</summary>
internal static class SandboxAddress
{
    /// <summary>Where a browser posts its form instead of to the gateway; null without the sandbox.</summary>
    public static Uri? FormAction(GatewaysOptions options, Gateway gateway, Uri returnUrl) =>
        options.Sandbox == true ? new Uri(returnUrl, $"/dev/pay/{EnumText<Gateway>.Of(gateway)}/checkout/") : null;

    /// <summary>The page of an order.</summary>
    public static Uri Page(Gateway gateway, string orderId, Uri returnUrl) => new(returnUrl, $"/dev/pay/{EnumText<Gateway>.Of(gateway)}/{Uri.EscapeDataString(orderId)}/");
}
