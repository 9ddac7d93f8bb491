using System.Data.Common;
using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Contracts;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Slots;
using Npgsql;

namespace Careline.Scheduling.Appointments;

/// <summary>A booking's two sides: whose visit, and which appointment is itself being moved and so does not stand in its own way.</summary>
internal sealed record BookingSides(Guid PatientId, Guid? Moving = null);

/// <summary>
/// All that a booking must know, read in one statement: who the two are, which time is meant, and whether the doctor looks free. Looking free
/// only spares those who come late a look at the locks; the exclusion constraints decide, for the doctor and for the patient.
/// </summary>
internal sealed class BookingFacts
{
    // Nothing in the way is null, only holds whose minutes are over is true. No appointment lasts longer than a day: the bound makes the look-up of what is in the way one short stretch of the doctor's own index.
    private const string Columns =
        """
        SELECT d.id, d.account_id, d.name, d.specializations, d.time_zone, d.is_bookable, d.fee_amount, d.fee_currency,
            p.id, p.account_id, p.name, s.id, s.starts_at, s.ends_at, s.clinic_id,
            (SELECT bool_and(a.status = 'held' AND a.expires_at <= $3) FROM scheduling.appointments a WHERE a.doctor_id = d.id AND a.id <> $4
                AND a.starts_at < s.ends_at AND a.ends_at > s.starts_at AND a.starts_at > s.starts_at - interval '24 hours' AND a.ends_at > a.starts_at
                AND a.status IN ('requested', 'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress')),
        """;

    // Patients who book for themselves, which is most of all, need no other right: looking for one costs as much as all the rest.
    private const string OwnRight = " false, NULL::uuid, NULL::boolean, d.has_schedule";

    private const string OthersRight =
        """
            EXISTS (SELECT FROM patients.care_relationship_rows r WHERE r.patient_id = $1 AND r.account_id = $2
                AND r.reason NOT IN ('break_glass', 'proxy') AND r."from" <= $3 AND (r.until IS NULL OR r.until > $3)),
            (SELECT mine.clinic_id FROM clinics.staff_rows mine
                JOIN clinics.staff_rows theirs ON theirs.clinic_id = mine.clinic_id AND theirs.account_id = d.account_id
                WHERE mine.account_id = $2 AND mine.role IN ('administrator', 'nurse', 'receptionist')
                    AND (s.clinic_id IS NULL OR s.clinic_id = mine.clinic_id) LIMIT 1),
            (SELECT bool_or(x.can_read) FROM patients.proxy_rows x WHERE x.patient_id = $1 AND x.account_id = $2
                AND x."from" <= $3 AND (x.until IS NULL OR x.until > $3) HAVING bool_or(x.can_book)),
            d.has_schedule
        """;

    private const string Patient = " LEFT JOIN patients.patient_rows p ON p.id = $1 AND p.is_active";

    private const string BySlot = " FROM scheduling.time_slots s JOIN doctors.doctor_rows d ON d.id = s.doctor_id" + Patient
        + " WHERE s.id = $5 AND s.deleted_at IS NULL";

    private const string ByStart = " FROM doctors.doctor_rows d LEFT JOIN scheduling.time_slots s ON s.doctor_id = d.id AND s.starts_at = $6 AND s.deleted_at IS NULL"
        + Patient + " WHERE d.id = $5";

    private const string AnyTime = " FROM doctors.doctor_rows d CROSS JOIN (SELECT NULL::uuid AS id, $6::timestamptz AS starts_at, $7::timestamptz AS ends_at,"
        + " NULL::uuid AS clinic_id) s" + Patient + " WHERE d.id = $5";

    private static readonly Question _ofSlot = new(Columns + OwnRight + BySlot, Columns + OthersRight + BySlot);
    private static readonly Question _ofStart = new(Columns + OwnRight + ByStart, Columns + OthersRight + ByStart);
    private static readonly Question _ofAnyTime = new(Columns + OwnRight + AnyTime, Columns + OthersRight + AnyTime);

    public required DoctorRow Doctor { get; init; }

    public required Guid? PatientId { get; init; }

    public required Guid? PatientAccountId { get; init; }

