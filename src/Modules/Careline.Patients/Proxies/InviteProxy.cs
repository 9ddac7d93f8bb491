using Careline.Audit.Contracts;
using Careline.Patients.Care;
using Careline.Patients.Patients;
using Careline.Platform.Delivery;
using Microsoft.Extensions.Options;

namespace Careline.Patients.Proxies;

/// <summary>Whom to ask to act for the patient, and how far.</summary>
/// <param name="Email">Where the invitation is mailed.</param>
/// <param name="Relation">What they are to the patient.</param>
/// <param name="Rights">read, book, or both.</param>
/// <param name="ValidUntil">First moment after it; open-ended unless told. Parents and guardians of a child act until its eighteenth birthday.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record InviteProxyRequest(
    [Required, EmailAddress, StringLength(254)] string Email,
    ProxyRelation Relation,
    [Required, MinLength(1), MaxLength(2)] IReadOnlyList<ProxyRight> Rights,
    DateTimeOffset? ValidUntil = null);

/// <summary>The answer is the same whether or not the address belongs to an account: nobody is looked up.</summary>
internal static class InviteProxy
{
    // More than a family needs, and too few to pester strangers by mail.
    private const int MostLinks = 10;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/{id:guid}/proxies/", Handle)
        .Named("InviteProxy", "Asks somebody by mail to act for a patient.").ForSignedIn().VisibleAs<Patient>();

    private static async Task<CreatedAnswer<ProxyResponse>> Handle(
        Guid id, InviteProxyRequest request, HttpRequest http, Actor actor, CarelineDb db, Postbox post, Phrases phrases, IOptions<PatientsOptions> options,
        AuditTrail trail, CancellationToken ct)
    {
        (await PatientAccess.OfAsync(db, actor, id, ct)).RequireSpeakingForPatient();
        var patient = await db.Set<Patient>().SingleAsync(p => p.Id == id, ct);
        if (await db.Set<Proxy>().CountAsync(p => p.PatientId == id && p.EndedAt == null, ct) >= MostLinks)
        {
            throw new RuleViolation("TOO_MANY_PROXIES", $"At most {MostLinks} people act for a patient or are asked to. End one first.");
        }

        var minutes = options.Value.ProxyInvitationMinutes;
        var (proxy, token) = Proxy.Invite(patient, request, actor, TimeSpan.FromMinutes(minutes), db.Now);
        db.Append(proxy);
        // Without the patient's name: a mistyped address must not learn who is treated here.
        var mail = phrases.Say(
            "patients.proxy_invitation", http.Languages(), ("minutes", minutes.ToString(CultureInfo.InvariantCulture)), ("token", token));
        post.Mail(request.Email, mail.Subject, mail.Text, TimeSpan.FromMinutes(minutes));
        trail.About("proxy", proxy.Id).Concerns(id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Created(ProxyResponse.From(proxy, null, true, db.Now), "Invited.");
    }
}
