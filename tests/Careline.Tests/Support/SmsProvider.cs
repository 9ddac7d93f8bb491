using System.Net;
using System.Text;

namespace Careline.Tests.Support;

/// <summary>Stands in for a provider of SMS on a port of this machine: keeps what it is asked and answers as it is told.</summary>
internal sealed class SmsProvider : IDisposable
{
    private readonly HttpListener _listener = new();

    public SmsProvider()
    {
        for (var tries = 0; ; tries++)
        {
            Address = new Uri($"http://127.0.0.1:{Random.Shared.Next(20_000, 30_000)}/");
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add(Address.ToString());
            try
            {
                _listener.Start();
                return;
            }
            catch (HttpListenerException) when (tries < 20)
            {
                // The port is somebody's: take another.
            }
        }
    }

    public Uri Address { get; }

    public int Answers { get; init; } = 200;

    /// <summary>Takes one request.</summary>
    public async Task<SmsRequest> TakeAsync()
    {
        var context = await _listener.GetContextAsync();
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        context.Response.StatusCode = Answers;
        context.Response.Close();
        return new SmsRequest(
            $"{context.Request.HttpMethod} {context.Request.RawUrl}", context.Request.ContentType ?? "", body, name => context.Request.Headers[name]);
    }

    public void Dispose() => ((IDisposable)_listener).Dispose();
}

/// <summary>What a provider was asked.</summary>
internal sealed record SmsRequest(string Line, string ContentType, string Body, Func<string, string?> Header);
