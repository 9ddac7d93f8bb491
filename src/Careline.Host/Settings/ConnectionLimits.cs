using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Careline.Host.Settings;

// What one connection may take, so that few cannot take everything: each number in one place, also where it is the framework's own today.
internal static class ConnectionLimits
{
    private const int Kilobyte = 1024;

    public static void Set(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;

        // A JSON body of ours has some kilobytes; a route that takes files says so itself.
        limits.MaxRequestBodySize = 1024 * Kilobyte;
        limits.MaxRequestLineSize = 8 * Kilobyte;
        limits.MaxRequestHeadersTotalSize = 32 * Kilobyte;
        limits.MaxRequestHeaderCount = 100;

        // Held back in memory, for each connection, when one side is slower than the other.
        limits.MaxRequestBufferSize = 1024 * Kilobyte;
        limits.MaxResponseBufferSize = 64 * Kilobyte;

        // Slow on purpose: headers by the byte, a body by the byte, an answer that is never read. A bad line still does 240 bytes a second.
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));

        // Beyond these a connection is closed at once: better than to run out of descriptors, which the database needs too.
        limits.MaxConcurrentConnections = 10_000;
        limits.MaxConcurrentUpgradedConnections = 10_000;

        // One HTTP/2 connection is many requests: no more at a time than a browser opens, and a dead one is noticed.
        limits.Http2.MaxStreamsPerConnection = 100;
        limits.Http2.MaxRequestHeaderFieldSize = 16 * Kilobyte;
        limits.Http2.InitialConnectionWindowSize = 1024 * Kilobyte;
        limits.Http2.InitialStreamWindowSize = 768 * Kilobyte;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }
}
