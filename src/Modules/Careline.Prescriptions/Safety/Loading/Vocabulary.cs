using Careline.Prescriptions.Medicines;

namespace Careline.Prescriptions.Safety.Loading;

/// <summary>The ingredients that the safety data knows, numbered, and the classes of them that its rules name.</summary>
internal sealed class Vocabulary
{
    public static IReadOnlyList<string> MedicineColumns { get; } = ["name", "ingredients", "atc", "forms", "strengths", "routes", "synonyms", "source"];

    public static IReadOnlyList<string> GroupColumns { get; } = ["group", "members", "source"];

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<string[]> _codes = [];
    private readonly Dictionary<string, int[]> _groups = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => _names;

    public IReadOnlyDictionary<string, int> Ids => _ids;

    public IEnumerable<string> Groups => _groups.Keys;

    /// <summary>Adds every single ingredient of the table of medicines, by its name and its other names.</summary>
    public void AddMedicines(CsvTable medicines)
    {
        foreach (var row in medicines.Rows.Where(row => row.List("ingredients").Count <= 1))
        {
            Add(row["name"], row.List("atc"), row.List("synonyms"), row.Fault);
        }

        foreach (var row in medicines.Rows)
        {
            foreach (var part in row.List("ingredients").Where(part => IdOf(part) is null))
            {
                row.Fault($"'{part}' is no medicine of this table.");
            }
        }
    }

    /// <summary>Adds an ingredient that only the site knows.</summary>
    public int Add(string name)
    {
        if (IdOf(name) is { } known)
        {
            return known;
        }

        Add(name, [], [], _ => { });
        return _names.Count - 1;
    }

    public void AddGroups(CsvTable groups)
    {
        var rows = groups.Rows.GroupBy(row => row["group"]).ToDictionary(g => g.Key, g => g.First());
        foreach (var row in groups.Rows.Where(row => !ReferenceEquals(rows[row["group"]], row)))
        {
            row.Fault($"The group '{row["group"]}' stands in line {rows[row["group"]].Line} already.");
        }

        foreach (var name in rows.Keys)
        {
            Members(name, rows, []);
        }
    }

    public int? IdOf(string name) => _ids.TryGetValue(MedicineNames.Key(name), out var id) ? id : null;

    /// <summary>The ingredients that a field of a rule names: one, those of <c>@group</c>, or those under <c>atc:</c> a code.</summary>
    public int[]? Resolve(string term) => term switch
    {
        ['@', .. var group] => _groups.GetValueOrDefault(group),
        ['a', 't', 'c', ':', .. var prefix] => UnderCode(prefix) is { Length: > 0 } found ? found : null,
        _ => IdOf(term) is { } id ? [id] : null,
    };

    /// <summary>The same, a fault where nothing is known under the name.</summary>
    public int[] Resolve(CsvRow row, string column)
    {
        var term = row[column];
        if (Resolve(term) is { } ids)
        {
            return ids;
        }

        row.Fault(term.StartsWith('@') ? $"'{term}' is no group of groups.csv." : $"'{term}' is no medicine of medicines.csv.");
        return [];
    }

    private void Add(string name, IReadOnlyList<string> codes, IReadOnlyList<string> synonyms, Action<string> fault)
    {
        var id = _names.Count;
        _names.Add(name);
        _codes.Add([.. codes]);
        foreach (var key in synonyms.Prepend(name).Select(MedicineNames.Key).Distinct().Where(key => !_ids.TryAdd(key, id)))
        {
            fault($"'{key}' names {_names[_ids[key]]} already.");
        }
    }

    private int[] UnderCode(string prefix) =>
        [.. Enumerable.Range(0, _codes.Count).Where(id => _codes[id].Any(code => code.StartsWith(prefix, StringComparison.Ordinal)))];

    private int[] Members(string group, Dictionary<string, CsvRow> rows, HashSet<string> above)
    {
        if (_groups.TryGetValue(group, out var done))
        {
            return done;
        }

        var row = rows[group];
        var found = new SortedSet<int>();
        above.Add(group);
        foreach (var member in row.List("members"))
        {
            if (member.StartsWith('@'))
            {
                if (!rows.ContainsKey(member[1..]) || above.Contains(member[1..]))
                {
                    row.Fault($"'{member}' is no other group.");
                }
                else
                {
                    found.UnionWith(Members(member[1..], rows, above));
                }
            }
            else if (Resolve(member) is { } ids)
            {
                found.UnionWith(ids);
            }
            else
            {
                row.Fault($"'{member}' is no medicine of medicines.csv.");
            }
        }

        above.Remove(group);
        if (found.Count == 0)
        {
            row.Fault("A group needs a member.");
        }

        return _groups[group] = [.. found];
    }
}
