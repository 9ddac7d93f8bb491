using System.Linq.Expressions;
using Careline.Accounts.Contracts;
using Careline.Clinics.Contracts;
using Careline.Doctors.Listing;
using Careline.Doctors.Practices;
using Careline.Doctors.Presence;

namespace Careline.Doctors.Doctors;

/// <summary>A price.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record DoctorFee(long Amount, string Currency);

/// <summary>A clinic at which a doctor works.</summary>
/// <param name="Id">The clinic.</param>
/// <param name="Name">Its name.</param>
public sealed record DoctorClinic(Guid Id, string Name)
{
    /// <summary>What a visit costs there, where it is not the doctor's own fee.</summary>
    public IReadOnlyList<PracticeFeeForm> Fees { get; init; } = [];

    internal DoctorClinic With(IEnumerable<PracticeFeeForm> fees) => fees.Any() ? this with { Fees = [.. fees] } : this;
}

/// <summary>The licence and what an administrator found; for the doctor and administrators only.</summary>
/// <param name="Number">As the authority wrote it.</param>
/// <param name="Country">Of the authority, ISO 3166-1 alpha-2.</param>
/// <param name="Status">Where the verification stands.</param>
/// <param name="DecidedAt">When it was decided.</param>
/// <param name="Note">What the administrator said.</param>
/// <param name="ExpiresOn">The last day on which the licence holds that was verified last; null where that is not known.</param>
/// <param name="IsLapsed">It has run out, and the doctor is not listed until another is verified.</param>
public sealed record DoctorLicense(
    string Number, string? Country, Verification Status, DateTimeOffset? DecidedAt, string? Note, DateOnly? ExpiresOn, bool IsLapsed);

/// <summary>A doctor, as patients read it. Never the account's e-mail address or phone.</summary>
public sealed record DoctorResponse : IVersioned
{
    /// <summary>The doctor.</summary>
    public required Guid Id { get; init; }

    /// <summary>The doctor's account.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Given and family name.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the specialties.</summary>
    public required IReadOnlyList<string> Specializations { get; init; }

    /// <summary>What the doctor wrote, where the managed list has no word for it.</summary>
    public required string? SpecialtyText { get; init; }

    /// <summary>Mean of the reviews, 0 without any.</summary>
    public required decimal Rating { get; init; }

    /// <summary>How many reviews.</summary>
    public required int ReviewCount { get; init; }

    /// <summary>Years in practice.</summary>
    public required int ExperienceYears { get; init; }

    /// <summary>Price of a visit; null where none is asked.</summary>
    public required DoctorFee? Fee { get; init; }

    /// <summary>BCP 47.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>video, audio, chat, in_person.</summary>
    public required IReadOnlyList<string> Modalities { get; init; }

    /// <summary>Where the doctor works.</summary>
    public IReadOnlyList<DoctorClinic> Clinics { get; private set; } = [];

    /// <summary>In the doctor's words.</summary>
    public required string? Bio { get; init; }

    /// <summary>A picture.</summary>
    public required string? PhotoUrl { get; init; }

    /// <summary>IANA zone of the doctor's wall-clock times.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Whether the licence is verified.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>Whether patients may book.</summary>
    public required bool AcceptsPatients { get; init; }

    /// <summary>The next free time, as far as known.</summary>
    public required DateTimeOffset? NextAvailableAt { get; init; }

    /// <summary>Null but for the doctor and administrators.</summary>
    public required DoctorLicense? License { get; init; }

    /// <summary>What the doctor is doing now; offline where nobody heard of it for a while.</summary>
    public PresenceState Presence { get; init; }

    /// <summary>Where the doctor is found beside the clinics. Null but for the doctor and administrators: others read how far it is.</summary>
    public DoctorLocation? Location { get; init; }

    /// <summary>Kilometres to the nearest of the doctor's places, in a list that was asked with <c>near</c>; null otherwise and without a place.</summary>
    public double? DistanceKm { get; init; }

