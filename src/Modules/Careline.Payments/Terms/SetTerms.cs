using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Gateways.Contracts;
using Careline.Payments.Payments;
using Microsoft.Extensions.Options;

namespace Careline.Payments.Terms;

/// <summary>What a clinic takes and gives.</summary>
/// <param name="TaxPercent">On top of every price.</param>
/// <param name="DoctorPercent">The doctors' share of what a visit costs before taxes.</param>
/// <param name="PlatformPercent">The platform's share, which administrators of the platform set; left as it is where absent.</param>
/// <param name="Gateways">Those that it takes, the first choice first; empty means whatever suits the currency.</param>
/// <param name="InvoicePrefix">What the numbers of its papers begin with.</param>
/// <param name="TaxNumber">For its papers.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ClinicTermsRequest(
    [Range(0, 100)] decimal TaxPercent,
    [Range(0, 100)] decimal DoctorPercent,
    [Required, MaxLength(4)] IReadOnlyList<Gateway> Gateways,
    [Range(0, 100)] decimal? PlatformPercent = null,
    [RegularExpression("^[A-Z0-9]{2,8}$", ErrorMessage = "2 to 8 capital letters and figures.")] string? InvoicePrefix = null,
    [MaxLength(50)] string? TaxNumber = null);

/// <summary>What a clinic takes and gives.</summary>
public sealed record ClinicTermsResponse : IVersioned
{
    /// <summary>The clinic.</summary>
    public required Guid ClinicId { get; init; }

    /// <summary>On top of every price.</summary>
    public required decimal TaxPercent { get; init; }

    /// <summary>The doctors' share.</summary>
    public required decimal DoctorPercent { get; init; }

    /// <summary>The platform's share.</summary>
    public required decimal PlatformPercent { get; init; }

    /// <summary>Those that it takes; empty means whatever suits.</summary>
    public required IReadOnlyList<string> Gateways { get; init; }

    /// <summary>What the numbers of its papers begin with.</summary>
    public required string InvoicePrefix { get; init; }

    /// <summary>For its papers.</summary>
    public required string? TaxNumber { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    internal static ClinicTermsResponse From(ClinicTerms terms) => new()
    {
        ClinicId = terms.Id,
        TaxPercent = terms.TaxPercent,
        DoctorPercent = terms.DoctorPercent,
        PlatformPercent = terms.PlatformPercent,
        Gateways = terms.Gateways,
        InvoicePrefix = terms.InvoicePrefix,
        TaxNumber = terms.TaxNumber,
        Version = terms.Version,
    };
}

/// <summary>Who runs a clinic sets its terms; the share of the platform is the platform's to set.</summary>
internal static class SetTerms
{
    private const string Why = "Refused to everybody but who runs the clinic or the platform.";

    public static void Map(RouteGroupBuilder clinics)
    {
        clinics.MapGet("/{id:guid}/payment-terms/", Show).Named("GetClinicPaymentTerms", "What a clinic takes and gives.").ForSignedIn().OpenToAll(Why);
        clinics.MapPut("/{id:guid}/payment-terms/", Replace).Named("SetClinicPaymentTerms", "Sets taxes, shares and gateways of a clinic, for payments that begin from now on.")
            .ForSignedIn().RequiresRecentSignIn().VisibleAs<Clinics.Contracts.StaffedClinic>();
    }

    private static async Task<Answer<ClinicTermsResponse>> Show(Guid id, Actor actor, CarelineDb db, IOptions<PaymentsOptions> options, CancellationToken ct)
    {
        await RequireAsync(db, actor, id, ct);
        return Answer.Ok(ClinicTermsResponse.From(await db.Set<ClinicTerms>().FirstOrDefaultAsync(t => t.Id == id, ct) ?? ClinicTerms.Usual(id, options.Value)));
    }

    private static async Task<Answer<ClinicTermsResponse>> Replace(
        Guid id, ClinicTermsRequest request, IfMatch ifMatch, Actor actor, CarelineDb db, IOptions<PaymentsOptions> options, AuditTrail trail, CancellationToken ct)
    {
        await RequireAsync(db, actor, id, ct);
        var usual = ClinicTerms.Usual(id, options.Value);
        var isNew = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO payments.clinic_terms (id, tax_percent, doctor_percent, platform_percent, gateways, invoice_prefix, updated_at, version)
            VALUES ({id}, 0, {usual.DoctorPercent}, {usual.PlatformPercent}, ARRAY[]::text[], '', {db.Now}, 0) ON CONFLICT (id) DO NOTHING
            """,
            ct) == 1;
        var terms = await db.Set<ClinicTerms>().FromSql($"SELECT * FROM payments.clinic_terms WHERE id = {id} FOR NO KEY UPDATE").AsTracking().FirstAsync(ct);
        var present = terms.PlatformPercent;
        var platform = request.PlatformPercent ?? present;
        if (platform != present && !actor.IsAdmin)
        {
            throw new PermissionDenied("The platform's share is set by its administrators.");
        }

        if (platform + request.DoctorPercent > 100)
        {
            throw new InvalidInput("doctor_percent", "The shares come to more than the whole.");
        }

        if (!isNew)
        {
            ifMatch.Check(terms);
        }

        terms.Replace(request, platform, db.Now);
        trail.About("clinic_payment_terms", id).Because("operations");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(ClinicTermsResponse.From(terms), "Terms set.");
    }

    private static async Task RequireAsync(CarelineDb db, Actor actor, Guid clinicId, CancellationToken ct)
    {
        var isThere = await db.Set<Clinics.Contracts.ClinicRow>().AnyAsync(c => c.Id == clinicId, ct);
        if (!isThere || (!actor.IsAdmin && !await TillKeepers.RunBy(db, actor).ContainsAsync(clinicId, ct)))
        {
            throw new NotFound();
        }
    }
}
