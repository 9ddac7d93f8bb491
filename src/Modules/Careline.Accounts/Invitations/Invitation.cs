namespace Careline.Accounts.Invitations;

/// <summary>An administrator asks somebody to join in a role, at a clinic or on the platform.</summary>
internal sealed class Invitation
{
    public Guid Id { get; private set; }

    public byte[] Hash { get; private set; } = [];

    public string Email { get; private set; } = "";

    public string Role { get; private set; } = "";

    public Guid? ClinicId { get; private set; }

    public Guid InvitedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public static (Invitation Row, string Text) Issue(InviteUserRequest request, Guid by, TimeSpan life, DateTimeOffset now)
    {
        var (text, hash) = OpaqueToken.Issue();
        var invitation = new Invitation
        {
            Id = Ids.New(now),
            Hash = hash,
            Email = request.Email,
            Role = request.Role,
            ClinicId = request.ClinicId,
            InvitedBy = by,
            CreatedAt = now,
            ExpiresAt = now + life,
        };
        return (invitation, text);
    }

    /// <summary>Uses an invitation up: of two who come with it at once, one gets it.</summary>
    public static async Task<Invitation?> TakeAsync(CarelineDb db, string text, CancellationToken ct)
    {
        var (hash, now) = (OpaqueToken.HashOf(text), db.Now);
        var invitations = db.Set<Invitation>().Where(i => i.Hash == hash);
        return await invitations.Where(i => i.AcceptedAt == null && i.ExpiresAt > now)
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.AcceptedAt, now), ct) == 1 ? await invitations.SingleAsync(ct) : null;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> builder)
        {
            builder.ToTable("invitations", "accounts");
            builder.Property(i => i.Id).ValueGeneratedNever();
        }
    }
}