    /// <inheritdoc />
    public required int Version { get; init; }

    [JsonIgnore]
    internal IReadOnlyList<Guid> ClinicIds { get; init; } = [];

    /// <summary>Says where the doctor works, in the order in which it is shown.</summary>
    internal void NameClinics(IEnumerable<DoctorClinic> clinics) => Clinics = [.. clinics];

    /// <summary>Gives the clinics of these doctors their names: one question for a whole page, and none where nobody has a clinic.</summary>
    internal static async Task NameClinicsAsync(CarelineDb db, IReadOnlyList<DoctorResponse> doctors, CancellationToken ct)
    {
        var ids = doctors.SelectMany(d => d.ClinicIds).Distinct().ToArray();
        if (ids.Length == 0)
        {
            return;
        }

        var clinics = await db.Set<ClinicRow>().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Name).ThenBy(c => c.Id)
            .Select(c => new DoctorClinic(c.Id, c.Name)).ToListAsync(ct);
        var who = doctors.Select(d => d.Id).ToArray();
        var fees = (await db.Set<Practice>().Where(p => who.Contains(p.DoctorId)).SelectMany(p => p.Fees, (p, f) => new { p.DoctorId, p.ClinicId, f.Modality, f.Amount, f.Currency })
            .OrderBy(f => f.Modality).ToListAsync(ct)).ToLookup(f => (f.DoctorId, f.ClinicId), f => new PracticeFeeForm(f.Modality, f.Amount, f.Currency));
        foreach (var doctor in doctors.Where(d => d.ClinicIds.Count > 0))
        {
            doctor.NameClinics(clinics.Where(c => doctor.ClinicIds.Contains(c.Id)).Select(c => c.With(fees[(doctor.Id, c.Id)])));
        }
    }

    internal static Expression<Func<Doctor, DoctorResponse>> Projection(CarelineDb db, Actor? actor)
    {
        var now = db.Now;
        var me = actor?.AccountId;
        var seesAll = actor is { IsAdmin: true };
        return d => new DoctorResponse
        {
            Id = d.Id,
            UserId = d.AccountId,
            Name = d.Name,
            Specializations = d.Specializations,
            SpecialtyText = d.SpecialtyText,
            Rating = d.Rating,
            ReviewCount = d.ReviewCount,
            ExperienceYears = d.ExperienceYears,
            Fee = d.FeeAmount == null ? null : new DoctorFee(d.FeeAmount.Value, d.FeeCurrency!),
            Languages = d.Languages,
            Modalities = d.Modalities,
            ClinicIds = d.ClinicIds,
            Bio = d.Bio,
            PhotoUrl = d.PhotoUrl,
            TimeZone = d.TimeZone,
            IsVerified = d.Verification == Verification.Verified,
            AcceptsPatients = d.AcceptsPatients,
            NextAvailableAt = d.NextFreeAt == null || d.NextFreeAt > now
                ? d.NextFreeAt
                : db.Set<ListedDay>().Where(f => f.DoctorId == d.Id && f.FirstFreeAt > now).Min(f => (DateTimeOffset?)f.FirstFreeAt),
            License = seesAll || d.AccountId == me
                ? new DoctorLicense(d.LicenseNumber, d.LicenseCountry, d.Verification, d.VerificationAt, d.VerificationNote, d.LicenseExpiresOn, d.LicenseLapsed) : null,
            Presence = db.Set<DoctorPresence>().Where(p => p.DoctorId == d.Id && p.ExpiresAt > now).Select(p => (PresenceState?)p.State).FirstOrDefault()
                ?? PresenceState.Offline,
            Location = (seesAll || d.AccountId == me) && d.Latitude != null ? new DoctorLocation(d.Latitude.Value, d.Longitude!.Value) : null,
            Version = d.Version,
        };
    }
}
