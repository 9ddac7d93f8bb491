using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Prescriptions.Prescriptions;

namespace Careline.Prescriptions.Paying;

/// <summary>What a pharmacy asks.</summary>
/// <param name="Amount">In minor units.</param>
/// <param name="Currency">ISO 4217.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QuoteRequest(
    [Range(1, 1_000_000_000_000)] long Amount, [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "An ISO 4217 code, such as NGN.")] string Currency);

/// <summary>What a pharmacy asks.</summary>
/// <param name="PrescriptionId">For which prescription.</param>
/// <param name="ClinicId">Which pharmacy.</param>
/// <param name="Amount">In minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="QuotedAt">When it said so.</param>
public sealed record QuoteResponse(Guid PrescriptionId, Guid ClinicId, long Amount, string Currency, DateTimeOffset QuotedAt)
{
    internal static QuoteResponse From(Quote quote) => new(quote.Id, quote.ClinicId, quote.Amount, quote.Currency, quote.QuotedAt);
}

internal static class QuotePrescription
{
    public static void Map(RouteGroupBuilder prescriptions)
    {
        prescriptions.MapGet("/{id:guid}/quote/", Show).Named("GetPrescriptionQuote", "What the pharmacy asks for a prescription.")
            .ForRoles(Roles.Patient, Roles.Doctor, Roles.Nurse, Roles.Pharmacist).VisibleAs<Prescription>();
        prescriptions.MapPut("/{id:guid}/quote/", Ask).Named("QuotePrescription", "Says what the pharmacy to which a prescription was sent asks for it.")
            .ForRoles(Roles.Pharmacist).VisibleAs<Prescription>();
    }

    private static async Task<Answer<QuoteResponse>> Show(Guid id, Actor actor, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var prescription = await Prescription.VisibleTo(db, actor).FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFound();
        trail.About("prescription", id).Concerns(prescription.PatientId).Because("payment");
        return Answer.Ok(QuoteResponse.From(await db.Set<Quote>().FirstOrDefaultAsync(q => q.Id == id && q.ClinicId == prescription.PharmacyId, ct) ?? throw new NotFound()));
    }

    private static async Task<Answer<QuoteResponse>> Ask(Guid id, QuoteRequest request, Actor actor, CarelineDb db, PrescriptionDesk desk, CancellationToken ct)
    {
        var prescription = await desk.HoldAsync(actor, id, ct);
        if (prescription.PharmacyId is not { } clinic || !await Prescription.PharmaciesOf(db, actor).ContainsAsync(clinic, ct))
        {
            throw new PermissionDenied("The pharmacy to which it was sent says what it costs.");
        }

        var quote = await db.Set<Quote>().AsTracking().FirstOrDefaultAsync(q => q.Id == id, ct);
        if (quote is null)
        {
            quote = Quote.Of(id);
            db.Add(quote);
        }

        quote.Ask(clinic, request, actor.AccountId, db.Now);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(QuoteResponse.From(quote), "Quoted.");
    }
}
