using Careline.Prescriptions.Contracts;
using Careline.Prescriptions.Medicines;
using Careline.Prescriptions.Safety;
using Careline.Prescriptions.Safety.Loading;

namespace Careline.Tests.Prescriptions;

/// <summary>The data that is shipped is whole and says what the published lists say; whatever is wrong with a file is named, and its checks are not made.</summary>
public sealed class SafetyTablesTests
{
    [Fact]
    public void What_is_shipped_has_no_fault_and_enough_of_everything()
    {
        var tables = Shelf.Tables;
        var faults = new List<TableFault>();
        var (_, entries) = MedicineTable.Starter(Shelf.Folder, faults);

        tables.Faults.ShouldBeEmpty();
        faults.ShouldBeEmpty();
        entries.SelectMany(MedicineRules.FaultsOf).ShouldBeEmpty();
        entries.Count(e => e.Kind == MedicineKind.Generic).ShouldBeGreaterThanOrEqualTo(500);
        entries.Where(e => e.Kind == MedicineKind.Brand).SelectMany(e => e.Composition).ShouldAllBe(part => tables.IdOf(part.Ingredient) >= 0);
        tables.InteractionRules.ShouldBeGreaterThanOrEqualTo(48 + 300);
        tables.Doses.Count(limits => limits.Length > 0).ShouldBeGreaterThanOrEqualTo(120);
        tables.Pregnancy.Count(rule => rule is not null).ShouldBeGreaterThanOrEqualTo(120);
        tables.BreastFeeding.Count(rule => rule is not null).ShouldBeGreaterThanOrEqualTo(120);
        tables.Kidneys.Count(rules => rules.Length > 0).ShouldBeGreaterThanOrEqualTo(60);
        tables.Interactions.Values.ShouldAllBe(rule => rule.Mechanism.Length > 0 && rule.Advice.Length > 0 && rule.Source.Length > 0);
    }

    [Fact]
    public void Every_member_pair_of_the_fifteen_high_priority_groups_interrupts()
    {
        var pairs = PairsOf("ONC-HIGH-");

        pairs.Keys.Select(code => code).Distinct().Count().ShouldBe(15);
        pairs.Values.Sum(p => p.Count).ShouldBeGreaterThan(1000);
        pairs.SelectMany(rule => rule.Value.Select(pair => (Code: rule.Key, pair.A, pair.B)))
            .Where(p => !Shelf.Check(Shelf.Known, [Shelf.Of(p.A)], [Shelf.Of(p.B)]).Findings
                .Any(f => f is { Kind: SafetyKind.Interaction, Severity: SafetySeverity.Contraindicated, Interrupts: true }))
            .Select(p => $"{p.Code}: {p.A} with {p.B}").ShouldBeEmpty();
    }

    [Fact]
    public void No_member_pair_of_the_thirty_three_low_priority_groups_interrupts()
    {
        var high = PairsOf("ONC-HIGH-").Values.SelectMany(p => p).ToHashSet();
        var pairs = PairsOf("ONC-LOW-");

        pairs.Count.ShouldBe(33);
        var low = pairs.SelectMany(rule => rule.Value.Where(pair => !high.Contains(pair)).Select(pair => (Code: rule.Key, pair.A, pair.B))).ToList();
        low.Count.ShouldBeGreaterThan(2000);
        low.Where(p => Interaction(p.A, p.B) is not { Interrupts: false }).Select(p => $"{p.Code}: {p.A} with {p.B}").ShouldBeEmpty();

        // Two pairs stand in both lists, since sotalol and these two prolong the QT interval: the graver word counts.
        pairs.Values.SelectMany(p => p).Where(high.Contains).Select(p => $"{p.A} {p.B}").Order(StringComparer.Ordinal).ShouldBe(["sotalol citalopram", "sotalol escitalopram"]);
    }