    public required string PatientName { get; init; }

    /// <summary>Null when the doctor offers no time that begins at the wanted start.</summary>
    public required VisitTime? Time { get; set; }

    public required bool IsDoctorBusy { get; set; }

    /// <summary>Holds whose minutes are over may lie where the time is.</summary>
    public bool MayMeetStaleHolds { get; private set; }

    /// <summary>Why the time cannot be booked by the doctor's schedule, if there is one.</summary>
    public Obstacle Obstacle { get; private set; }

    /// <summary>The doctor's terms, where there is a schedule.</summary>
    public BookingTerms? Terms { get; private set; }

    /// <summary>
    /// In care by more than an emergency or acting for the patient: a visit booked on the strength of that would open the record for weeks.
    /// </summary>
    public required bool IsInCare { get; init; }

    /// <summary>The clinic at which the actor runs this doctor's calendar, if any.</summary>
    public required Guid? StaffAtClinicId { get; init; }

    /// <summary>Whether the actor, who books as the patient's proxy, may read what is clinical; null when the actor may not book as such.</summary>
    public required bool? ReadsAsProxy { get; init; }

    public static Task<BookingFacts?> OfSlotAsync(CarelineDb db, Guid slotId, BookingSides sides, Actor actor, CancellationToken ct) =>
        ReadAsync(db, Command(db, _ofSlot, sides, actor, slotId), ct);

    public static Task<BookingFacts?> OfStartAsync(
        CarelineDb db, Guid doctorId, DateTimeOffset start, BookingSides sides, Actor actor, CancellationToken ct) =>
        ReadAsync(db, Command(db, _ofStart, sides, actor, doctorId, start), ct);

    public static Task<BookingFacts?> OfAnyTimeAsync(
        CarelineDb db, Guid doctorId, (DateTimeOffset Start, DateTimeOffset End) time, BookingSides sides, Actor actor, CancellationToken ct) =>
        ReadAsync(db, Command(db, _ofAnyTime, sides, actor, doctorId, time.Start, time.End), ct);

    /// <summary>Whether the actor acts for the practice: then nothing has to wait for its consent.</summary>
    public bool IsBookedByPractice(Actor actor) =>
        PatientId != actor.PatientId && ReadsAsProxy is null && (Doctor.Id == actor.DoctorId || StaffAtClinicId is not null || actor.IsAdmin);

    /// <summary>For a doctor who keeps working hours these say which time it is, whether it can be booked and on which terms.</summary>
    public void Follow(DoctorTimes times, ListedSlot? slot)
    {
        Terms = times.Terms;
        Obstacle = slot?.Obstacle ?? Obstacle.None;
        IsDoctorBusy = Obstacle == Obstacle.Taken;
        MayMeetStaleHolds = true;
        Time = slot is { } offered
            ? new VisitTime(offered.Span.Start, offered.Span.End, offered.Id, offered.ClinicId) { Modality = offered.Modality, ScheduleVersion = times.Version }
            : null;
    }

    /// <summary>Goes on when the actor may book this patient at this doctor.</summary>
    /// <exception cref="NotFound">No such patient for this actor.</exception>
    public void CheckBookableBy(Actor actor)
    {
        var allowed = PatientId is { } patientId
            && (patientId == actor.PatientId || ReadsAsProxy is not null || actor.IsAdmin || StaffAtClinicId is not null || (IsInCare && Doctor.Id == actor.DoctorId));
        if (!allowed)
        {
            throw new NotFound();
        }

        // An unlisted doctor does not exist for a stranger.
        if (!Doctor.IsBookable && Doctor.AccountId != actor.AccountId && !actor.IsAdmin && StaffAtClinicId is null)
        {
            throw new NotFound();
        }

        CheckDoctorBookable();
    }

