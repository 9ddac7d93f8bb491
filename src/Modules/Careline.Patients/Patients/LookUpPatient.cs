using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Patients.Patients;

/// <summary>A patient whom a doctor does not care for yet: nothing but who it is.</summary>
/// <param name="Id">The patient.</param>
/// <param name="Number">The human number.</param>
/// <param name="Name">Both names.</param>
public sealed record FoundPatient(Guid Id, string Number, string Name);

/// <summary>The only way from a doctor to a patient outside the doctor's care: by what the patient must have said, exactly.</summary>
internal static class LookUpPatient
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/lookup/", Handle).Named("LookUpPatient", "Finds one patient by exact number or phone.").ForRoles(Roles.Doctor)
            .WithFilters("number", "phone");

    private static async Task<Answer<FoundPatient>> Handle(ListQuery query, CarelineDb db, AuditTrail trail, CancellationToken ct)
    {
        var number = query.Text("number", 32)?.ToUpperInvariant();
        var phone = query.Text("phone", 16);
        if (number is null == phone is null)
        {
            query.Fault("number", "Give the number or the phone, not both.");
        }

        query.Check();
        var found = await db.Set<Patient>().Where(p => p.IsActive && (number != null ? p.Number == number : p.Phone == phone))
            .OrderBy(p => p.Number).Take(2).Select(p => new FoundPatient(p.Id, p.Number, p.Name)).ToListAsync(ct);
        trail.Concerns(found.Select(p => p.Id));
        return found.Count switch
        {
            0 => throw new NotFound(),
            1 => Answer.Ok(found[0]),
            // A family may share a phone, and the wrong member's record must not be opened by chance.
            _ => throw new RuleViolation("AMBIGUOUS_PHONE", "Several patients share this phone: ask for the number."),
        };
    }
}
