using Careline.Clinics.Clinics;
using Careline.Finding.Contracts;

namespace Careline.Clinics.Nearby;

/// <summary>
/// All clinics that the public finds by a place, in memory: a question looks at those around it only. Many read at once, one writes.
/// </summary>
internal sealed class ClinicCatalogue : ICatalogue, IDisposable
{
    private readonly ReaderWriterLockSlim _gate = new();
    private readonly ListedClinic?[] _clinics;
    private readonly Dictionary<Guid, int> _numbers = [];
    private readonly Stack<int> _free = new();
    private readonly NumberSet _listed;
    private readonly Places _places;

    /// <param name="clinics">All of them.</param>
    public ClinicCatalogue(IReadOnlyCollection<ListedClinic> clinics)
    {
        // Room for those to come; when it is used up, a larger one is made.
        var capacity = clinics.Count + (clinics.Count / 4) + 256;
        (_clinics, _listed, _places) = (new ListedClinic?[capacity], new(capacity), new(capacity));
        for (var number = capacity - 1; number >= 0; number--)
        {
            _free.Push(number);
        }

        foreach (var clinic in clinics)
        {
            Enter(clinic);
        }
    }

    /// <inheritdoc />
    public int Count => _numbers.Count;

    public void Dispose() => _gate.Dispose();

    /// <summary>Takes over how clinics are now; those of which nothing is given are found no more.</summary>
    /// <returns>False when there is no room for them: then nothing was changed.</returns>
    public bool Replace(IReadOnlyCollection<Guid> ids, IReadOnlyCollection<ListedClinic> present)
    {
        _gate.EnterWriteLock();
        try
        {
            if (present.Count(c => !_numbers.ContainsKey(c.Id)) > _free.Count)
            {
                return false;
            }

            foreach (var id in ids)
            {
                Leave(id);
            }

            foreach (var clinic in present)
            {
                Enter(clinic);
            }

            return true;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>Answers a page of the list.</summary>
    public Page<ClinicResponse> Answer(NearbyQuestion question, ListQuery page, Actor? actor, DateTimeOffset now)
    {
        var (centre, radius) = question.Around;
        var direction = question.FarthestFirst ? -1 : 1;
        _gate.EnterReadLock();
        try
        {
            var found = _places.Within(centre, radius, _listed).FindAll(p => _clinics[p.Number]!.Meets(question, now));
            var order = Comparer<(int Number, double Line)>.Create((a, b) =>
                a.Line != b.Line ? direction * a.Line.CompareTo(b.Line) : _clinics[a.Number]!.Id.CompareTo(_clinics[b.Number]!.Id));
            var shown = found.Count <= page.Skip ? [] : Foremost.Of(found, page.Skip + page.PageSize, order).Skip(page.Skip);
            return new Page<ClinicResponse>([.. shown.Select(p => _clinics[p.Number]!.ShownTo(actor, centre, now))], found.Count, page.Page, page.PageSize);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    private void Enter(ListedClinic clinic)
    {
        var number = _free.Pop();
        (_clinics[number], _numbers[clinic.Id], _listed[number]) = (clinic, number, true);
        _places.Add(number, [clinic.At]);
    }

    private void Leave(Guid id)
    {
        if (_numbers.Remove(id, out var number))
        {
            _places.Remove(number, [_clinics[number]!.At]);
            (_clinics[number], _listed[number]) = (null, false);
            _free.Push(number);
        }
    }
}
