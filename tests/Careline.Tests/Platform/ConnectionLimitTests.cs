using System.Net.Sockets;
using System.Text;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Careline.Tests.Platform;

/// <summary>What one connection may take.</summary>
public sealed class ConnectionLimitTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData(9_000, 1, 10, 414)]
    [InlineData(10, 1, 40_000, 431)]
    [InlineData(10, 120, 10, 431)]
    [InlineData(10, 1, 10, 200)]
    public async Task A_request_beyond_the_limits_is_refused_before_it_is_read(int pathLength, int headers, int headerLength, int status)
    {
        var text = new StringBuilder($"GET /health/?{new string('x', pathLength)} HTTP/1.1\r\nHost: {app.Address.Authority}\r\nConnection: close\r\n");
        for (var i = 0; i < headers; i++)
        {
            text.Append($"X-Fill-{i}: {new string('y', headerLength)}\r\n");
        }

        (await SayAsync(text.Append("\r\n").ToString())).ShouldStartWith($"HTTP/1.1 {status} ");
    }

    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_refused_before_it_is_sent() =>
        (await SayAsync($"POST /api/auth/login/ HTTP/1.1\r\nHost: {app.Address.Authority}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2000000\r\n\r\n"))
            .ShouldStartWith("HTTP/1.1 413 ");

    [Fact]
    public void Nothing_of_a_connection_is_without_a_limit()
    {
        var limits = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        new object?[]
        {
            limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections, limits.MaxRequestBodySize, limits.MaxRequestBufferSize, limits.MaxResponseBufferSize,
            limits.MinRequestBodyDataRate, limits.MinResponseDataRate,
        }.ShouldAllBe(limit => limit != null);
        limits.RequestHeadersTimeout.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(15));
        limits.Http2.KeepAlivePingDelay.ShouldBeLessThan(TimeSpan.FromMinutes(5));
    }

    private async Task<string> SayAsync(string request)
    {
        using var line = new TcpClient();
        await line.ConnectAsync(app.Address.Host, app.Address.Port);
        await using var stream = line.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync() ?? "closed";
    }
}
