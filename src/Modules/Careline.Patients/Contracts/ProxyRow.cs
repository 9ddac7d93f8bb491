namespace Careline.Patients.Contracts;

/// <summary>
/// Who acts for whom: <c>db.Set&lt;ProxyRow&gt;()</c>. What was given up is not here; of the others those are in force that <see cref="InForce"/>
/// answers.
/// </summary>
public sealed class ProxyRow
{
    /// <summary>The patient.</summary>
    public Guid PatientId { get; init; }

    /// <summary>The account of the person who acts for the patient.</summary>
    public Guid AccountId { get; init; }

    /// <summary>Reads the clinical record; a care relationship says the same.</summary>
    public bool CanRead { get; init; }

    /// <summary>Sees, books, moves and cancels appointments.</summary>
    public bool CanBook { get; init; }

    /// <summary>First moment.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>First moment after it; null while open-ended.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>For whom the actor acts at this moment.</summary>
    public static IQueryable<ProxyRow> InForce(CarelineDb db, Actor actor)
    {
        var (me, now) = (actor.AccountId, db.Now);
        return db.Set<ProxyRow>().Where(p => p.AccountId == me && p.From <= now && (p.Until == null || now < p.Until));
    }
}
