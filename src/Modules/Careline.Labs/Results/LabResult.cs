using Careline.Accounts.Contracts;
using Careline.Labs.Catalogue;
using Careline.Labs.Orders;
using Careline.Patients.Contracts;

namespace Careline.Labs.Results;

/// <summary>
/// What came of one test of an order. It says what holds now; whatever it ever said is kept in its versions. The patient sees it once a doctor has released it,
/// and a correction takes that back: a value that was wrong is not shown any more, and the right one not before somebody looked.
/// </summary>
internal sealed class LabResult : IVersioned, IVisible<LabResult>
{
    private LabResult()
    {
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    public Guid PatientId { get; private set; }

    public Guid TestId { get; private set; }

    /// <summary>Tells several results of one test apart; empty where there is one.</summary>
    public string SubId { get; private set; } = "";

    public string TestName { get; private set; } = "";

    public string? Loinc { get; private set; }

    public ResultState State { get; private set; }

    public ResultSource Source { get; private set; }

    public decimal? Value { get; private set; }

    public Comparator? Comparator { get; private set; }

    public string? Unit { get; private set; }

    public string? Answer { get; private set; }

    public string? TextValue { get; private set; }

    public decimal? CanonicalValue { get; private set; }

    public string? CanonicalUnit { get; private set; }

    public decimal? Low { get; private set; }

    public decimal? High { get; private set; }

    public decimal? CriticalLow { get; private set; }

    public decimal? CriticalHigh { get; private set; }

    public Interpretation Flag { get; private set; }

    public bool IsCritical { get; private set; }

    public string? SenderFlags { get; private set; }

    public string? SenderRange { get; private set; }

    public string? Note { get; private set; }

    public DateTimeOffset ObservedAt { get; private set; }

    /// <summary>A report of the laboratory, kept by Files.</summary>
    public Guid? ReportFileId { get; private set; }

    public string? ReportName { get; private set; }

    public DateTimeOffset EnteredAt { get; private set; }

    public DateTimeOffset? FinalAt { get; private set; }

    public Guid? ReviewedBy { get; private set; }

    public DateTimeOffset? ReviewedAt { get; private set; }

    public string? ReviewNote { get; private set; }

    public DateTimeOffset? ReleasedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Versions { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>It is verified, and not taken back.</summary>
    public bool Holds => State is ResultState.Final or ResultState.Corrected;

    public static LabResult Begin(Guid id, LabOrder order, LabTest test, string subId, DateTimeOffset now) => new()
    {
        Id = id,
        OrderId = order.Id,
        PatientId = order.PatientId,
        TestId = test.Id,
        SubId = subId,
        TestName = test.Name,
        Loinc = test.Loinc,
        EnteredAt = now,
    };

    /// <summary>Says something, from now on instead of what was said before. The report beside what was wrong goes with it.</summary>
    /// <returns>The version that keeps it.</returns>
    /// <exception cref="RuleViolation">RESULT_MOVE_REFUSED: a final result is corrected, and a cancelled one stays so.</exception>
    public ResultVersion Say(Reading reading, ResultState state, ResultAuthor author, DateTimeOffset now)
    {
        if (Versions > 0 && !ResultMoves.Allows(State, state))
        {
            throw new RuleViolation(
                "RESULT_MOVE_REFUSED", $"A result that is {EnumText<ResultState>.Of(State)} does not become {EnumText<ResultState>.Of(state)}.", new { state = State });
        }

        if (state is ResultState.Corrected or ResultState.Cancelled)
        {
            (ReportFileId, ReportName) = (null, null);
        }

        Take(reading);
        (State, Source, UpdatedAt) = (state, author.Source, now);
        FinalAt = Holds ? now : FinalAt;
        (ReviewedBy, ReviewedAt, ReviewNote, ReleasedAt) = (null, null, null, null);
        return ResultVersion.Of(Ids.New(now), Id, ++Versions, state, reading, author, now);
    }

    /// <summary>A doctor has looked at it; released, the patient sees it. What was taken back is released to nobody.</summary>
    public void Review(Guid by, string? note, bool release, DateTimeOffset now)
    {
        if (State == ResultState.Preliminary)
        {
            throw new RuleViolation("RESULT_NOT_FINAL", "A preliminary result is reviewed once it is final.");
        }

        (ReviewedBy, ReviewedAt, ReviewNote, UpdatedAt) = (by, now, note ?? ReviewNote, now);
        ReleasedAt = release && Holds ? ReleasedAt ?? now : ReleasedAt;
    }

    /// <summary>Nobody has reviewed it for so long that the patient may see it unreviewed.</summary>
    public void ReleaseUnreviewed(DateTimeOffset now) => (ReleasedAt, UpdatedAt) = (now, now);

    /// <summary>Puts a report beside it, at which a doctor has to look first; answers the one that it replaces.</summary>
    public Guid? Attach(Guid fileId, string name, DateTimeOffset now)
    {
        var former = ReportFileId;
        (ReportFileId, ReportName, UpdatedAt) = (fileId, name, now);
        (ReviewedBy, ReviewedAt, ReviewNote, ReleasedAt) = (null, null, null, null);
        return former;
    }

    /// <summary>What it says now.</summary>
    public Reading Reading => new()
    {
        Value = Value,
        Comparator = Comparator,
        Unit = Unit,
        Answer = Answer,
        Text = TextValue,
        CanonicalValue = CanonicalValue,
        CanonicalUnit = CanonicalUnit,
        Low = Low,
        High = High,
        CriticalLow = CriticalLow,
        CriticalHigh = CriticalHigh,
        Flag = Flag,
        SenderFlags = SenderFlags,
        SenderRange = SenderRange,
        Note = Note,
        ObservedAt = ObservedAt,
    };

    /// <summary>
    /// All of them for who ordered, who treats the patient, and the laboratory; what was released, for the patient and who acts for the patient, and for an
    /// administrator in an emergency.
    /// </summary>
    public static IQueryable<LabResult> VisibleTo(CarelineDb db, Actor actor)
    {
        var patient = actor.PatientId;
        var cared = ClinicalCare.PatientsOf(db, actor);
        var all = db.Set<LabResult>();
        var visible = all.Where(r => r.PatientId == patient && r.ReleasedAt != null).Select(r => r.Id)
            .Union(all.Where(r => cared.Contains(r.PatientId) && r.ReleasedAt != null).Select(r => r.Id))
            .Union(ReadAsStaffBy(db, actor));
        return all.Where(r => visible.Contains(r.Id));
    }

    /// <summary>Of those the ones that the actor sees as who ordered, treats or works at the laboratory: before they are released, and with what they said before.</summary>
    public static IQueryable<Guid> ReadAsStaffBy(CarelineDb db, Actor actor)
    {
        var (patient, doctor, isClinician) = (actor.PatientId, actor.DoctorId, ClinicalCare.IsClinician(actor));
        var cared = ClinicalCare.PatientsOf(db, actor);
        var actedFor = ClinicalCare.OnlyActedForBy(db, actor);
        var laboratory = LabOrder.AtLaboratoryOf(db, actor).Select(o => o.Id);
        var all = db.Set<LabResult>();
        return all.Where(r => isClinician && cared.Contains(r.PatientId) && !actedFor.Contains(r.PatientId)).Select(r => r.Id)
            .Union(from r in all join o in db.Set<LabOrder>() on r.OrderId equals o.Id where o.DoctorId == doctor && o.PatientId != patient select r.Id)
            .Union(all.Where(r => laboratory.Contains(r.OrderId)).Select(r => r.Id));
    }

    private void Take(Reading reading)
    {
        (Value, Comparator, Unit, Answer, TextValue) = (reading.Value, reading.Comparator, reading.Unit, reading.Answer, reading.Text);
        (CanonicalValue, CanonicalUnit) = (reading.CanonicalValue, reading.CanonicalUnit);
        (Low, High, CriticalLow, CriticalHigh) = (reading.Low, reading.High, reading.CriticalLow, reading.CriticalHigh);
        (Flag, IsCritical, SenderFlags, SenderRange) = (reading.Flag, reading.IsCritical, reading.SenderFlags, reading.SenderRange);
        (Note, ObservedAt) = (reading.Note, reading.ObservedAt);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<LabResult>
    {
        public void Configure(EntityTypeBuilder<LabResult> builder)
        {
            builder.ToTable("results", "labs");
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Ignore(r => r.Reading);
            builder.Ignore(r => r.Holds);
            builder.Property(r => r.Value).HasColumnType("numeric");
            builder.Property(r => r.CanonicalValue).HasColumnType("numeric");
            builder.Property(r => r.Low).HasColumnType("numeric");
            builder.Property(r => r.High).HasColumnType("numeric");
            builder.Property(r => r.CriticalLow).HasColumnType("numeric");
            builder.Property(r => r.CriticalHigh).HasColumnType("numeric");
        }
    }
}
