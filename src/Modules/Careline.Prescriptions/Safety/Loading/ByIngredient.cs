namespace Careline.Prescriptions.Safety.Loading;

/// <summary>Rules about single ingredients or classes of them, spread out over the ingredients.</summary>
internal sealed class ByIngredient<T>(Vocabulary words)
    where T : class
{
    private readonly Dictionary<int, List<T>> _rules = [];
    private readonly Dictionary<int, int> _breadths = [];

    public IReadOnlyList<T[]> All => [.. Enumerable.Range(0, words.Names.Count).Select(id => _rules.TryGetValue(id, out var rules) ? rules.ToArray() : [])];

    /// <summary>Every rule counts.</summary>
    public void Add(CsvTable table, string column, Func<CsvRow, T> read)
    {
        foreach (var row in table.Rows)
        {
            var rule = read(row);
            foreach (var id in words.Resolve(row, column))
            {
                (_rules.TryGetValue(id, out var rules) ? rules : _rules[id] = []).Add(rule);
            }
        }
    }

    /// <summary>Of several rules about an ingredient the one about the fewest counts: what is said of it alone goes before what is said of its class.</summary>
    public void AddOne(CsvTable table, string column, Func<CsvRow, T> read)
    {
        foreach (var row in table.Rows)
        {
            var rule = read(row);
            var ids = words.Resolve(row, column);
            foreach (var id in ids.Where(id => !_breadths.TryGetValue(id, out var breadth) || ids.Length < breadth))
            {
                _rules[id] = [rule];
                _breadths[id] = ids.Length;
            }
        }
    }
}