    [Theory]
    [InlineData("interactions.csv", "no-such-medicine,warfarin", "x1,{0},major,m,a,s", "'no-such-medicine' is no medicine")]
    [InlineData("interactions.csv", "@no-group,warfarin", "x1,{0},major,m,a,s", "'@no-group' is no group")]
    [InlineData("interactions.csv", "ibuprofen,warfarin", "x1,{0},deadly,m,a,s", "'deadly' is no severity")]
    [InlineData("interactions.csv", "ibuprofen,warfarin", "x1,{0},major,m,,s", "The advice is missing")]
    [InlineData("interactions.csv", "ibuprofen,warfarin", "ONC-HIGH-01,{0},major,m,a,s", "is used twice")]
    [InlineData("interactions.csv", "ibuprofen,warfarin", "x1,{0},major,m,a", "Has 6 fields, not 7")]
    [InlineData("interactions.csv", "ibuprofen,warfarin", "x1,{0},major,\"m,a,s", "A quotation mark")]
    [InlineData("ages.csv", "warfarin,,", "{0},x1,major,m,a,s", "Names no age")]
    [InlineData("ages.csv", "warfarin,,twelve", "{0},x1,major,m,a,s", "is no age")]
    [InlineData("kidneys.csv", "warfarin,-5", "{0},x1,major,m,a,s", "is no number above 0")]
    [InlineData("doses.csv", "x1,warfarin", "{0},oral,,,,,,,,a,s", "Limits nothing")]
    public void A_fault_is_named_by_file_and_line_and_that_kind_of_check_is_not_made(string file, string names, string line, string words)
    {
        using var folder = TableFolder.Copy();
        File.AppendAllText(Path.Combine(folder.Path, file), string.Format(System.Globalization.CultureInfo.InvariantCulture, line, names) + "\n");
        var number = File.ReadLines(Path.Combine(folder.Path, file)).Count();

        var tables = SafetyTables.Load(folder.Path);

        tables.Faults.ShouldContain(f => f.File == file && f.Line == number && f.Words.Contains(words, StringComparison.Ordinal), string.Join('\n', tables.Faults));
        tables.Missing.Count.ShouldBe(1);
        var report = Shelf.Check(Shelf.Known, [Shelf.Of("warfarin"), Shelf.Of("ibuprofen")], tables: tables);
        report.NotChecked.ShouldContain(gap => gap.Kind == tables.Missing.Single() && gap.Line == null && gap.Why.Contains("safety data is missing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("medicines.csv", SafetyKind.Everything)]
    [InlineData("groups.csv", SafetyKind.Everything)]
    [InlineData("interactions.csv", SafetyKind.Interaction)]
    [InlineData("allergy_classes.csv", SafetyKind.Allergy)]
    [InlineData("allergy_cross.csv", SafetyKind.Allergy)]
    [InlineData("duplicates.csv", SafetyKind.Duplicate)]
    [InlineData("doses.csv", SafetyKind.Dose)]
    [InlineData("ages.csv", SafetyKind.Age)]
    [InlineData("kidneys.csv", SafetyKind.Kidney)]
    [InlineData("pregnancy.csv", SafetyKind.Pregnancy)]
    [InlineData("breast_feeding.csv", SafetyKind.BreastFeeding)]
    public void A_missing_file_makes_its_check_not_made_and_says_so(string file, SafetyKind kind)
    {
        using var folder = TableFolder.Copy();
        File.Delete(Path.Combine(folder.Path, file));

        var tables = SafetyTables.Load(folder.Path);
        var report = Shelf.Check(Shelf.Known, [Shelf.Of("simvastatin")], [Shelf.Of("clarithromycin")], tables);

        tables.Faults.ShouldContain(f => f.File == file && f.Line == 0 && f.Words == TableLoader.Missing);
        report.NotChecked.ShouldContain(gap => gap.Kind == kind && gap.Line == null);
        report.State.ShouldBe(kind == SafetyKind.Everything ? SafetyCheck.NotChecked : SafetyCheck.PartlyChecked);

        // What can still be checked is.
        report.Interrupts.ShouldBe(kind is not (SafetyKind.Everything or SafetyKind.Interaction));
    }

    [Fact]
    public void With_no_data_at_all_nothing_is_checked_and_nothing_is_passed_as_safe()
    {
        var report = Shelf.Check(Shelf.Known, [Shelf.Of("warfarin")], tables: SafetyTables.Load("/nowhere"));

        report.State.ShouldBe(SafetyCheck.NotChecked);
        report.Findings.ShouldBeEmpty();
        report.NotChecked.Single().Why.ShouldContain("safety data is missing");
    }

    [Fact]
    public void Rules_of_the_site_are_merged_and_never_soften_those_of_the_release()
    {
        var site = new SiteRules("1", [
            new SiteRule("S-1", "simvastatin", "clarithromycin", "minor", "m", "a", "s"),
            new SiteRule("S-2", "newdrug", "@ace-inhibitors", "major", "m", "a", "s")]);

        var tables = SafetyTables.Load(Shelf.Folder, site);

        tables.Version.ShouldEndWith("+1");
        tables.Faults.ShouldBeEmpty();
        Shelf.Check(Shelf.Known, [Shelf.Of("simvastatin"), Shelf.Of("clarithromycin")], tables: tables).Findings.ShouldContain(f => f.Code == "ONC-HIGH-11");
        Shelf.Check(Shelf.Known, [Shelf.Of("newdrug"), Shelf.Of("ramipril")], tables: tables).The(SafetyKind.Interaction)!.Code.ShouldBe("S-2");
    }

    private static SafetyFinding? Interaction(string a, string b) => Shelf.Check(Shelf.Known, [Shelf.Of(a)], [Shelf.Of(b)]).The(SafetyKind.Interaction);

    /// <summary>The member pairs of rules as the tables write them, spread out here in other words than the loader's.</summary>
    private static Dictionary<string, List<(string A, string B)>> PairsOf(string prefix)
    {
        var groups = Rows("groups.csv", Vocabulary.GroupColumns).ToDictionary(row => "@" + row["group"], row => row.List("members"));
        return Rows("interactions.csv", InteractionTable.Columns).Where(row => row["code"].StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(
            row => row["code"],
            row => (from a in Members(row["a"]) from b in Members(row["b"]) where a != b select (a, b)).ToList());

        IEnumerable<string> Members(string term) => groups.TryGetValue(term, out var members) ? members.SelectMany(Members) : [term];
    }

    private static List<CsvRow> Rows(string file, IReadOnlyList<string> columns)
    {
        using var text = File.OpenText(Path.Combine(Shelf.Folder, file));
        return CsvTable.Read(file, text, columns, []).Rows;
    }
}
