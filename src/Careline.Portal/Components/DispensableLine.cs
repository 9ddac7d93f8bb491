using Careline.Portal.Language;

namespace Careline.Portal.Components;

/// <summary>One medicine of a prescription, as a pharmacy hands it out.</summary>
/// <param name="Id">The line.</param>
/// <param name="Name">The medicine with its strength.</param>
/// <param name="How">Dose and how often.</param>
/// <param name="Allowed">How many units may be handed out in all; null where no number is prescribed.</param>
/// <param name="Dispensed">How many were.</param>
/// <param name="Fitting">The things of the stock by whose names they may be this medicine, to begin the list of all.</param>
/// <param name="Items">What the clinic keeps.</param>
public sealed record DispensableLine(Guid Id, string Name, string How, long? Allowed, long Dispensed, IReadOnlyList<Thing> Fitting, IReadOnlyList<Thing> Items)
{
    /// <summary>How many are left to hand out.</summary>
    public long? Left => Allowed is { } all ? Math.Max(0, all - Dispensed) : null;

    /// <summary>The line of an order, with what the clinic keeps.</summary>
    public static DispensableLine Of(Guid id, Thing order, long? allowed, long dispensed, IReadOnlyList<Thing> items, Words words) => new(
        id, $"{order.Text("medication_name")} {order.Text("strength")}".Trim(), words.List(order.Text("dosage"), CareLabels.Frequencies.Of(order.Text("frequency"), words)), allowed, dispensed,
        [.. items.Where(i => i.Text("name").Contains(order.Text("medication_name").Split(' ')[0], StringComparison.OrdinalIgnoreCase))], items);

    /// <summary>What a clinic keeps and has, by name; nothing where no clinic is chosen.</summary>
    public static async Task<IReadOnlyList<Thing>> StockAsync(CarelineApi api, Thing clinic) =>
        clinic.IsNone ? [] : await api.FindListAsync($"/api/eclinic/clinics/{clinic.Id("id")}/inventory/items/?is_active=true");
}
