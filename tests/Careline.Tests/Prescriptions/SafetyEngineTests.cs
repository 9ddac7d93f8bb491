using Careline.Prescriptions.Contracts;
using Careline.Prescriptions.Safety;

namespace Careline.Tests.Prescriptions;

public sealed class SafetyEngineTests
{
    [Theory]
    [InlineData("penicillin", "amoxicillin", SafetySeverity.Contraindicated)]
    [InlineData("Penicillin allergy", "flucloxacillin", SafetySeverity.Contraindicated)]
    [InlineData("allergic to amoxycillin", "amoxicillin", SafetySeverity.Contraindicated)]
    [InlineData("Amoxicillin 500 mg capsules", "ampicillin", SafetySeverity.Contraindicated)]
    [InlineData("amoxicillin", "cefadroxil", SafetySeverity.Major)]
    [InlineData("penicillins", "ceftriaxone", SafetySeverity.Moderate)]
    [InlineData("penicillin", "meropenem", SafetySeverity.Minor)]
    [InlineData("ceftazidime", "aztreonam", SafetySeverity.Major)]
    [InlineData("sulfa drugs", "sulfamethoxazole", SafetySeverity.Contraindicated)]
    [InlineData("Sulphonamides", "sulfadoxine", SafetySeverity.Contraindicated)]
    [InlineData("sulfa", "furosemide", SafetySeverity.Minor)]
    [InlineData("aspirin", "ibuprofen", SafetySeverity.Major)]
    [InlineData("NSAIDs", "diclofenac", SafetySeverity.Major)]
    [InlineData("morphine", "codeine", SafetySeverity.Major)]
    [InlineData("carbamazepine", "phenytoin", SafetySeverity.Contraindicated)]
    [InlineData("dust, penicillin", "amoxicillin", SafetySeverity.Contraindicated)]
    public void An_allergy_is_found_by_ingredient_by_class_and_across_classes(string allergy, string ingredient, SafetySeverity severity)
    {
        var report = Shelf.Check(Shelf.Known with { Allergies = [new AllergyFact(allergy, [])] }, [Shelf.Of(ingredient)]);

        var finding = report.The(SafetyKind.Allergy);
        finding.ShouldNotBeNull();
        finding.Severity.ShouldBe(severity);
        finding.Interrupts.ShouldBe(severity >= SafetySeverity.Major);
        finding.Mechanism.ShouldContain(allergy);
    }

    [Theory]
    [InlineData("penicillin", "azithromycin")]
    [InlineData("latex", "amoxicillin")]
    [InlineData("morphine", "fentanyl")]
    [InlineData("paracetamol", "ibuprofen")]
    public void What_does_not_cross_react_is_not_found(string allergy, string ingredient) =>
        Shelf.Check(Shelf.Known with { Allergies = [new AllergyFact(allergy, [])] }, [Shelf.Of(ingredient)]).The(SafetyKind.Allergy).ShouldBeNull();

    [Fact]
    public void An_allergy_in_words_that_name_nothing_is_listed_as_not_checked()
    {
        var report = Shelf.Check(Shelf.Known with { Allergies = [new AllergyFact("the blue tablets", []), new AllergyFact("penicillin", [])] }, [Shelf.Of("amoxicillin")]);

        report.NotChecked.ShouldContain(gap => gap.Kind == SafetyKind.Allergy && gap.Why.Contains("the blue tablets", StringComparison.Ordinal));
        report.The(SafetyKind.Allergy).ShouldNotBeNull();
        report.State.ShouldBe(SafetyCheck.PartlyChecked);
    }

    [Theory]
    [InlineData("NKDA")]
    [InlineData("No known allergies")]
    [InlineData("none")]
    public void Who_says_that_there_are_none_is_believed(string words)
    {
        var report = Shelf.Check(Shelf.Known with { Allergies = [new AllergyFact(words, [])] }, [Shelf.Of("amoxicillin")]);

        report.NotChecked.ShouldNotContain(gap => gap.Kind == SafetyKind.Allergy);
    }

    [Fact]
    public void That_nobody_asked_for_allergies_is_said()
    {
        Shelf.Check(Shelf.Known with { Allergies = null }, [Shelf.Of("amoxicillin")]).NotChecked.ShouldContain(gap => gap.Kind == SafetyKind.Allergy && gap.Line == null);
        Shelf.Check(Shelf.Known with { Allergies = [] }, [Shelf.Of("amoxicillin")]).NotChecked.ShouldNotContain(gap => gap.Kind == SafetyKind.Allergy);
    }

