using Careline.Doctors.Doctors;
using Careline.Finding.Contracts;

namespace Careline.Doctors.Search;

/// <summary>A doctor of the public list, as the index keeps one: the answer that is shown, and what it is found and ordered by.</summary>
internal sealed class ListedDoctor
{
    /// <summary>Free times that are kept ready for when the next one has passed; scheduling tells anew long before so many days went by.</summary>
    public const int MostTimes = 4;

    public required DoctorResponse Shown { get; init; }

    /// <summary>The same as modules above know a doctor.</summary>
    public required DoctorRow Row { get; init; }

    public required Guid[] SpecializationIds { get; init; }

    public required Place[] Places { get; init; }

    /// <summary>As scheduling last told it: what the list is ordered by.</summary>
    public required DateTimeOffset? NextFreeAt { get; init; }

    /// <summary>First free times of the coming days, the first <see cref="MostTimes"/> of them.</summary>
    public required DateTimeOffset[] Times { get; init; }

    public required DateOnly[] Days { get; init; }

    public Guid Id => Shown.Id;

    /// <summary>The answer as of now, and from there.</summary>
    public DoctorResponse ShownAt(DateTimeOffset now, Place? from)
    {
        var next = NextFreeAt is null || NextFreeAt > now ? NextFreeAt : Times.Where(t => t > now).Select(t => (DateTimeOffset?)t).FirstOrDefault();
        var distance = from is { } centre ? DistanceFrom(centre) : null;
        return next == Shown.NextAvailableAt && distance is null ? Shown : Shown with { NextAvailableAt = next, DistanceKm = distance };
    }

    /// <summary>To the nearest of the doctor's places, in kilometres; null without a place.</summary>
    public double? DistanceFrom(Place centre) => Places.Length == 0 ? null : Rounded(Places.Min(p => centre.KilometresTo(p)));

    /// <summary>To ten metres: more is not known.</summary>
    public static double Rounded(double kilometres) => Math.Round(kilometres, 2);

    /// <summary>The words by which the doctor is found.</summary>
    /// <param name="terms">What a specialty is also called.</param>
    public HashSet<string> Words(Func<Guid, IEnumerable<string>> terms) => Spelling.WordsOf([
        Shown.Name,
        .. Shown.Specializations,
        Shown.SpecialtyText,
        Shown.Bio,
        .. Shown.Languages.Select(Spelling.NameOf),
        .. SpecializationIds.SelectMany(terms),
    ]);
}
