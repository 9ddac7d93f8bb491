using System.Linq.Expressions;
using Careline.Notifications.Contracts;

namespace Careline.Patients.Contracts;

/// <summary>Tells patients something, and those who act for them.</summary>
public interface IPatientNews
{
    /// <summary>
    /// Tells the patient, by the account or else as the record says, and who acts for the patient at this moment with the right that the news asks for. The caller
    /// saves.
    /// </summary>
    Task TellAsync(Guid patientId, Notice notice, Expression<Func<ProxyRow, bool>> right, CancellationToken ct);
}
