namespace Careline.Doctors.Contracts;

/// <summary>
/// Doctors by their ids, for showing them: those who are listed from this host's memory, others from the table. What another host changed a moment ago may
/// be missing; whoever decides by it reads <see cref="DoctorRow"/> in the transaction instead.
/// </summary>
public interface IDoctorLookup
{
    /// <summary>Those of the doctors that exist.</summary>
    ValueTask<IReadOnlyDictionary<Guid, DoctorRow>> FindAsync(IEnumerable<Guid> ids, CancellationToken ct);
}
