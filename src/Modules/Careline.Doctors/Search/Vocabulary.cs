using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Careline.Finding.Contracts;

namespace Careline.Doctors.Search;

/// <summary>
/// Every word that is said of a doctor, and of whom. A word is looked for as a part of others; one that is part of none is taken for misspelt, and
/// the words nearest to it are meant. Both begin at groups of three letters, so that no question looks at every word.
/// </summary>
internal sealed class Vocabulary(int capacity)
{
    private const char Edge = '\u0001';

    // Letters from which a word may have one mistake, or two.
    private const int OneMistake = 4;
    private const int TwoMistakes = 8;

    private const int MostMeanings = 2_000;
    private const int MostWords = 256;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private readonly List<Saying> _sayings = [];
    private readonly Dictionary<long, List<int>> _groups = [];

    // What was meant by the words of late, until any word changes: many ask for the same.
    private readonly ConcurrentDictionary<string, Meaning> _meanings = new(StringComparer.Ordinal);

    /// <summary>How many different words were ever said.</summary>
    public int Count => _words.Count;

    public void Add(int number, IEnumerable<string> words)
    {
        _meanings.Clear();
        foreach (var word in words)
        {
            if (!_ids.TryGetValue(word, out var id))
            {
                id = _ids[word] = _words.Count;
                _words.Add(word);
                _sayings.Add(new Saying());
                foreach (var group in GroupsOf(word).Append(KeyOf(Edge, word[0])).ToHashSet())
                {
                    (CollectionsMarshal.GetValueRefOrAddDefault(_groups, group, out _) ??= []).Add(id);
                }
            }

            _sayings[id].Add(number, capacity);
        }
    }

    public void Remove(int number, IEnumerable<string> words)
    {
        _meanings.Clear();
        foreach (var word in words)
        {
            if (_ids.TryGetValue(word, out var id))
            {
                _sayings[id].Remove(number);
            }
        }
    }

    /// <summary>The doctors of whom all of these words are said, or words near them where nothing else is found.</summary>
    public NumberSet Find(IReadOnlyCollection<string> words)
    {
        var found = Meeting(words, word => MeaningOf(word) is var m && m.Exact.Count > 0 ? m.Exact : NearOf(m));

        // Each may be a word of somebody's, and yet no doctor have all of them: then one of them was misspelt into another's word.
        return found.Count() > 0 || words.Count < 2 ? found : Meeting(words, word => [.. MeaningOf(word).Exact, .. NearOf(MeaningOf(word))]);
    }

    private Meaning MeaningOf(string word)
    {
        if (!_meanings.TryGetValue(word, out var meaning))
        {
            meaning = new Meaning(word, Containing(word));

            // Many words to keep are few letters to look for.
            if (_meanings.Count < MostMeanings && meaning.Exact.Count <= MostWords)
            {
                _meanings[word] = meaning;
            }
        }

        return meaning;
    }

    private List<int> NearOf(Meaning meaning) => meaning.Near ??= Near(meaning.Word);

    private NumberSet Meeting(IEnumerable<string> words, Func<string, List<int>> meant)
    {
        NumberSet? all = null;
        foreach (var word in words)
        {
            var of = new NumberSet(capacity);
            foreach (var id in meant(word))
            {
                _sayings[id].AddTo(of);
            }

            if (all is null)
            {
                all = of;
            }
            else
            {
                all.Meet(of);
            }
        }

        return all ?? new NumberSet(capacity);
    }

    /// <summary>Words that contain a word; that begin with it, where it is too short to have a group of letters.</summary>
    private List<int> Containing(string word)
    {
        if (word.Length < 3)
        {
            var beginning = word.Length == 1 ? KeyOf(Edge, word[0]) : KeyOf(Edge, word[0], word[1]);
            return Said(_groups.GetValueOrDefault(beginning) ?? []);
        }

        List<int>? fewest = null;
        for (var i = 0; i + 3 <= word.Length; i++)
        {
            var group = _groups.GetValueOrDefault(KeyOf(word[i], word[i + 1], word[i + 2]));
            if (group is null)
            {
                return [];
            }

            fewest = fewest is null || group.Count < fewest.Count ? group : fewest;
        }

        return Said(fewest!.Where(id => _words[id].Contains(word, StringComparison.Ordinal)));
    }

    /// <summary>Words that become a word by a mistake or two: a letter too many, too few, wrong, or two that changed places.</summary>
    private List<int> Near(string word)
    {
        var most = word.Length >= TwoMistakes ? 2 : word.Length >= OneMistake ? 1 : 0;
        if (most == 0)
        {
            return [];
        }

        // Two letters that change places touch four groups.
        var groups = GroupsOf(word);
        var least = Math.Max(1, groups.Count - (4 * most));
        var shared = new Dictionary<int, int>();
        foreach (var group in groups)
        {
            foreach (var id in _groups.GetValueOrDefault(group) ?? [])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(shared, id, out _)++;
            }
        }

        return Said(shared.Where(s => s.Value >= least && Mistakes.Between(_words[s.Key], word, most) <= most).Select(s => s.Key));
    }

    // A word stays when nobody is left of whom it is said: the next load forgets it.
    private List<int> Said(IEnumerable<int> ids) => [.. ids.Where(id => _sayings[id].IsSaid)];

    private static HashSet<long> GroupsOf(string word)
    {
        var groups = new HashSet<long>();
        for (var i = -1; i + 2 <= word.Length; i++)
        {
            groups.Add(KeyOf(i < 0 ? Edge : word[i], word[i + 1], i + 2 < word.Length ? word[i + 2] : Edge));
        }

        return groups;
    }

    private static long KeyOf(char first, char second, char third = '\0') => ((long)first << 32) | ((long)second << 16) | third;

    private sealed class Meaning(string word, List<int> exact)
    {
        public string Word => word;

        public List<int> Exact => exact;

        /// <summary>Looked for when it is asked for; two who do so at once find the same.</summary>
        public List<int>? Near { get; set; }
    }

    /// <summary>Of whom a word is said: their numbers, or a set once the numbers would take more room.</summary>
    private sealed class Saying
    {
        private List<int>? _few = [];
        private NumberSet? _many;

        public bool IsSaid => _few is { Count: > 0 } || _many is not null;

        public void Add(int number, int capacity)
        {
            if (_few is null)
            {
                _many![number] = true;
            }
            else if (_few.Count < capacity / 32)
            {
                _few.Add(number);
            }
            else
            {
                _many = new NumberSet(capacity);
                AddTo(_many);
                _few = null;
                _many[number] = true;
            }
        }

        public void Remove(int number)
        {
            _few?.Remove(number);
            if (_many is not null)
            {
                _many[number] = false;
            }
        }

        public void AddTo(NumberSet set)
        {
            if (_few is null)
            {
                set.Add(_many!);
                return;
            }

            foreach (var number in _few)
            {
                set[number] = true;
            }
        }
    }
}
