using Careline.Doctors.Doctors;
using Careline.Doctors.Search;
using Careline.Doctors.Specializations;
using Careline.Finding.Contracts;

namespace Careline.Doctors.Listing;

/// <summary>
/// Answers the doctor list from the tables: what administrators ask by verification, and everybody's questions while the index is not loaded. The same
/// answers, but that a search takes words as they are written.
/// </summary>
internal static class DoctorTables
{
    public static async Task<Page<DoctorResponse>> AnswerAsync(
        CarelineDb db, DoctorQuestion question, Verification? verification, ListQuery query, CancellationToken ct)
    {
        var doctors = verification is { } status ? db.Set<Doctor>().Where(d => d.Verification == status) : db.Set<Doctor>().Where(d => d.IsListed);
        var found = await NarrowedAsync(db, doctors, question, query, ct);
        var page = await query.PageAsync(Ordered(db, found, question), DoctorResponse.Projection(db, actor: null), ct);
        await DoctorResponse.NameClinicsAsync(db, page.Rows, ct);
        return question.Near is { } near ? page with { Rows = await MeasuredAsync(db, page.Rows, near, ct) } : page;
    }

    private static async Task<IQueryable<Doctor>> NarrowedAsync(
        CarelineDb db, IQueryable<Doctor> doctors, DoctorQuestion question, ListQuery query, CancellationToken ct)
    {
        if (question.Specialty is { } specialty)
        {
            var id = await Specialization.IdOfAsync(db, specialty, ct);
            doctors = doctors.Where(d => db.Set<SpecialtyListing>().Any(l => l.DoctorId == d.Id && l.SpecializationId == id));
        }

        if (question.LeastRating is { } rating)
        {
            doctors = doctors.Where(d => d.Rating >= rating);
        }

        if (question.MostFee is { } fee)
        {
            doctors = doctors.Where(d => d.FeeAmount == null || d.FeeAmount <= fee);
        }

        if (question.LeastExperience is { } years)
        {
            doctors = doctors.Where(d => d.ExperienceYears >= years);
        }

        if (question.Language is { } language)
        {
            doctors = doctors.Where(d => d.Languages.Contains(language));
        }

        if (question.ClinicId is { } clinic)
        {
            doctors = doctors.Where(d => db.Set<ClinicListing>().Any(l => l.DoctorId == d.Id && l.ClinicId == clinic));
        }

        if (question.Modality is { } modality)
        {
            var text = EnumText<Modality>.Of(modality);
            doctors = doctors.Where(d => d.Modalities.Contains(text));
        }

        if (question.AvailableOn is { } day)
        {
            doctors = doctors.Where(d => db.Set<ListedDay>().Any(f => f.DoctorId == d.Id && f.Day == day));
        }

        if (question is { Near: { } near, Radius: { } radius })
        {
            var distances = DoctorPlace.DistancesFrom(db, near);
            doctors = doctors.Where(d => distances.Any(p => p.DoctorId == d.Id && p.Kilometres <= radius));
        }

        foreach (var pattern in question.Search is null ? [] : query.SearchPatterns)
        {
            doctors = doctors.Where(d => EF.Functions.ILike(d.SearchText, pattern, @"\"));
        }

        return doctors;
    }

    /// <summary>Doctors who asked for no fee, have no free time, or no place come last either way.</summary>
    private static IQueryable<Doctor> Ordered(CarelineDb db, IQueryable<Doctor> doctors, DoctorQuestion question) =>
        ((question.Order, question.IsDescending) switch
        {
            ("fee", false) => doctors.OrderBy(d => d.FeeAmount),
            ("fee", true) => doctors.OrderBy(d => d.FeeAmount == null).ThenByDescending(d => d.FeeAmount),
            ("experience", false) => doctors.OrderBy(d => d.ExperienceYears),
            ("experience", true) => doctors.OrderByDescending(d => d.ExperienceYears),
            ("next_available", false) => doctors.OrderBy(d => d.NextFreeAt),
            ("next_available", true) => doctors.OrderBy(d => d.NextFreeAt == null).ThenByDescending(d => d.NextFreeAt),
            ("distance", var farthestFirst) => OrderedByDistance(db, doctors, question.Near!.Value, farthestFirst),
            ("rating", false) => doctors.OrderBy(d => d.Rating),
            _ => doctors.OrderByDescending(d => d.Rating),
        }).ThenBy(d => d.Id);

    private static IOrderedQueryable<Doctor> OrderedByDistance(CarelineDb db, IQueryable<Doctor> doctors, Place near, bool farthestFirst)
    {
        var distances = DoctorPlace.DistancesFrom(db, near);
        return farthestFirst
            ? doctors.OrderBy(d => !distances.Any(p => p.DoctorId == d.Id))
                .ThenByDescending(d => distances.Where(p => p.DoctorId == d.Id).Min(p => (double?)p.Kilometres))
            : doctors.OrderBy(d => distances.Where(p => p.DoctorId == d.Id).Min(p => (double?)p.Kilometres));
    }

    private static async Task<IReadOnlyList<DoctorResponse>> MeasuredAsync(
        CarelineDb db, IReadOnlyList<DoctorResponse> rows, Place near, CancellationToken ct)
    {
        var ids = rows.Select(r => r.Id).ToArray();
        var places = (await db.Set<DoctorPlace>().Where(p => ids.Contains(p.DoctorId)).ToListAsync(ct))
            .ToLookup(p => p.DoctorId, p => near.KilometresTo(new Place(p.Latitude, p.Longitude)));
        return [.. rows.Select(r => places.Contains(r.Id) ? r with { DistanceKm = ListedDoctor.Rounded(places[r.Id].Min()) } : r)];
    }
}
