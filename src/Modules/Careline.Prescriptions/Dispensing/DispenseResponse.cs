using Careline.Clinics.Contracts;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Dispensing;

/// <summary>How much of a batch of the pharmacy's stock was handed out.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Number">The maker's number.</param>
/// <param name="ExpiresOn">Its last day.</param>
/// <param name="Quantity">How many units.</param>
public sealed record DispensedBatchResponse(Guid BatchId, string Number, DateOnly? ExpiresOn, long Quantity);

/// <summary>Something that a pharmacy handed out.</summary>
public sealed record DispenseResponse
{
    /// <summary>The row.</summary>
    public Guid Id { get; init; }

    /// <summary>The prescription.</summary>
    public Guid PrescriptionId { get; init; }

    /// <summary>The medicine.</summary>
    public Guid LineId { get; init; }

    /// <summary>As it was prescribed.</summary>
    public string MedicationName { get; init; } = "";

    /// <summary>How many units.</summary>
    public int Quantity { get; init; }

    /// <summary>The batch.</summary>
    public string? Batch { get; init; }

    /// <summary>What it was taken from, where the pharmacy keeps stock of it.</summary>
    public IReadOnlyList<DispensedBatchResponse> Batches { get; init; } = [];

    /// <summary>What the pharmacist noted.</summary>
    public string? Note { get; init; }

    /// <summary>The pharmacy.</summary>
    public PrescriptionParty Pharmacy { get; init; } = new();

    /// <summary>The account of who handed it out.</summary>
    public Guid DispensedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When it was taken back, if it was.</summary>
    public DateTimeOffset? ReversedAt { get; init; }

    /// <summary>Why.</summary>
    public string? ReverseReason { get; init; }

    internal static IQueryable<DispenseResponse> From(CarelineDb db, IQueryable<Dispense> dispenses) =>
        from d in dispenses
        join l in db.Set<PrescriptionLine>() on d.LineId equals l.Id
        join c in db.Set<ClinicRow>() on d.ClinicId equals c.Id
        select new DispenseResponse
        {
            Id = d.Id,
            PrescriptionId = d.PrescriptionId,
            LineId = d.LineId,
            MedicationName = l.MedicationName,
            Quantity = d.Quantity,
            Batch = d.Batch,
            Batches = db.Set<DispensedBatch>().Where(b => b.DispenseId == d.Id).OrderBy(b => b.ExpiresOn).ThenBy(b => b.BatchId)
                .Select(b => new DispensedBatchResponse(b.BatchId, b.Number, b.ExpiresOn, b.Quantity)).ToList(),
            Note = d.Note,
            Pharmacy = new PrescriptionParty { Id = c.Id, Name = c.Name },
            DispensedBy = d.AccountId,
            At = d.At,
            ReversedAt = d.ReversedAt,
            ReverseReason = d.ReverseReason,
        };

    internal static async Task<IReadOnlyList<DispenseResponse>> ReadAsync(CarelineDb db, IQueryable<Dispense> dispenses, CancellationToken ct) =>
        await From(db, dispenses).OrderBy(d => d.Id).ToListAsync(ct);
}
