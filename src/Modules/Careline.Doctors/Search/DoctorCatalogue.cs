using Careline.Doctors.Doctors;
using Careline.Doctors.Specializations;
using Careline.Finding.Contracts;

namespace Careline.Doctors.Search;

/// <summary>
/// All listed doctors in memory, found by sets and read in kept orders: a question costs what its page costs, and hardly more with ten times the
/// doctors. Many read at once, one writes; what is not kept up here is made anew from the tables.
/// </summary>
internal sealed class DoctorCatalogue : ICatalogue, IDisposable
{
    private readonly ReaderWriterLockSlim _gate = new();
    private readonly int _capacity;
    private readonly ListedDoctor?[] _doctors;
    private readonly Dictionary<Guid, int> _numbers = [];
    private readonly Stack<int> _free = new();
    private readonly NumberSet _listed;
    private readonly NumberSet _withoutFee;
    private readonly NumberSets<Guid> _specialties;
    private readonly NumberSets<Guid> _clinics;
    private readonly NumberSets<string> _languages;
    private readonly NumberSets<string> _modalities;
    private readonly NumberSets<DateOnly> _days;
    private readonly Vocabulary _vocabulary;
    private readonly Places _places;
    private readonly int _mostWords;
    private readonly Dictionary<(string Name, bool IsDescending), KeptOrder> _orders;
    private readonly KeptOrder _byId;
    private readonly Dictionary<string, Guid> _specialtyOf;
    private readonly ILookup<Guid, string> _termsOf;

    /// <param name="doctors">Everybody listed.</param>
    /// <param name="terms">What specialties are called.</param>
    public DoctorCatalogue(IReadOnlyList<ListedDoctor> doctors, IReadOnlyCollection<(string Term, Guid SpecializationId)> terms)
    {
        // Room for those to come; when it is used up, whoever keeps this makes a larger one.
        _capacity = (doctors.Count + (doctors.Count / 4) + 256) / 64 * 64;
        _doctors = new ListedDoctor?[_capacity];
        (_listed, _withoutFee) = (new(_capacity), new(_capacity));
        (_specialties, _clinics, _languages, _modalities, _days) = (new(_capacity), new(_capacity), new(_capacity), new(_capacity), new(_capacity));
        (_vocabulary, _places) = (new(_capacity), new(_capacity));
        _specialtyOf = terms.ToDictionary(t => t.Term, t => t.SpecializationId);
        _termsOf = terms.Where(t => !Guid.TryParse(t.Term, out _)).ToLookup(t => t.SpecializationId, t => t.Term);
        _orders = new()
        {
            [("rating", true)] = Order(d => -d.Shown.Rating, isRange: true),
            [("rating", false)] = Order(d => d.Shown.Rating),
            [("fee", false)] = Order(d => d.Shown.Fee?.Amount ?? long.MaxValue, isRange: true),
            [("fee", true)] = Order(d => -d.Shown.Fee?.Amount ?? long.MaxValue),
            [("experience", true)] = Order(d => -d.Shown.ExperienceYears, isRange: true),
            [("experience", false)] = Order(d => d.Shown.ExperienceYears),
            [("next_available", false)] = Order(d => d.NextFreeAt?.UtcTicks ?? long.MaxValue),
            [("next_available", true)] = Order(d => -d.NextFreeAt?.UtcTicks ?? long.MaxValue),
        };
        _byId = Order(_ => 0);
        for (var number = _capacity - 1; number >= doctors.Count; number--)
        {
            _free.Push(number);
        }

        for (var number = 0; number < doctors.Count; number++)
        {
            Enter(number, doctors[number]);
            _vocabulary.Add(number, WordsOf(doctors[number]));
        }

        // Words that nobody has any more stay; a doctor who writes ever new ones must not fill the memory.
        _mostWords = 20_000 + (2 * _vocabulary.Count);
        foreach (var order in AllOrders)
        {
            order.Fill([.. Enumerable.Range(0, doctors.Count)]);
            order.Settle();
        }
    }

    /// <summary>How many doctors are listed.</summary>
    public int Count => _numbers.Count;

    private IEnumerable<KeptOrder> AllOrders => _orders.Values.Append(_byId);

    public void Dispose() => _gate.Dispose();