    /// <summary>A desk books at its own clinic. Where a computed time is held, is known only after the look-up that asks for the desk's right.</summary>
    /// <exception cref="NotFound">The time is at a clinic whose desk the actor is not.</exception>
    public async Task CheckDeskAsync(VisitTime time, Actor actor, CarelineDb db, CancellationToken ct)
    {
        if (time is { SlotId: null, ClinicId: { } clinicId } && StaffAtClinicId is { } deskAt && deskAt != clinicId
            && PatientId != actor.PatientId && ReadsAsProxy is null && !actor.IsAdmin && Doctor.Id != actor.DoctorId)
        {
            var accountId = actor.AccountId;
            if (!await db.Set<StaffRow>().AnyAsync(
                s => s.ClinicId == clinicId && s.AccountId == accountId && Appointment.CalendarRoles.Contains(s.Role), ct))
            {
                throw new NotFound();
            }
        }
    }

    /// <exception cref="RuleViolation">The doctor takes no bookings.</exception>
    public void CheckDoctorBookable()
    {
        if (!Doctor.IsBookable)
        {
            throw new RuleViolation("DOCTOR_NOT_BOOKABLE", "This doctor cannot be booked at present.");
        }
    }

    /// <summary>Refuses early, in friendly words, what the constraints would refuse.</summary>
    /// <exception cref="RuleViolation">The doctor is seen to be busy.</exception>
    public void CheckLooksFree(VisitTime time)
    {
        if (IsDoctorBusy)
        {
            throw NearestTimes.SlotTaken(Doctor, time.Start, PatientId!.Value);
        }
    }

    /// <summary>The booked appointment with the names at hand.</summary>
    public AppointmentView View(Appointment appointment) => new()
    {
        Appointment = appointment,
        DoctorAccountId = Doctor.AccountId,
        DoctorName = Doctor.Name,
        DoctorSpecializations = Doctor.Specializations,
        PatientAccountId = PatientAccountId,
        PatientName = PatientName,
        IsRunByReader = StaffAtClinicId is not null,
        IsReadForPatient = ReadsAsProxy is true,
    };

    private static NpgsqlCommand Command(CarelineDb db, Question question, BookingSides sides, Actor actor, params ReadOnlySpan<object> time)
    {
        var sql = sides.PatientId == actor.PatientId ? question.OfOwn : question.OfAnother;
#pragma warning disable CA2100 // Made of the constants above.
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = sides.PatientId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = actor.AccountId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = db.Now });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = sides.Moving ?? Guid.Empty });
        foreach (var value in time)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static async Task<BookingFacts?> ReadAsync(CarelineDb db, NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            await using var row = await command.ExecuteReaderAsync(ct);
            return await row.ReadAsync(ct) ? Read(row) : null;
        }
    }

    private static BookingFacts Read(DbDataReader row) => new()
    {
        Doctor = new DoctorRow
        {
            Id = row.GetGuid(0),
            AccountId = row.GetGuid(1),
            Name = row.GetString(2),
            Specializations = row.GetFieldValue<string[]>(3),
            TimeZone = row.GetString(4),
            IsBookable = row.GetBoolean(5),
            FeeAmount = row.IsDBNull(6) ? null : row.GetInt64(6),
            FeeCurrency = row.IsDBNull(7) ? null : row.GetString(7),
            HasSchedule = row.GetBoolean(19),
        },
        PatientId = row.IsDBNull(8) ? null : row.GetGuid(8),
        PatientAccountId = row.IsDBNull(9) ? null : row.GetGuid(9),
        PatientName = row.IsDBNull(10) ? "" : row.GetString(10),
        Time = row.IsDBNull(12) ? null : new VisitTime(
            row.GetFieldValue<DateTimeOffset>(12),
            row.GetFieldValue<DateTimeOffset>(13),
            row.IsDBNull(11) ? null : row.GetGuid(11),
            row.IsDBNull(14) ? null : row.GetGuid(14)),
        IsDoctorBusy = !row.IsDBNull(15) && !row.GetBoolean(15),
        MayMeetStaleHolds = !row.IsDBNull(15) && row.GetBoolean(15),
        IsInCare = row.GetBoolean(16),
        StaffAtClinicId = row.IsDBNull(17) ? null : row.GetGuid(17),
        ReadsAsProxy = row.IsDBNull(18) ? null : row.GetBoolean(18),
    };

    /// <summary>The statement for a patient's own visit and for another's.</summary>
    private sealed record Question(string OfOwn, string OfAnother);
}