    [Fact]
    public void An_unknown_medicine_is_listed_and_the_known_ones_are_still_checked()
    {
        var (herbs, warfarin, aspirin) = (Shelf.Of() with { Name = "Herbal mixture" }, Shelf.Of("warfarin"), Shelf.Of("acetylsalicylic acid"));

        var report = Shelf.Check(Shelf.Known, [herbs, warfarin], [aspirin]);

        report.NotChecked.ShouldContain(gap => gap.Kind == SafetyKind.Everything && ReferenceEquals(gap.Line, herbs));
        report.StateOf(herbs).ShouldBe(SafetyCheck.NotChecked);
        report.StateOf(warfarin).ShouldBe(SafetyCheck.PartlyChecked);
        report.FindingsOf(warfarin).ShouldContain(f => f.Kind == SafetyKind.Interaction && f.Interrupts);
    }

    [Fact]
    public void An_unknown_medicine_that_is_taken_leaves_a_gap_in_every_new_line()
    {
        var line = Shelf.Dosed("paracetamol", "500 mg", "500 mg", "once_daily");

        Shelf.Check(Shelf.Known, [line]).StateOf(line).ShouldBe(SafetyCheck.Checked);
        Shelf.Check(Shelf.Known, [line], [Shelf.Of() with { Name = "Herbal mixture" }]).StateOf(line).ShouldBe(SafetyCheck.PartlyChecked);
    }

    [Fact]
    public void An_ingredient_that_only_the_sites_catalogue_knows_is_said_to_be_unknown_to_the_data()
    {
        var line = Shelf.Of("paracetamol", "newdrug");

        var report = Shelf.Check(Shelf.Known, [line]);

        report.NotChecked.ShouldContain(gap => gap.Why.Contains("newdrug", StringComparison.Ordinal));
        report.StateOf(line).ShouldBe(SafetyCheck.PartlyChecked);
        Shelf.Check(Shelf.Known, [Shelf.Of("newdrug")]).State.ShouldBe(SafetyCheck.NotChecked);
    }

    [Fact]
    public void What_the_patient_takes_already_is_not_judged_again_by_itself()
    {
        var report = Shelf.Check(Shelf.Known, [Shelf.Of("cetirizine")], [Shelf.Of("simvastatin"), Shelf.Of("clarithromycin")]);

        report.The(SafetyKind.Interaction).ShouldBeNull();
    }

    [Fact]
    public void A_medicine_in_a_combination_interacts_and_one_rule_is_reported_once_for_two_lines()
    {
        var report = Shelf.Check(Shelf.Known, [Shelf.Of("lopinavir", "ritonavir")], [Shelf.Of("simvastatin")]);

        var finding = report.Findings.Single(f => f.Kind == SafetyKind.Interaction);
        finding.Code.ShouldBe("ONC-HIGH-11");
        finding.Ingredients.ShouldBe(["lopinavir", "simvastatin", "ritonavir"]);
    }

    [Theory]
    [InlineData("topical", true)]
    [InlineData("oral", false)]
    public void What_acts_on_the_skin_does_not_interrupt_except_for_an_allergy(string route, bool isLocal)
    {
        var line = Shelf.Of("ketoconazole") with { Route = route };

        Shelf.Check(Shelf.Known, [line], [Shelf.Of("simvastatin")]).Findings.ShouldContain(f => f.Kind == SafetyKind.Interaction && f.Interrupts != isLocal);
        Shelf.Check(Shelf.Known with { Allergies = [new AllergyFact("ketoconazole", [])] }, [line]).The(SafetyKind.Allergy)!.Interrupts.ShouldBeTrue();
    }

    [Theory]
    [InlineData("paracetamol", "paracetamol", "DUP-INGREDIENT", SafetySeverity.Major)]
    [InlineData("ibuprofen", "diclofenac", "DUP-NSAIDS-NOT-ASPIRIN", SafetySeverity.Major)]
    [InlineData("enalapril", "lisinopril", "DUP-ACE-INHIBITORS", SafetySeverity.Major)]
    [InlineData("sitagliptin", "linagliptin", "DUP-A10BH", SafetySeverity.Major)]
    [InlineData("omeprazole", "pantoprazole", "DUP-PPIS", SafetySeverity.Moderate)]
    public void The_same_or_its_like_twice_is_found(string one, string other, string code, SafetySeverity severity) =>
        Shelf.Check(Shelf.Known, [Shelf.Of(one)], [Shelf.Of(other)]).The(SafetyKind.Duplicate).ShouldSatisfyAllConditions(f => f!.Code.ShouldBe(code), f => f!.Severity.ShouldBe(severity));

