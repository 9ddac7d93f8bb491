using System.Globalization;
using Careline.Prescriptions.Contracts;
using Careline.Prescriptions.Safety;
using Careline.Prescriptions.Safety.Doses;
using FsCheck;
using FsCheck.Fluent;

namespace Careline.Tests.Prescriptions;

/// <summary>A dose is read when it leaves no doubt, and then compared; otherwise it is not checked.</summary>
public sealed class DoseTests
{
    [Theory]
    [InlineData("500 mg", null, "thrice_daily", 500, 1500)]
    [InlineData("500mg", "250 mg", "tds", 500, 1500)]
    [InlineData("1 g", null, "every 6 hours", 1000, 4000)]
    [InlineData("0.5 g", null, "q8h", 500, 1500)]
    [InlineData("1,000 mg", null, "bd", 1000, 2000)]
    [InlineData("100 micrograms", null, "once daily", 0.1, 0.1)]
    [InlineData("75 mcg", null, "daily", 0.075, 0.075)]
    [InlineData("2 tablets", "500 mg", "qid", 1000, 4000)]
    [InlineData("1-2 tablets", "500 mg", "every 6 hours", 1000, 4000)]
    [InlineData("half a tablet", "50 mg", "od", 25, 25)]
    [InlineData("1/2 tab", "50 mg", "od", 25, 25)]
    [InlineData("one capsule", "20 mg", "nocte", 20, 20)]
    [InlineData("2 x 250 mg", null, "twice daily", 500, 1000)]
    [InlineData("5 ml", "250 mg/5 ml", "three times a day", 250, 750)]
    [InlineData("2.5 ml", "120 mg/5 ml", "6 hourly", 60, 240)]
    [InlineData("2 puffs", "100 mcg/dose", "4 times a day", 0.2, 0.8)]
    [InlineData("1-0-1", "500 mg", "twice_daily", 500, 1000)]
    [InlineData("1-1-1", "500 mg", "as directed", 500, 1500)]
    [InlineData("2-0-1", "500 mg", "as directed", 1000, 1500)]
    [InlineData("1-1-1-1", "500 mg", "as directed", 500, 2000)]
    [InlineData("10 mg", null, "once weekly", 10, 10.0 / 7)]
    [InlineData("10 mg", null, "alternate days", 10, 5)]
    [InlineData("1 g", null, "as needed, at most 4 a day", 1000, 4000)]
    [InlineData("10 mg/kg", null, "tds", 800, 2400)]
    public void A_plain_dose_is_read(string dosage, string? strength, string frequency, double single, double daily)
    {
        var (dose, why) = Read(dosage, strength, frequency);

        why.ShouldBeNull();
        dose!.Value.SingleMg.ShouldBe((decimal)single, 0.0001m);
        dose.Value.DailyMg!.Value.ShouldBe((decimal)daily, 0.0001m);
    }

    [Theory]
    [InlineData("0,5 mg", null)]
    [InlineData("one or two", null)]
    [InlineData("as directed", null)]
    [InlineData("", null)]
    [InlineData("5 ml spoonful", "250 mg/5 ml")]
    [InlineData("2 tablets", null)]
    [InlineData("2 tablets", "250 mg/5 ml")]
    [InlineData("5 ml", "500 mg")]
    [InlineData("10 units", null)]
    [InlineData("0-0-0", "500 mg")]
    [InlineData("1-0", "500 mg")]
    [InlineData("2-1 tablets", "500 mg")]
    [InlineData("-5 mg", null)]
    [InlineData("5 mg/kg/day", null)]
    public void What_leaves_a_doubt_is_not_read(string dosage, string? strength)
    {
        var (dose, why) = Read(dosage, strength, "once_daily");

        dose.ShouldBeNull();
        why.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("custom")]
    [InlineData("as needed")]
    [InlineData("sos")]
    [InlineData("every 0 hours")]
    [InlineData("99 times a day")]
    public void Without_a_number_of_times_the_day_is_not_known(string frequency) => Read("500 mg", null, frequency).Dose!.Value.DailyMg.ShouldBeNull();

    [Fact]
    public void A_dose_by_weight_needs_the_weight() =>
        DoseReader.Read(Shelf.Dosed("amoxicillin", null, "15 mg/kg", "tds"), new LineIngredient("amoxicillin"), null).Why.ShouldBe(DoseReader.NoWeight);

    [Fact]
    public void Of_a_product_with_several_ingredients_units_are_read_by_what_is_in_each()
    {
        var line = Shelf.Of() with
        {
            Name = "Ultracet",
            Ingredients = [new LineIngredient("tramadol", "37.5 mg"), new LineIngredient("paracetamol", "325 mg")],
            Dosage = "3 tablets",
            Frequency = "every 6 hours",
            Strength = "37.5 mg/325 mg",
            Route = "oral",
        };

        DoseReader.Read(line, line.Ingredients[1], null).Dose!.Value.DailyMg.ShouldBe(3900);
        DoseReader.Read(line with { Dosage = "650 mg" }, line.Ingredients[1], null).Why.ShouldBe(DoseReader.Several);
        Shelf.Check(Shelf.Known, [line]).Findings.Where(f => f.Kind == SafetyKind.Dose).ShouldHaveSingleItem().Ingredients.ShouldBe(["tramadol"]);
    }

