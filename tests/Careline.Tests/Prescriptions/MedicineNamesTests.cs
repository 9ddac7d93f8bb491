using Careline.Prescriptions.Medicines;

namespace Careline.Tests.Prescriptions;

/// <summary>Names are compared exactly, but for case, spelling, salt, strength and form; likeness is never enough.</summary>
public sealed class MedicineNamesTests
{
    [Theory]
    [InlineData("Paracetamol", "paracetamol")]
    [InlineData("ACETAMINOPHEN", "paracetamol")]
    [InlineData("Paracetamol 500mg tablets", "paracetamol")]
    [InlineData("albuterol inhaler", "salbutamol")]
    [InlineData("Salbutamol sulphate 100 micrograms/dose", "salbutamol")]
    [InlineData("Metformin HCl 500 mg", "metformin")]
    [InlineData("amoxycillin trihydrate", "amoxicillin")]
    [InlineData("Cephalexin", "cefalexin")]
    [InlineData("frusemide", "furosemide")]
    [InlineData("Glyceryl trinitrate", "glyceryl trinitrate")]
    [InlineData("nitroglycerin", "glyceryl trinitrate")]
    [InlineData("Amlodipine besylate", "amlodipine")]
    [InlineData("tenofovir alafenamide fumarate", "tenofovir alafenamide")]
    [InlineData("tenofovir disoproxil fumarate", "tenofovir disoproxil")]
    [InlineData("ferrous sulphate", "ferrous sulfate")]
    [InlineData("potassium chloride", "potassium chloride")]
    [InlineData("calcium carbonate", "calcium carbonate")]
    [InlineData("St. John's wort", "st john's wort")]
    [InlineData("vitamin B12", "cyanocobalamin")]
    public void A_name_in_another_dress_is_recognised(string text, string ingredient) => Known(text).ShouldBe(ingredient);

    [Theory]
    [InlineData("paracetamole")]
    [InlineData("amoxicilin")]
    [InlineData("hydralazin")]
    [InlineData("prednis")]
    [InlineData("clonidin 0.1")]
    [InlineData("tenofovir")]
    [InlineData("insulin")]
    [InlineData("hyoscine")]
    [InlineData("")]
    [InlineData("500 mg")]
    public void A_likely_name_is_not(string text) => Known(text).ShouldBeNull();

    [Theory]
    [InlineData("amoxicillin and clavulanic acid", new[] { "amoxicillin", "clavulanic acid" })]
    [InlineData("Amoxicillin 500 mg/clavulanate potassium 125 mg", new[] { "amoxicillin", "clavulanate potassium" })]
    [InlineData("sulfamethoxazole + trimethoprim", new[] { "sulfamethoxazole", "trimethoprim" })]
    [InlineData("artemether-lumefantrine", new[] { "artemether", "lumefantrine" })]
    [InlineData("paracetamol", new string[0])]
    public void A_name_that_lists_ingredients_is_taken_apart(string text, string[] parts) => MedicineNames.PartsOf(text).Select(MedicineNames.Key).ShouldBe(parts);

    private static string? Known(string text) =>
        MedicineNames.KeysOf(text).Select(key => Shelf.Tables.Ids.TryGetValue(key, out var id) ? Shelf.Tables.Names[id] : null).FirstOrDefault(name => name is not null);
}
