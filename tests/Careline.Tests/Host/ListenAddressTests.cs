using System.Net;
using System.Net.Sockets;
using Careline.Host.Supervision;

namespace Careline.Tests.Host;

public sealed class ListenAddressTests
{
    [Fact]
    public void Nodes_take_consecutive_ports() =>
        ListenAddress.OfNodes("http://127.0.0.1:8000;https://*:9000", 2)
            .Select(addresses => string.Join(';', addresses.Select(address => address.Url)))
            .ShouldBe(["http://127.0.0.1:8000;https://*:9000", "http://127.0.0.1:8001;https://*:9001"]);

    [Fact]
    public void A_wildcard_is_called_on_loopback() =>
        ListenAddress.OfNodes("http://0.0.0.0:8000", 1)[0][0].ReachableUrl.ShouldBe("http://127.0.0.1:8000");

    [Theory]
    [InlineData("8000", 1)]
    [InlineData(";", 1)]
    [InlineData("http://127.0.0.1:0", 1)]
    [InlineData("http://127.0.0.1:70000", 1)]
    [InlineData("ftp://127.0.0.1:21", 1)]
    [InlineData("http://unix:/tmp/x.sock", 1)]
    [InlineData("http://127.0.0.1:8000/base", 1)]
    [InlineData("http://127.0.0.1:65535", 2)]
    [InlineData("http://127.0.0.1:8000;http://127.0.0.1:8001", 2)]
    public void What_cannot_be_listened_on_is_refused(string urls, int nodes) =>
        Should.Throw<StartFailure>(() => ListenAddress.OfNodes(urls, nodes)).ExitCode.ShouldBe(StartFailure.Configuration);

    [Fact]
    public void A_port_in_use_is_said_in_a_sentence()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        new ListenAddress("http", "127.0.0.1", port).Obstacle().ShouldNotBeNull().ShouldStartWith($"Port {port} is already in use:");
    }
}