    [Theory]
    [InlineData("2014-06-16", "acetylsalicylic acid", true)]
    [InlineData("2014-06-15", "acetylsalicylic acid", false)]
    [InlineData("2018-06-16", "codeine", true)]
    [InlineData("2022-06-16", "doxycycline", true)]
    [InlineData("2022-06-15", "doxycycline", false)]
    [InlineData("2028-06-16", "promethazine", true)]
    [InlineData("2028-06-15", "promethazine", false)]
    [InlineData("2030-06-01", "ceftriaxone", true)]
    [InlineData("2030-04-15", "ceftriaxone", false)]
    public void An_age_limit_holds_until_the_birthday(string born, string ingredient, bool interrupts) =>
        Shelf.Check(Shelf.Known with { BirthDate = DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture) }, [Shelf.Of(ingredient)])
            .Findings.Any(f => f is { Kind: SafetyKind.Age, Interrupts: true }).ShouldBe(interrupts);

    [Theory]
    [InlineData("metformin", 29, "contraindicated")]
    [InlineData("metformin", 30, "major")]
    [InlineData("metformin", 45, null)]
    [InlineData("nitrofurantoin", 29.9, "contraindicated")]
    [InlineData("nitrofurantoin", 44, "major")]
    [InlineData("ibuprofen", 25, "contraindicated")]
    [InlineData("dabigatran", 29, "contraindicated")]
    [InlineData("paracetamol", 5, null)]
    public void A_kidney_rule_holds_below_its_bound(string ingredient, double function, string? severity)
    {
        var finding = Shelf.Check(Shelf.Known with { KidneyFunction = (decimal)function }, [Shelf.Of(ingredient)]).The(SafetyKind.Kidney);

        finding?.Severity.ToString().ToLowerInvariant().ShouldBe(severity);
        (finding is null).ShouldBe(severity is null);
    }

    [Fact]
    public void A_fact_that_a_rule_needs_and_nobody_knows_is_listed_and_one_that_none_needs_is_not()
    {
        var unknown = new PatientFacts { Today = Shelf.Known.Today };

        var metformin = Shelf.Check(unknown, [Shelf.Of("metformin")]).NotChecked;
        var isotretinoin = Shelf.Check(unknown, [Shelf.Of("isotretinoin"), Shelf.Of("doxycycline")]).NotChecked;
        var penicillin = Shelf.Check(unknown, [Shelf.Of("phenoxymethylpenicillin")]).NotChecked;

        metformin.ShouldContain(gap => gap.Kind == SafetyKind.Kidney);
        isotretinoin.Count(gap => gap.Kind == SafetyKind.Pregnancy).ShouldBe(1);
        isotretinoin.ShouldContain(gap => gap.Kind == SafetyKind.Age);
        penicillin.ShouldNotContain(gap => gap.Kind == SafetyKind.Pregnancy || gap.Kind == SafetyKind.BreastFeeding || gap.Kind == SafetyKind.Kidney);
    }

    [Theory]
    [InlineData("isotretinoin", SafetySeverity.Contraindicated)]
    [InlineData("enalapril", SafetySeverity.Contraindicated)]
    [InlineData("ibuprofen", SafetySeverity.Major)]
    [InlineData("labetalol", SafetySeverity.Minor)]
    [InlineData("atenolol", SafetySeverity.Major)]
    public void In_pregnancy_what_is_said_of_the_medicine_goes_before_what_is_said_of_its_class(string ingredient, SafetySeverity severity) =>
        Shelf.Check(Shelf.Known with { IsPregnant = true }, [Shelf.Of(ingredient)]).The(SafetyKind.Pregnancy)!.Severity.ShouldBe(severity);

    [Fact]
    public void In_pregnancy_a_medicine_on_which_the_data_is_silent_is_not_passed_as_safe()
    {
        var report = Shelf.Check(Shelf.Known with { IsPregnant = true, IsBreastFeeding = true }, [Shelf.Of("rasagiline"), Shelf.Of("phenoxymethylpenicillin")]);

        report.NotChecked.Where(gap => gap.Kind is SafetyKind.Pregnancy or SafetyKind.BreastFeeding).ShouldAllBe(gap => gap.Line!.Name == "rasagiline");
        report.The(SafetyKind.Pregnancy).ShouldBeNull();
    }

    [Fact]
    public void A_breast_feeding_mother_is_not_given_codeine() =>
        Shelf.Check(Shelf.Known with { IsBreastFeeding = true }, [Shelf.Of("codeine")]).The(SafetyKind.BreastFeeding)!.Severity.ShouldBe(SafetySeverity.Contraindicated);

    [Fact]
    public void The_same_question_has_the_same_answer_and_leaves_nothing_behind()
    {
        var ids = Enumerable.Range(0, 40).Select(i => Shelf.Tables.Names[i * 23]).ToArray();
        var (lines, current) = (ids[..20].Select(id => Shelf.Of(id)).ToList(), ids[20..].Select(id => Shelf.Of(id)).ToList());
        var first = Shelf.Check(Shelf.Known, lines, current).Findings.Words().ToList();

        // Others' tests come and go beside this one: what is left behind is left each time.
        var left = Enumerable.Range(0, 5).Select(_ =>
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            for (var i = 0; i < 500; i++)
            {
                Shelf.Check(Shelf.Known, lines, current);
            }

            return GC.GetTotalMemory(forceFullCollection: true) - before;
        }).Order().ToList();

        Shelf.Check(Shelf.Known, lines, current).Findings.Words().ShouldBe(first);
        left[2].ShouldBeLessThan(4_000_000);
    }
}
