using Careline.Accounts.Contracts;
using Careline.Doctors.Doctors;
using Careline.Doctors.Presence;
using Careline.Doctors.Search;

namespace Careline.Doctors.Listing;

/// <summary>The doctor list: listed doctors from the index, or from the tables while it cannot answer; by verification only for administrators.</summary>
internal static class ListDoctors
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/", Handle).Named(
                "ListDoctors", "Doctors who may be booked, best first; nearest first with near=latitude,longitude. search forgives marks and misspellings.")
            .ForAnyone("people choose a doctor before they sign up")
            .WithFilters([.. DoctorQuestion.Filters, "verification_status"]);

    private static async Task<PageAnswer<DoctorResponse>> Handle(ListQuery query, Actor? actor, CarelineDb db, DoctorIndex index, PresenceBoard board, CancellationToken ct)
    {
        var question = DoctorQuestion.Read(query);
        var verification = query.Enum<Verification>("verification_status");
        query.Check();
        if (verification is not null && actor is not { IsAdmin: true })
        {
            throw new PermissionDenied("Only administrators may list doctors by verification.");
        }

        return Answer.Page(verification is null && await index.AnswerAsync(question, query, ct) is { } page
            ? page with { Rows = WithPresence(page.Rows, board) } : await DoctorTables.AnswerAsync(db, question, verification, query, ct));
    }

    private static IReadOnlyList<DoctorResponse> WithPresence(IReadOnlyList<DoctorResponse> rows, PresenceBoard board) =>
        [.. rows.Select(r => board.Of(r.Id) is var presence && presence != r.Presence ? r with { Presence = presence } : r)];
}
