using Careline.Patients.Patients;

namespace Careline.Patients.Proxies;

/// <summary>A patient for whom the caller acts.</summary>
public sealed record DependantResponse
{
    /// <summary>The patient.</summary>
    public required Guid Id { get; init; }

    /// <summary>The human number.</summary>
    public required string Number { get; init; }

    /// <summary>Both names.</summary>
    public required string Name { get; init; }

    /// <summary>Birth date.</summary>
    public required DateOnly? DateOfBirth { get; init; }

    /// <summary>male, female, other, unknown.</summary>
    public required Gender Gender { get; init; }

    /// <summary>The link by which the caller acts.</summary>
    public required Guid ProxyId { get; init; }

    /// <summary>What the caller is to the patient.</summary>
    public required ProxyRelation Relation { get; init; }

    /// <summary>What the caller may do.</summary>
    public IReadOnlyList<ProxyRight> Rights => ProxyResponse.RightsOf(CanRead, CanBook);

    /// <summary>First moment after it; null while open-ended.</summary>
    public required DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The patient has no account of their own.</summary>
    public required bool IsDependant { get; init; }

    [JsonIgnore]
    internal bool CanRead { get; init; }

    [JsonIgnore]
    internal bool CanBook { get; init; }

    internal static IQueryable<DependantResponse> Of(CarelineDb db, Actor actor) =>
        from proxy in Proxy.InForce(db, actor)
        join patient in db.Set<Patient>() on proxy.PatientId equals patient.Id
        orderby patient.Name, proxy.Id
        select new DependantResponse
        {
            Id = patient.Id,
            Number = patient.Number,
            Name = patient.Name,
            DateOfBirth = patient.DateOfBirth,
            Gender = patient.Gender,
            ProxyId = proxy.Id,
            Relation = proxy.Relation,
            ValidUntil = proxy.ValidUntil,
            IsDependant = patient.AccountId == null,
            CanRead = proxy.CanRead,
            CanBook = proxy.CanBook,
        };

    internal static Task<DependantResponse> ReadAsync(CarelineDb db, Actor actor, Guid proxyId, CancellationToken ct) =>
        Of(db, actor).SingleAsync(d => d.ProxyId == proxyId, ct);
}
