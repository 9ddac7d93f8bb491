namespace Careline.Clinics.Contracts;

/// <summary>What a clinic keeps, for modules that hand it out. Everything happens within the caller's transaction.</summary>
public interface IStock
{
    /// <summary>
    /// The item of a clinic that holds a medicine; null where it keeps none. Another strength or form is another medicine; what is not told on one side may be any.
    /// </summary>
    /// <exception cref="Platform.Web.RuleViolation">WHICH_ITEM, with those that it may be: somebody has to say.</exception>
    Task<Guid?> FindAsync(Guid clinicId, StockedMedicine medicine, CancellationToken ct);

    /// <summary>The medicine that an item is, in its catalogue; null where nobody said, or the clinic has no such item.</summary>
    Task<Guid?> MedicineOfAsync(Guid clinicId, Guid itemId, CancellationToken ct);

    /// <summary>
    /// Takes from what expires first, never from what has expired, over several batches where one is not enough. The same reference takes once, however often it
    /// is told.
    /// </summary>
    /// <exception cref="Platform.Web.RuleViolation">INSUFFICIENT_STOCK, with how much there is.</exception>
    /// <exception cref="Platform.Web.InvalidInput">The clinic has no such item.</exception>
    Task<IReadOnlyList<TakenBatch>> TakeAsync(StockTake take, CancellationToken ct);

    /// <summary>Puts back what was taken under a reference, into the batches it came from; nothing where nothing was taken, or it was put back already.</summary>
    Task ReturnAsync(Guid referenceId, Guid by, string reason, CancellationToken ct);
}

/// <summary>A medicine as its catalogue names it.</summary>
/// <param name="MedicineIds">Its row there; several where a name stands for several.</param>
/// <param name="Strength">Such as <c>500 mg</c>.</param>
/// <param name="Form">Such as <c>tablet</c>.</param>
public sealed record StockedMedicine(IReadOnlyCollection<Guid> MedicineIds, string? Strength, string? Form);

/// <summary>Something to take.</summary>
/// <param name="ClinicId">Where.</param>
/// <param name="ItemId">What.</param>
/// <param name="Quantity">How many units.</param>
/// <param name="ReferenceId">What it is taken for.</param>
/// <param name="By">The account of who takes it.</param>
public sealed record StockTake(Guid ClinicId, Guid ItemId, long Quantity, Guid ReferenceId, Guid By);

/// <summary>What was taken of a batch.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Number">The maker's number.</param>
/// <param name="ExpiresOn">Its last day; null where it has none.</param>
/// <param name="Quantity">How many units.</param>
public sealed record TakenBatch(Guid BatchId, string Number, DateOnly? ExpiresOn, long Quantity);
