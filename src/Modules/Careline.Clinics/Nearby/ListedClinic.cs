using Careline.Accounts.Contracts;
using Careline.Clinics.Clinics;
using Careline.Clinics.Profile;
using Careline.Clinics.Services;
using Careline.Clinics.Staff;
using Careline.Finding.Contracts;

namespace Careline.Clinics.Nearby;

/// <summary>A clinic that the public finds by its place, as the index keeps one: the answer that is shown, and what it is found by.</summary>
internal sealed class ListedClinic
{
    /// <summary>As everybody reads it.</summary>
    public required ClinicResponse Shown { get; init; }

    /// <summary>For those who run it and administrators.</summary>
    public required ClinicVerificationState Verification { get; init; }

    public required Guid[] Administrators { get; init; }

    /// <summary>What can be booked.</summary>
    public required ListedOffer[] Services { get; init; }

    public Guid Id => Shown.Id;

    public Place At => new(Shown.Location!.Latitude, Shown.Location.Longitude);

    /// <summary>Clinics by their ids, without those that the public does not find; all of them for null.</summary>
    public static async Task<IReadOnlyList<ListedClinic>> ReadAsync(CarelineDb db, IReadOnlyCollection<Guid>? ids, CancellationToken ct)
    {
        var listed = Clinic.VisibleToAnyone(db, null).Where(c => c.Longitude != null);
        listed = ids is null ? listed : listed.Where(c => ids.Contains(c.Id));

        // Named here too, the clinics lead to their rows: through the clinics alone every row of every clinic would be looked at.
        var (offers, staff) = (db.Set<ServiceOffer>().AsQueryable(), db.Set<StaffMember>().AsQueryable());
        (offers, staff) = ids is null ? (offers, staff) : (offers.Where(s => ids.Contains(s.ClinicId)), staff.Where(s => ids.Contains(s.ClinicId)));
        var services = (await offers.Where(s => s.IsActive && s.RemovedAt == null && listed.Any(c => c.Id == s.ClinicId))
            .Select(s => new { s.ClinicId, s.Id, s.Name, s.Category, s.PriceAmount, s.PriceCurrency }).ToListAsync(ct))
            .ToLookup(s => s.ClinicId, s => new ListedOffer(s.Id, s.Name.ToLowerInvariant(), s.Category?.ToLowerInvariant(), s.PriceAmount, s.PriceCurrency));
        var running = (await staff.Where(s => s.Role == ClinicRole.Administrator && s.LeftAt == null && listed.Any(c => c.Id == s.ClinicId))
            .Select(s => new { s.ClinicId, s.AccountId }).ToListAsync(ct)).ToLookup(s => s.ClinicId, s => s.AccountId);
        var verification = await listed.Select(c => new { c.Id, State = new ClinicVerificationState(c.Verification, c.VerificationAt, c.VerificationNote, c.RegistrationNumber) })
            .ToDictionaryAsync(c => c.Id, c => c.State, ct);
        var clinics = await listed.Select(ClinicResponse.Projection(db, null)).AsSplitQuery().ToListAsync(ct);

        // One that came or went between the statements is told once more.
        return
        [
            .. clinics.Where(c => verification.ContainsKey(c.Id)).Select(c => new ListedClinic
            {
                Shown = c,
                Verification = verification[c.Id],
                Administrators = [.. running[c.Id]],
                Services = [.. services[c.Id]],
            }),
        ];
    }

    /// <summary>To a metre.</summary>
    public static double Rounded(double kilometres) => Math.Round(kilometres, 3);

    public bool Meets(NearbyQuestion question, DateTimeOffset now) =>
        (question.Kind is null || Shown.Kind == question.Kind || Shown.Kind == ClinicKind.Both)
        && (question.IsPharmacy is null || Shown.IsPharmacy == question.IsPharmacy)
        && (question.Service is not { } wanted || Array.Exists(Services, service => service.Meets(wanted)))
        && (question.IsOpen is null || OpeningPlan.IsOpen(Shown.TimeZone, Shown.Hours, Shown.ClosedDays, now) == question.IsOpen);

    /// <summary>The answer as of now, from there, for that reader.</summary>
    public ClinicResponse ShownTo(Actor? actor, Place from, DateTimeOffset now) => Shown with
    {
        At = now,
        DistanceKm = Rounded(from.KilometresTo(At)),
        Verification = actor is not null && (actor.IsAdmin || Administrators.Contains(actor.AccountId)) ? Verification : null,
    };
}

/// <summary>Something that can be booked, with its words in small letters.</summary>
internal sealed record ListedOffer(Guid Id, string Name, string? Category, long Amount, string Currency)
{
    public bool Meets(ServiceQuestion wanted) =>
        (wanted.Id is null || Id == wanted.Id)
        && (wanted.Currency is null || (Currency == wanted.Currency && Amount <= wanted.Most))
        && (wanted.Words is null || Name.Contains(wanted.Words, StringComparison.Ordinal) || Category?.Contains(wanted.Words, StringComparison.Ordinal) == true);
}