    /// <summary>Takes over how doctors are now; of whom nothing is given, is not listed any more.</summary>
    /// <returns>False when there is no room for them or for their words: then nothing was changed, and a new one is to be made.</returns>
    public bool Replace(IReadOnlyCollection<Guid> ids, IReadOnlyCollection<ListedDoctor> present)
    {
        _gate.EnterWriteLock();
        try
        {
            if (present.Count(d => !_numbers.ContainsKey(d.Id)) > _free.Count || _vocabulary.Count > _mostWords)
            {
                return false;
            }

            var gone = ids.Where(_numbers.ContainsKey).Select(id => _numbers[id]).ToHashSet();
            foreach (var order in AllOrders)
            {
                order.Remove(gone);
            }

            var before = present.Where(d => _numbers.ContainsKey(d.Id)).ToDictionary(d => d.Id, d => _numbers[d.Id]);
            var added = new List<int>();
            foreach (var doctor in present)
            {
                var number = before.TryGetValue(doctor.Id, out var own) ? own : _free.Pop();
                ReplaceWords(number, doctor);
                Leave(number);
                Enter(number, doctor);
                added.Add(number);
            }

            foreach (var number in gone.Except(added))
            {
                ReplaceWords(number, null);
                Leave(number);
                _free.Push(number);
            }

            foreach (var order in AllOrders)
            {
                order.Add(added);
                order.Settle();
            }

            return true;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>A listed doctor; null for anybody else.</summary>
    public DoctorRow? Find(Guid id)
    {
        _gate.EnterReadLock();
        try
        {
            return _numbers.TryGetValue(id, out var number) ? _doctors[number]!.Row : null;
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>The doctors at some clinics.</summary>
    public IReadOnlyList<Guid> AtClinic(Guid clinicId)
    {
        _gate.EnterReadLock();
        try
        {
            return [.. _clinics.Of(clinicId)?.Numbers().Select(n => _doctors[n]!.Id) ?? []];
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>Answers a page of the list.</summary>
    public Page<DoctorResponse> Answer(DoctorQuestion question, ListQuery page, DateTimeOffset now)
    {
        _gate.EnterReadLock();
        try
        {
            var found = Find(question);
            var count = found.Count();
            var numbers = question.Order == "distance"
                ? new NearestDoctors(_places, _byId, n => _doctors[n]!.Id, _capacity).Page(question, (found, count), page.Skip, page.PageSize)
                : _orders[(question.Order, question.IsDescending)].Page(found, count, page.Skip, page.PageSize);
            return new Page<DoctorResponse>([.. numbers.Select(n => _doctors[n]!.ShownAt(now, question.Near))], count, page.Page, page.PageSize);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    private NumberSet Find(DoctorQuestion question)
    {
        var found = new NumberSet(_capacity);
        found.CopyFrom(_listed);
        if (question.Specialty is { } specialty)
        {
            found.Meet(_specialtyOf.TryGetValue(Specialization.Term(specialty), out var id) ? _specialties.Of(id) : null);
        }

        if (question.LeastRating is > 0 and var rating)
        {
            found.Meet(_orders[("rating", true)].Beginning(n => _doctors[n]!.Shown.Rating >= rating));
        }

        if (question.MostFee is { } fee)
        {
            var affordable = _orders[("fee", false)].Beginning(n => _doctors[n]!.Shown.Fee?.Amount <= fee);
            affordable.Add(_withoutFee);
            found.Meet(affordable);
        }

        if (question.LeastExperience is { } years)
        {
            found.Meet(_orders[("experience", true)].Beginning(n => _doctors[n]!.Shown.ExperienceYears >= years));
        }

        if (question.Language is { } language)
        {
            found.Meet(_languages.Of(language));
        }

        if (question.ClinicId is { } clinic)
        {
            found.Meet(_clinics.Of(clinic));
        }

        if (question.Modality is { } modality)
        {
            found.Meet(_modalities.Of(EnumText<Modality>.Of(modality)));
        }

        if (question.AvailableOn is { } day)
        {
            found.Meet(_days.Of(day));
        }

        if (question.Search is { } search)
        {
            found.Meet(_vocabulary.Find([.. Spelling.WordsOf(search).Take(10)]));
        }

        // Last, since it looks at each doctor around who is left.
        if (question is { Near: { } near, Radius: { } radius })
        {
            var around = new NumberSet(_capacity);
            foreach (var (number, _) in _places.Within(near, radius, found))
            {
                around[number] = true;
            }

            found = around;
        }

        return found;
    }

    private void Enter(int number, ListedDoctor doctor)
    {
        _doctors[number] = doctor;
        _numbers[doctor.Id] = number;
        _listed[number] = true;
        _withoutFee[number] = doctor.Shown.Fee is null;
        _specialties.Add(number, doctor.SpecializationIds);
        _clinics.Add(number, doctor.Shown.ClinicIds);
        _languages.Add(number, doctor.Shown.Languages);
        _modalities.Add(number, doctor.Shown.Modalities);
        _days.Add(number, doctor.Days);
        _places.Add(number, doctor.Places);
    }

    private void Leave(int number)
    {
        if (_doctors[number] is not { } doctor)
        {
            return;
        }

        _doctors[number] = null;
        _numbers.Remove(doctor.Id);
        _listed[number] = false;
        _withoutFee[number] = false;
        _specialties.Remove(number, doctor.SpecializationIds);
        _clinics.Remove(number, doctor.Shown.ClinicIds);
        _languages.Remove(number, doctor.Shown.Languages);
        _modalities.Remove(number, doctor.Shown.Modalities);
        _days.Remove(number, doctor.Days);
        _places.Remove(number, doctor.Places);
    }

    /// <summary>Most changes are of free times and leave the words as they are.</summary>
    private void ReplaceWords(int number, ListedDoctor? doctor)
    {
        var before = _doctors[number] is { } former ? WordsOf(former) : [];
        var after = doctor is null ? [] : WordsOf(doctor);
        if (!before.SetEquals(after))
        {
            _vocabulary.Remove(number, before.Except(after));
            _vocabulary.Add(number, after.Except(before));
        }
    }

    private HashSet<string> WordsOf(ListedDoctor doctor) => doctor.Words(id => _termsOf[id]);

    private KeptOrder Order<TKey>(Func<ListedDoctor, TKey> key, bool isRange = false)
        where TKey : IComparable<TKey> => new(
        _capacity,
        (one, other) => key(_doctors[one]!).CompareTo(key(_doctors[other]!)) is not 0 and var byKey ? byKey : _doctors[one]!.Id.CompareTo(_doctors[other]!.Id),
        isRange);
}
