namespace Careline.Platform.Delivery;

/// <summary>Keeps messages instead of sending them, for Development and tests; handed over twice, a message is there once.</summary>
internal sealed class SandboxTransport(Channel channel, IServiceScopeFactory scopes) : IMessageTransport
{
    public Channel Channel => channel;

    public string Name => "sandbox";

    public async Task SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CarelineDb>();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO platform.sandbox_inbox (id, channel, recipient, subject, text, sent_at)
            VALUES ({message.Id}, {EnumText<Channel>.Of(channel)}, {message.To}, {message.Subject}, {message.Text}, {db.Now}) ON CONFLICT DO NOTHING
            """,
            ct);
    }
}
