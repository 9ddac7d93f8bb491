using Careline.Platform.Jobs;
using Npgsql;

namespace Careline.Sockets.Tickets;

/// <summary>A ticket that nobody has shown yet. Only its hash is kept, and any host takes it.</summary>
internal sealed class SocketTicket
{
    public byte[] Hash { get; private set; } = [];

    public Guid AccountId { get; private set; }

    public Guid SessionId { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public static SocketTicket Of(byte[] hash, Actor actor, DateTimeOffset now) =>
        new() { Hash = hash, AccountId = actor.AccountId, SessionId = actor.SessionId, ExpiresAt = now + ISocketTickets.Life };

    internal sealed class Mapping : IEntityTypeConfiguration<SocketTicket>
    {
        public void Configure(EntityTypeBuilder<SocketTicket> builder)
        {
            builder.ToTable("tickets", "sockets");
            builder.HasKey(t => t.Hash);
            builder.Property(t => t.Hash).ValueGeneratedNever();
        }
    }
}

/// <inheritdoc />
internal sealed class SocketTickets(CarelineDb db) : ISocketTickets
{
    public string Issue(Actor actor)
    {
        var (text, hash) = OpaqueToken.Issue();
        db.Append(SocketTicket.Of(hash, actor, db.Now));
        return text;
    }
}

/// <summary>Takes tickets, each once.</summary>
internal sealed class TicketGate(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>The session whose ticket it was, or null. Of two who show the same one, one is let in.</summary>
    public async Task<Guid?> TakeAsync(string ticket, CancellationToken ct)
    {
        await using var command = database.CreateCommand("DELETE FROM sockets.tickets WHERE hash = $1 AND expires_at > $2 RETURNING session_id");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = OpaqueToken.HashOf(ticket) });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
        return await command.ExecuteScalarAsync(ct) as Guid?;
    }
}

/// <summary>Removes tickets that nobody used.</summary>
internal sealed class ForgetTickets : IRecurringJob
{
    public string Name => "sockets.forget-tickets";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public Task RunAsync(IServiceProvider scope, CancellationToken ct)
    {
        var db = scope.GetRequiredService<CarelineDb>();
        return db.Database.ExecuteSqlAsync($"DELETE FROM sockets.tickets WHERE expires_at <= {db.Now}", ct);
    }
}
