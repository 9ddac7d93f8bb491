using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Labs.Orders;

/// <summary>What a doctor asked of a laboratory for one patient.</summary>
internal sealed class LabOrder : IVersioned, IVisible<LabOrder>
{
    /// <summary>For how long after it was closed the laboratory still sees an order, to correct what it sent.</summary>
    public static readonly TimeSpan LaboratoryAfterwards = TimeSpan.FromDays(7);

    private LabOrder()
    {
    }

    public Guid Id { get; private set; }

    public string Number { get; private set; } = null!;

    public Guid PatientId { get; private set; }

    public Guid DoctorId { get; private set; }

    public Guid? ConsultationId { get; private set; }

    public Guid? ClinicId { get; private set; }

    /// <summary>No doctor named the clinic: it came with a booked collection, and goes with it.</summary>
    public bool IsClinicOfCollection { get; private set; }

    public LabPriority Priority { get; private set; }

    public string? ClinicalQuestion { get; private set; }

    public bool? IsPregnant { get; private set; }

    public LabOrderStatus Status { get; private set; }

    public string? CancelReason { get; private set; }

    public Guid OrderedBy { get; private set; }

    public DateTimeOffset OrderedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public List<LabOrderLine> Lines { get; private set; } = [];

    public static LabOrder Place(Guid id, LabVisit visit, LabOrderForm form, IReadOnlyList<LabOrderLine> lines, DateTimeOffset now) => new()
    {
        Id = id,
        PatientId = visit.PatientId,
        DoctorId = visit.DoctorId,
        ConsultationId = visit.ConsultationId,
        ClinicId = form.ClinicId,
        Priority = form.Priority,
        ClinicalQuestion = form.ClinicalQuestion,
        IsPregnant = form.IsPregnant,
        Status = LabOrderStatus.Ordered,
        OrderedBy = visit.OrderedBy,
        OrderedAt = now,
        UpdatedAt = now,
        Lines = [.. lines],
    };

    /// <exception cref="RuleViolation">ORDER_MOVE_REFUSED: the state does not allow it.</exception>
    public void Move(LabOrderStatus to, DateTimeOffset now)
    {
        if (!OrderMoves.Allows(Status, to))
        {
            throw new RuleViolation(
                "ORDER_MOVE_REFUSED", $"An order that is {EnumText<LabOrderStatus>.Of(Status)} does not become {EnumText<LabOrderStatus>.Of(to)}.",
                new { status = Status });
        }

        (Status, UpdatedAt) = (to, now);
        ClosedAt = OrderMoves.IsOpen(to) ? null : now;
    }

    /// <summary>The same where the order may be there already, or further.</summary>
    public void MoveUpTo(LabOrderStatus to, DateTimeOffset now)
    {
        if (Status < to)
        {
            Move(to, now);
        }
    }

    public void Cancel(string reason, DateTimeOffset now)
    {
        Move(LabOrderStatus.Cancelled, now);
        CancelReason = reason;
    }

    /// <summary>A sample is to be taken by a clinic: where none was named, its laboratory does the order.</summary>
    public void DoneAt(Guid clinicId)
    {
        IsClinicOfCollection |= ClinicId is null;
        ClinicId ??= clinicId;
    }

    /// <summary>The clinic does not take the sample after all: what was ordered is no business of its laboratory any more.</summary>
    public void NoLongerDoneAt(Guid clinicId) =>
        (ClinicId, IsClinicOfCollection) = IsClinicOfCollection && ClinicId == clinicId ? (null, false) : (ClinicId, IsClinicOfCollection);

    /// <summary>A sample was taken: its clinic stays, whatever becomes of other times.</summary>
    public void Sampled(DateTimeOffset now)
    {
        MoveUpTo(LabOrderStatus.Collected, now);
        IsClinicOfCollection = false;
    }

    /// <summary>Some results are there, or all of them.</summary>
    public void Resulted(bool all, DateTimeOffset now)
    {
        if (Status == LabOrderStatus.Cancelled)
        {
            throw new RuleViolation("ORDER_CANCELLED", "A cancelled order takes no results.");
        }

        MoveUpTo(all ? LabOrderStatus.Completed : LabOrderStatus.PartiallyResulted, now);
    }

    /// <summary>
    /// Whoever ordered always sees it; the patient and those who act for the patient do; whoever reads the record at this moment; and the nurses of the clinic
    /// whose laboratory does it, until some days after it was closed. The desk sees none.
    /// </summary>
    public static IQueryable<LabOrder> VisibleTo(CarelineDb db, Actor actor)
    {
        var (patient, doctor) = (actor.PatientId, actor.DoctorId);
        var cared = ClinicalCare.PatientsOf(db, actor);
        var all = db.Set<LabOrder>();

        // One set of ids, so that the database starts from the few rows of this person and not from all.
        var visible = all.Where(o => o.DoctorId == doctor || o.PatientId == patient).Select(o => o.Id)
            .Union(all.Where(o => cared.Contains(o.PatientId)).Select(o => o.Id));
        if (actor.Is(Roles.Nurse))
        {
            visible = visible.Union(AtLaboratoryOf(db, actor).Select(o => o.Id));
        }

        return all.Where(o => visible.Contains(o.Id));
    }

    /// <summary>The orders on which the actor works as a nurse of the clinic that does them.</summary>
    public static IQueryable<LabOrder> AtLaboratoryOf(CarelineDb db, Actor actor)
    {
        var (me, own, isNurse, since) = (actor.AccountId, actor.PatientId, actor.Is(Roles.Nurse), db.Now - LaboratoryAfterwards);
        return db.Set<LabOrder>().Where(o => isNurse && o.PatientId != own && (o.ClosedAt == null || o.ClosedAt > since)
            && db.Set<StaffRow>().Any(s => s.ClinicId == o.ClinicId && s.AccountId == me && s.Role == ClinicRole.Nurse));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<LabOrder>
    {
        public void Configure(EntityTypeBuilder<LabOrder> builder)
        {
            builder.ToTable("orders", "labs");
            builder.Property(o => o.Id).ValueGeneratedNever();
            builder.Property(o => o.Number).ValueGeneratedOnAdd();
            builder.HasMany(o => o.Lines).WithOne().HasForeignKey(l => l.OrderId);
        }
    }
}
