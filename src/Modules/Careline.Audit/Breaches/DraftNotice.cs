using System.Net.Mime;
using System.Reflection;
using System.Text;
using Careline.Audit.Reading;
using Microsoft.AspNetCore.Http.Metadata;

namespace Careline.Audit.Breaches;

/// <summary>What the law wants said, out of what the register knows; what it does not know stands in square brackets.</summary>
internal static class DraftNotice
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/{id:guid}/notice/", Handle).Named("DraftBreachNotice", "A draft of the notice as plain text (to=authority, or to=patients).")
            .ForRoles(ListEvents.Readers).VisibleAs<Breach>().WithFilters("to");

    private static async Task<NoticeFile> Handle(Guid id, ListQuery query, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var to = query.Enum<BreachAudience>("to") ?? BreachAudience.Authority;
        if (to == BreachAudience.Media)
        {
            query.Fault("to", "Must be one of: authority, patients.");
        }

        query.Check();
        var breach = await Breach.VisibleTo(db, actor).FirstOrDefaultAsync(b => b.Id == id, ct) ?? throw new NotFound();
        trail.About("breach", id).Always().Because("operations");
        return new NoticeFile(to, to == BreachAudience.Authority ? NoticeText.ToAuthority(breach, db.Now) : NoticeText.ToPatients(breach));
    }
}

/// <summary>The words of a notice.</summary>
internal static class NoticeText
{
    private const string Draft = "DRAFT. Read it and fill in what stands in square brackets before it is sent.";

    /// <summary>What NDPA 2023, section 40, and GDPR article 33(3) list.</summary>
    public static string ToAuthority(Breach breach, DateTimeOffset now)
    {
        var text = Begin("Notice of a personal data breach to the data protection authority");
        Part(text, "Organisation", null, "name, address and registration number of the data controller");
        Part(text, "Contact point", breach.ContactPoint, "name, phone and e-mail of who answers questions");
        Part(text, "Discovered", At(breach.DiscoveredAt), "");
        Part(text, "Occurred", Period(breach), "when it began and ended");
        Part(text, "Nature of the breach", breach.Description, "what happened");
        Part(text, "Categories of people concerned", Listed(breach.PeopleCategories), "such as patients, staff");
        Part(text, "Approximate number of people concerned", Number(breach.PeopleEstimate ?? (breach.PatientIds.Length > 0 ? breach.PatientIds.Length : null)), "about how many");
        Part(text, "Categories of data", Listed(breach.DataCategories), "such as names, diagnoses");
        Part(text, "Approximate number of records concerned", Number(breach.RecordsEstimate), "about how many");
        Part(text, "Likely consequences", breach.Consequences, "what is likely to follow for the people concerned");
        Part(text, "Risk to the people concerned", breach.RiskLevel is { } risk ? EnumText<RiskLevel>.Of(risk) : null, "low, medium or high");
        Part(text, "Was the data encrypted", Encrypted(breach.WasEncrypted), "whether anybody can read what was exposed");
        Part(text, "Measures taken", breach.MeasuresTaken, "what was done against it");
        Part(text, "Measures proposed", breach.MeasuresProposed, "what is going to be done");
        Part(text, "Have the people concerned been told", breach.PatientsNotifiedAt is { } told ? $"Yes, on {At(told)}" : null, "whether and when, or why not");
        if ((breach.AuthorityNotifiedAt ?? now) > breach.DiscoveredAt + Breach.AuthorityWithin)
        {
            Part(text, "Reasons for the delay beyond 72 hours", null, "why this notice is late");
        }

        return text.ToString();
    }

    /// <summary>What 45 CFR 164.404(c)(1), NDPA 2023, section 40, and GDPR article 34(2) list, in plain language.</summary>
    public static string ToPatients(Breach breach)
    {
        var text = Begin("About your personal data");
        Part(text, "Who writes to you", null, "name of the practice");
        Part(text, "What happened", breach.Description, "what happened");
        Part(text, "When it happened", Period(breach), "when it began and ended");
        Part(text, "When we found out", At(breach.DiscoveredAt), "");
        Part(text, "What kinds of data were involved", Listed(breach.DataCategories), "such as names, diagnoses");
        Part(text, "Whether anybody can read it", Encrypted(breach.WasEncrypted), "whether it was encrypted");
        Part(text, "What this may mean for you", breach.Consequences, "what is likely to follow");
        Part(text, "What you should do to protect yourself", breach.Advice, "steps, such as changing a password or watching for calls");
        Part(text, "What we have done", breach.MeasuresTaken, "how we investigate, limit the harm and protect against further breaches");
        Part(text, "What we are going to do", breach.MeasuresProposed, "what is going to be done");
        Part(text, "Whom to ask", breach.ContactPoint, "a free phone number, an e-mail address, a web site or a postal address");
        return text.ToString();
    }

    private static StringBuilder Begin(string title) => new StringBuilder(Draft).Append("\n\n").Append(title).Append('\n');

    private static void Part(StringBuilder text, string title, string? words, string missing) =>
        text.Append('\n').Append(title).Append('\n').Append(string.IsNullOrWhiteSpace(words) ? $"[STILL MISSING: {missing}]" : words).Append('\n');

    private static string? Listed(string[] words) => words.Length == 0 ? null : string.Join(", ", words);

    private static string? Number(int? count) => count?.ToString("N0", CultureInfo.InvariantCulture);

    private static string? Encrypted(bool? wasEncrypted) => wasEncrypted switch
    {
        true => "Yes: it was encrypted, and the key was not exposed.",
        false => "No: it was not encrypted.",
        null => null,
    };

    private static string? Period(Breach breach) => (breach.OccurredFrom, breach.OccurredTo) switch
    {
        ({ } from, { } to) => $"From {At(from)} to {At(to)}",
        ({ } from, null) => $"From {At(from)} to [STILL MISSING: when it ended]",
        (null, { } to) => $"From [STILL MISSING: when it began] to {At(to)}",
        _ => null,
    };

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";
}

/// <summary>A notice as a text file.</summary>
internal sealed class NoticeFile(BreachAudience to, string text) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [MediaTypeNames.Text.Plain]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = MediaTypeNames.Text.Plain + "; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"notice-to-{EnumText<BreachAudience>.Of(to)}.txt\"";
        return httpContext.Response.WriteAsync(text, httpContext.RequestAborted);
    }
}
