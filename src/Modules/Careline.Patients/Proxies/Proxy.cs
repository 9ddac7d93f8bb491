using Careline.Patients.Patients;

namespace Careline.Patients.Proxies;

/// <summary>How far somebody may act, and until when.</summary>
internal sealed record ProxyTerms(IReadOnlyCollection<ProxyRight> Rights, DateTimeOffset? ValidUntil);

/// <summary>Somebody acts for a patient; an invitation until an account accepts it. Ended, never removed.</summary>
internal sealed class Proxy : IVersioned
{
    private Proxy()
    {
    }

    public Guid Id { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid? AccountId { get; private set; }

    public ProxyRelation Relation { get; private set; }

    public bool CanRead { get; private set; }

    public bool CanBook { get; private set; }

    public DateTimeOffset? ValidUntil { get; private set; }

    public Guid InvitedBy { get; private set; }

    public string? Email { get; private set; }

    public byte[]? Hash { get; private set; }

    public DateTimeOffset? InvitationExpiresAt { get; private set; }

    public DateTimeOffset? StartsAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why an administrator ended it; null where the family did.</summary>
    public string? EndReason { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>An invitation, and the token that is mailed and not kept.</summary>
    public static (Proxy Proxy, string Token) Invite(Patient patient, InviteProxyRequest request, Actor by, TimeSpan life, DateTimeOffset now)
    {
        var (token, hash) = OpaqueToken.Issue();
        var proxy = new Proxy
        {
            Id = Ids.New(now),
            PatientId = patient.Id,
            Relation = request.Relation,
            InvitedBy = by.AccountId,
            Email = request.Email,
            Hash = hash,
            InvitationExpiresAt = now + life,
            CreatedAt = now,
        };
        proxy.Agree(new ProxyTerms(request.Rights, request.ValidUntil), patient, now);
        return (proxy, token);
    }

    /// <summary>Whoever registers a dependant acts for it, in everything.</summary>
    public static Proxy OfDependant(Patient dependant, ProxyRelation relation, Guid accountId, DateTimeOffset now)
    {
        var proxy = new Proxy
        {
            Id = Ids.New(now),
            PatientId = dependant.Id,
            AccountId = accountId,
            Relation = relation,
            InvitedBy = accountId,
            StartsAt = now,
            CreatedAt = now,
        };
        proxy.Agree(new ProxyTerms([ProxyRight.Read, ProxyRight.Book], null), dependant, now);
        return proxy;
    }

    /// <summary>Sets how far and until when.</summary>
    /// <exception cref="InvalidInput">It would have ended before it began.</exception>
    public void Agree(ProxyTerms terms, Patient patient, DateTimeOffset now)
    {
        if (terms.ValidUntil <= now && terms.ValidUntil != ValidUntil)
        {
            throw new InvalidInput("valid_until", "Must lie in the future.");
        }

        var endsWithChildhood = Relation is ProxyRelation.Parent or ProxyRelation.Guardian || patient.AccountId != InvitedBy;
        (CanRead, CanBook) = (terms.Rights.Contains(ProxyRight.Read), terms.Rights.Contains(ProxyRight.Book));
        ValidUntil = ComingOfAge.Limit(terms.ValidUntil, patient.DateOfBirth, endsWithChildhood, now);
        UpdatedAt = now;
    }

    /// <summary>The token is used up with it.</summary>
    public void Accept(Guid accountId, DateTimeOffset now) => (AccountId, StartsAt, Hash, UpdatedAt) = (accountId, now, null, now);

    public void End(DateTimeOffset now, string? reason = null) => (EndedAt, EndReason, Hash, UpdatedAt) = (now, reason, null, now);

    /// <summary>The relationship that opens the clinical record, while the link and the right to read last.</summary>
    public CareRelationshipOpening Opening() => new(PatientId, AccountId!.Value, CareReason.Proxy, Id, ValidUntil);

    /// <summary>An invitation that can still be accepted, kept from others until the transaction ends.</summary>
    public static Task<Proxy?> InvitedByAsync(CarelineDb db, string token, CancellationToken ct)
    {
        var (hash, now) = (OpaqueToken.HashOf(token), db.Now);
        return db.Set<Proxy>().FromSql($"SELECT * FROM patients.proxies WHERE hash = {hash} FOR UPDATE").AsTracking()
            .Where(p => p.AccountId == null && p.EndedAt == null && p.InvitationExpiresAt > now && (p.ValidUntil == null || p.ValidUntil > now))
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>For whom somebody acts at this moment.</summary>
    public static IQueryable<Proxy> InForce(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        return InForce(db).Where(p => p.AccountId == me);
    }

    /// <summary>Who acts for somebody at this moment.</summary>
    public static IQueryable<Proxy> InForce(CarelineDb db)
    {
        var now = db.Now;
        return db.Set<Proxy>().Where(p => p.EndedAt == null && p.StartsAt <= now && (p.ValidUntil == null || now < p.ValidUntil));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Proxy>, IEntityTypeConfiguration<ProxyRow>
    {
        public void Configure(EntityTypeBuilder<Proxy> builder)
        {
            builder.ToTable("proxies", "patients");
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.HasOne<Patient>().WithMany().HasForeignKey(p => p.PatientId);
        }

        public void Configure(EntityTypeBuilder<ProxyRow> builder) => builder.HasNoKey().ToView("proxy_rows", "patients");
    }
}
