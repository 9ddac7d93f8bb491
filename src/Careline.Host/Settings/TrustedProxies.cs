using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Careline.Host.Settings;

// Whose word counts for where a request came from and by which scheme. Nobody's, unless named: who may write X-Forwarded-For has as many addresses
// as there are, and with them as many tries.
internal static class TrustedProxies
{
    private const string Setting = "Network:TrustedProxies";

    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        // The framework's own switch would believe everybody.
        builder.Configuration["ForwardedHeaders_Enabled"] = "false";
        var named = Read(builder.Configuration);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

            // Back along the proxies to the first who is not one of ours: what stands before that is hearsay.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in named)
            {
                options.KnownIPNetworks.Add(network);
            }
        });
    }

    // Without names the framework believes everybody too, so it is not asked.
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (Read(app.Configuration).Count > 0)
        {
            app.UseForwardedHeaders();
        }
    }

    internal static IReadOnlyList<IPNetwork> Read(IConfiguration settings) =>
        [.. (settings.GetSection(Setting).Get<string[]>() ?? []).Where(text => !string.IsNullOrWhiteSpace(text)).Select(Parse)];

    private static IPNetwork Parse(string text)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0 ? network
            : throw new StartFailure($"The setting Network__TrustedProxies names '{text}', which is no address and no network such as 10.0.0.0/8.", StartFailure.Configuration);
    }
}