    [Theory]
    [InlineData("paracetamol", "500 mg", "2 tablets", "every 6 hours", 80, "1990-01-01", null)]
    [InlineData("paracetamol", "500 mg", "2 tablets", "every 4 hours", 80, "1990-01-01", "a day")]
    [InlineData("paracetamol", "500 mg", "3 tablets", "once_daily", 80, "1990-01-01", "at a time")]
    [InlineData("paracetamol", "120 mg/5 ml", "10 ml", "four_times_daily", 10, "2028-06-15", "at this weight")]
    [InlineData("paracetamol", "120 mg/5 ml", "5 ml", "four_times_daily", 10, "2028-06-15", null)]
    [InlineData("methotrexate", "2.5 mg", "4 tablets", "once_daily", 80, "1970-01-01", "a week")]
    [InlineData("methotrexate", "2.5 mg", "4 tablets", "once weekly", 80, "1970-01-01", null)]
    [InlineData("citalopram", "20 mg", "2 tablets", "once_daily", 80, "1990-01-01", null)]
    [InlineData("citalopram", "20 mg", "2 tablets", "once_daily", 80, "1950-01-01", "at a time")]
    [InlineData("levothyroxine", "100 mcg", "100 mg", "once_daily", 80, "1990-01-01", "at a time")]
    public void Too_much_is_found(string ingredient, string strength, string dosage, string frequency, int weight, string born, string? words)
    {
        var facts = Shelf.Known with { WeightKg = weight, BirthDate = DateOnly.Parse(born, CultureInfo.InvariantCulture) };

        var report = Shelf.Check(facts, [Shelf.Dosed(ingredient, strength, dosage, frequency)]);

        var findings = report.Findings.Where(f => f.Kind == SafetyKind.Dose).ToList();
        report.NotChecked.ShouldNotContain(gap => gap.Kind == SafetyKind.Dose);
        findings.Any(f => words is not null && f.Mechanism.Contains(words, StringComparison.Ordinal)).ShouldBe(words is not null, string.Join(' ', findings.Select(f => f.Mechanism)));
        findings.ShouldAllBe(f => words != null && f.Interrupts);
    }

    [Theory]
    [InlineData("the weight", "250 mg/5 ml", "5 ml", null, "2024-06-15")]
    [InlineData("the age", "500 mg", "500 mg", 80, null)]
    [InlineData("how often", "500 mg", "500 mg", 80, "1990-01-01")]
    public void A_dose_that_cannot_be_judged_is_listed(string words, string strength, string dosage, int? weight, string? born)
    {
        var facts = Shelf.Known with { WeightKg = weight, BirthDate = born is null ? null : DateOnly.Parse(born, CultureInfo.InvariantCulture) };

        Shelf.Check(facts, [Shelf.Dosed("amoxicillin", strength, dosage, words == "how often" ? "as needed" : "thrice_daily")])
            .NotChecked.ShouldContain(gap => gap.Kind == SafetyKind.Dose && gap.Why.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Units_and_grams_and_milligrams_of_the_same_dose_agree() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Gen.Choose(1, 20).ToArbitrary(), Gen.Choose(1, 2000).ToArbitrary(), Gen.Choose(1, 24).ToArbitrary(), (count, mg, times) =>
        {
            var frequency = $"{times} times a day";
            var units = Read($"{count} tablets", $"{mg} mg", frequency).Dose!.Value;
            var mass = Read($"{count * mg} mg", null, frequency).Dose!.Value;
            var grams = Read(string.Create(CultureInfo.InvariantCulture, $"{count * mg / 1000m} g"), null, frequency).Dose!.Value;
            var volume = Read($"{count * 5} ml", $"{mg} mg/5 ml", frequency).Dose!.Value;
            return units == mass && mass == grams && grams == volume && mass.DailyMg == count * mg * times && mass.WeeklyMg == mass.DailyMg * 7;
        }));

    [Fact]
    public void More_is_never_judged_milder_than_less() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Gen.Choose(1, 3000).ToArbitrary(), Gen.Choose(0, 3000).ToArbitrary(), Gen.Choose(3, 110).ToArbitrary(), (mg, more, weight) =>
        {
            var facts = Shelf.Known with { WeightKg = weight, BirthDate = weight < 30 ? new DateOnly(2026, 1, 1) : new DateOnly(1990, 1, 1) };
            int Found(int dose) => Shelf.Check(facts, [Shelf.Dosed("ibuprofen", null, $"{dose} mg", "thrice_daily")]).Findings.Count(f => f.Kind == SafetyKind.Dose);
            return Found(mg + more) >= Found(mg);
        }));

    [Fact]
    public void No_text_breaks_the_reader_nor_is_read_as_nothing_or_less() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Texts().ToArbitrary(), Texts().ToArbitrary(), Texts().ToArbitrary(), (dosage, strength, frequency) =>
            Read(dosage, strength, frequency) is var (dose, why) && (dose is null ? why is not null : dose.Value is { SingleMg: > 0 } && (dose.Value.DailyMg ?? 1) > 0)));

    private static Gen<string> Texts() => Gen.ListOf(Gen.Elements(
        "1", "2", "-", "/", ".", ",", "0", "500", " ", "mg", "g", "ml", "tablet", "x", "a", "half", "kg", "every", "hours", "daily", "½", "µg", "weekly", "5", "\0", "ᚠ", "1e9", "%"))
        .Select(parts => string.Concat(parts.Take(12)));

    private static (IngredientDose? Dose, string? Why) Read(string dosage, string? strength, string frequency) =>
        DoseReader.Read(Shelf.Dosed("x", strength, dosage, frequency), new LineIngredient("x"), 80);
}
