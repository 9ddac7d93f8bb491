using Careline.Doctors.Contracts;
using Careline.Patients.Contracts;
using Careline.Payments.Contracts;

namespace Careline.Scheduling.Appointments;

/// <summary>What a list of appointments is narrowed by. Days are those of each appointment's own zone, as its <c>date</c> shows them.</summary>
internal sealed record AppointmentFilter
{
    public static readonly string[] Names = ["status", "doctor", "patient", "clinic", "date", "start_date", "end_date", "upcoming", "is_unpaid"];

    private IReadOnlyList<AppointmentStatus> Statuses { get; init; } = [];

    private Guid? DoctorId { get; init; }

    private Guid? PatientId { get; init; }

    private Guid? ClinicId { get; init; }

    private DateOnly? From { get; init; }

    private DateOnly? To { get; init; }

    private bool? IsUpcoming { get; init; }

    private bool? IsUnpaid { get; init; }

    private string? Search { get; init; }

    public bool IsEmpty => Statuses.Count == 0 && DoctorId is null && PatientId is null && ClinicId is null && From is null && To is null
        && IsUpcoming is null && IsUnpaid is null && Search is null;

    public static AppointmentFilter Read(ListQuery query)
    {
        var (date, from, to) = (query.Date("date"), query.Date("start_date"), query.Date("end_date"));
        if (from > to)
        {
            query.Fault("end_date", "Must not be before start_date.");
        }

        return new AppointmentFilter
        {
            Statuses = query.Enums<AppointmentStatus>("status"),
            DoctorId = query.Id("doctor"),
            PatientId = query.Id("patient"),
            ClinicId = query.Id("clinic"),
            From = date ?? from,
            To = date ?? to,
            IsUpcoming = query.Flag("upcoming"),
            IsUnpaid = query.Flag("is_unpaid"),
            Search = query.Search,
        };
    }

    public IQueryable<Appointment> Narrow(CarelineDb db, IQueryable<Appointment> rows)
    {
        var (statuses, doctorId, patientId, clinicId, from, to) = (Statuses, DoctorId, PatientId, ClinicId, From, To);
        rows = statuses.Count == 0 ? rows : rows.Where(a => statuses.Contains(a.Status));
        rows = doctorId is null ? rows : rows.Where(a => a.DoctorId == doctorId);
        rows = patientId is null ? rows : rows.Where(a => a.PatientId == patientId);
        rows = clinicId is null ? rows : rows.Where(a => a.ClinicId == clinicId);
        rows = from is null ? rows : rows.Where(a => a.LocalDate >= from);
        rows = to is null ? rows : rows.Where(a => a.LocalDate <= to);
        rows = IsUpcoming is null ? rows : IsUpcoming.Value ? Upcoming(rows, db.Now) : Past(rows, db.Now);
        rows = IsUnpaid is null ? rows : Owed(db, rows, IsUnpaid.Value);
        return Search is null ? rows : Matching(db, rows, Search);
    }

    /// <summary>What lies ahead and is still to happen.</summary>
    public static IQueryable<Appointment> Upcoming(IQueryable<Appointment> rows, DateTimeOffset now) =>
        rows.Where(a => a.StartsAt > now && Moves.Occupying.Contains(a.Status));

    // A visit that takes place or took place, has a fee, and whose latest payment, if there is one, brought nothing.
    private static IQueryable<Appointment> Owed(CarelineDb db, IQueryable<Appointment> rows, bool isUnpaid)
    {
        var owed = rows.Where(a => a.FeeAmount > 0 && (a.Status == AppointmentStatus.Completed || (a.Status != AppointmentStatus.Requested && Moves.Occupying.Contains(a.Status)))
            && !db.Set<PaymentRow>().Where(r => r.SubjectId == a.Id && r.Kind == PayableKind.Appointment).OrderByDescending(r => r.Id).Take(1)
                .Any(r => r.Status == PaymentStatus.Completed || r.Status == PaymentStatus.Refunded || r.Status == PaymentStatus.PartiallyRefunded));
        return isUnpaid ? owed : rows.Where(a => !owed.Any(o => o.Id == a.Id));
    }

    private static IQueryable<Appointment> Past(IQueryable<Appointment> rows, DateTimeOffset now) =>
        rows.Where(a => a.StartsAt <= now || !Moves.Occupying.Contains(a.Status));

    private static IQueryable<Appointment> Matching(CarelineDb db, IQueryable<Appointment> rows, string words)
    {
        var pattern = "%" + words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal) + "%";
        return rows.Where(a => EF.Functions.ILike(a.Number, pattern)
            || EF.Functions.ILike(a.Reason!, pattern)
            || db.Set<DoctorRow>().Any(d => d.Id == a.DoctorId && EF.Functions.ILike(d.Name, pattern))
            || db.Set<PatientRow>().Any(p => p.Id == a.PatientId && EF.Functions.ILike(p.Name, pattern)));
    }
}
