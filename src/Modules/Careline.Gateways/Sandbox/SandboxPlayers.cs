using Microsoft.Extensions.Options;

namespace Careline.Gateways.Sandbox;

/// <summary>Who plays which gateway.</summary>
internal sealed class SandboxPlayers(IOptions<GatewaysOptions> options)
{
    private readonly ISandboxPlayer[] _players =
        [new StripePlayer(options.Value), new PaystackPlayer(options.Value), new RazorpayPlayer(options.Value), new PayuPlayer(options.Value)];

    public bool IsOn => options.Value.Sandbox == true;

    public ISandboxPlayer? Of(Gateway gateway) => _players.FirstOrDefault(p => p.Name == gateway);
}
