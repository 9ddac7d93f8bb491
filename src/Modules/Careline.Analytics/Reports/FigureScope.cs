using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Careline.Analytics.Reports;

/// <summary>
/// Whose facts somebody counts: administrators of the platform all of them, administrators of clinics their clinics', doctors their own. A condition of the
/// statement itself, looked up as it runs.
/// </summary>
internal sealed record FigureScope(bool IsAll, Guid? DoctorId, Guid AccountId)
{
    /// <summary>The condition, over the first three parameters.</summary>
    public const string Sql =
        "($1 OR f.doctor_id = $2 OR f.clinic_id = ANY (ARRAY(SELECT s.clinic_id FROM clinics.staff_rows s WHERE s.account_id = $3 AND s.role = 'administrator')))";

    // Clinics' administrators hold no platform role of their own: whose the figures are, the statement says.
    public static string[] Readers { get; } = [Roles.Doctor, Roles.Nurse, Roles.Pharmacist, Roles.Receptionist, .. Roles.Administrators];

    /// <summary>What the actor counts.</summary>
    /// <exception cref="PermissionDenied">Nothing.</exception>
    public static async Task<FigureScope> OfAsync(CarelineDb db, Actor actor, CancellationToken ct) => await FindAsync(db, actor, ct)
        ?? throw new PermissionDenied("Figures are for doctors, administrators of clinics and administrators of the platform.");

    /// <summary>What the actor counts; null where that is nothing.</summary>
    public static async Task<FigureScope?> FindAsync(CarelineDb db, Actor actor, CancellationToken ct) =>
        actor.IsAdmin || actor.DoctorId is not null || await RunBy(db, actor).AnyAsync(ct) ? new FigureScope(actor.IsAdmin, actor.DoctorId, actor.AccountId) : null;

    /// <summary>The clinics that the actor runs.</summary>
    public static IQueryable<Guid> RunBy(CarelineDb db, Actor actor)
    {
        var me = actor.AccountId;
        return db.Set<StaffRow>().Where(s => s.AccountId == me && s.Role == ClinicRole.Administrator).Select(s => s.ClinicId);
    }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new NpgsqlParameter<bool> { TypedValue = IsAll });
        parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = (object?)DoctorId ?? DBNull.Value });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = AccountId });
    }
}
