using System.Linq.Expressions;

namespace Careline.Patients.Consents;

/// <summary>What people are asked to agree to.</summary>
/// <param name="Kind">privacy_notice, telehealth_consent, data_sharing.</param>
/// <param name="Version">The version, to be named when it is agreed to.</param>
/// <param name="Title">One line.</param>
/// <param name="Body">Plain text.</param>
/// <param name="IsWithdrawable">False of a notice, which asks for no consent.</param>
/// <param name="PublishedAt">Since when it is the present wording.</param>
public sealed record ConsentTextResponse(ConsentKind Kind, int Version, string Title, string Body, bool IsWithdrawable, DateTimeOffset PublishedAt)
{
    internal static readonly Expression<Func<ConsentText, ConsentTextResponse>> Projection = t =>
        new ConsentTextResponse(t.Kind, t.Version, t.Title, t.Body, t.IsWithdrawable, t.PublishedAt);
}

internal static class ListConsentTexts
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/texts/", Handle).Named("ListConsentTexts", "The present wording of each text that people are asked to agree to.")
            .ForAnyone("people read what they will be asked before they sign up").WithFilters("kind");

    private static async Task<PageAnswer<ConsentTextResponse>> Handle(ListQuery query, CarelineDb db, CancellationToken ct)
    {
        var texts = ConsentText.Current(db);
        if (query.Enum<ConsentKind>("kind") is { } kind)
        {
            texts = texts.Where(t => t.Kind == kind);
        }

        return Answer.Page(await query.PageAsync(texts.OrderBy(t => t.Kind), ConsentTextResponse.Projection, ct));
    }
}
