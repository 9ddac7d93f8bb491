using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Doctors.Doctors;
using Careline.Doctors.Specializations;
using Careline.Platform.Data;
using Careline.Platform.Security;
using Careline.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Careline.Doctors.Listing;

/// <summary>The doctor list: what nearly everybody asks, a specialty by rating, is a statement of its own; the rest is composed.</summary>
internal static class ListDoctors
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/", Handle).Named("ListDoctors", "Doctors who may be booked, best first.")
            .ForAnyone("people choose a doctor before they sign up")
            .AnsweredAlike(except: "verification_status")
            .WithFilters(
                "specialization", "min_rating", "max_fee", "min_experience", "language", "clinic", "modality", "available_on", "verification_status");

    private static async Task<PageAnswer<DoctorResponse>> Handle(
        ListQuery query, Actor? actor, CarelineDb db, BestOfSpecialty best, CancellationToken ct)
    {
        var specialty = query.Text("specialization");
        var rating = query.Decimal("min_rating", 0, 5);
        var (order, descending) = query.Ordering("-rating", "fee", "experience", "next_available");
        var rest = Compose(query, actor, db);
        query.Check();
        var page = rest.Count == 0 && specialty is not null && order == "rating" && descending
            ? await best.FindAsync(specialty, rating ?? 0, query, ct)
            : await query.PageAsync(
                Ordered(await NarrowAsync(query, db, rest, ct), order, descending), DoctorResponse.Projection(db, actor: null), ct);
        await DoctorResponse.NameClinicsAsync(db, page.Rows, ct);
        return Answer.Page(page);
    }

    private static async Task<IQueryable<Doctor>> NarrowAsync(
        ListQuery query, CarelineDb db, List<Expression<Func<Doctor, bool>>> rest, CancellationToken ct)
    {
        var doctors = rest.Aggregate(db.Set<Doctor>().AsQueryable(), (rows, filter) => rows.Where(filter));
        if (query.Text("specialization") is { } specialty)
        {
            var id = await Specialization.IdOfAsync(db, specialty, ct);
            doctors = doctors.Where(d => db.Set<SpecialtyListing>().Any(l => l.DoctorId == d.Id && l.SpecializationId == id));
        }

        if (query.Decimal("min_rating", 0, 5) is { } rating)
        {
            doctors = doctors.Where(d => d.Rating >= rating);
        }

        return query.Text("verification_status") is null ? doctors.Where(d => d.IsListed) : doctors;
    }

    /// <summary>Every filter but specialty and rating that the query names.</summary>
    private static List<Expression<Func<Doctor, bool>>> Compose(ListQuery query, Actor? actor, CarelineDb db)
    {
        var filters = new List<Expression<Func<Doctor, bool>>>();
        if (query.Integer("max_fee", 0, int.MaxValue) is { } fee)
        {
            filters.Add(d => d.FeeAmount == null || d.FeeAmount <= fee);
        }

        if (query.Integer("min_experience", 0, 100) is { } years)
        {
            filters.Add(d => d.ExperienceYears >= years);
        }

        if (query.Text("language", 35) is { } language)
        {
            filters.Add(d => d.Languages.Contains(language));
        }

        if (query.Id("clinic") is { } clinic)
        {
            filters.Add(d => db.Set<ClinicListing>().Any(l => l.DoctorId == d.Id && l.ClinicId == clinic));
        }

        if (query.Enum<Modality>("modality") is { } modality)
        {
            var text = EnumText<Modality>.Of(modality);
            filters.Add(d => d.Modalities.Contains(text));
        }

        if (query.Date("available_on") is { } day)
        {
            filters.Add(d => db.Set<ListedDay>().Any(f => f.DoctorId == d.Id && f.Day == day));
        }

        if (query.Enum<Verification>("verification_status") is { } verification)
        {
            filters.Add(actor is { IsAdmin: true } ? d => d.Verification == verification
                : throw new PermissionDenied("Only administrators may list doctors by verification."));
        }

        foreach (var pattern in query.SearchPatterns)
        {
            filters.Add(d => EF.Functions.ILike(d.SearchText, pattern, @"\"));
        }

        return filters;
    }

    /// <summary>Doctors who asked for no fee, or have no free time, come last either way.</summary>
    private static IQueryable<Doctor> Ordered(IQueryable<Doctor> doctors, string order, bool descending) => ((order, descending) switch
    {
        ("fee", false) => doctors.OrderBy(d => d.FeeAmount),
        ("fee", true) => doctors.OrderBy(d => d.FeeAmount == null).ThenByDescending(d => d.FeeAmount),
        ("experience", false) => doctors.OrderBy(d => d.ExperienceYears),
        ("experience", true) => doctors.OrderByDescending(d => d.ExperienceYears),
        ("next_available", false) => doctors.OrderBy(d => d.NextFreeAt),
        ("next_available", true) => doctors.OrderBy(d => d.NextFreeAt == null).ThenByDescending(d => d.NextFreeAt),
        ("rating", false) => doctors.OrderBy(d => d.Rating),
        _ => doctors.OrderByDescending(d => d.Rating),
    }).ThenBy(d => d.Id);
}
