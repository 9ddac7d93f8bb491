using System.Linq.Expressions;
using Careline.Patients.Care;
using Microsoft.Extensions.Validation;

namespace Careline.Patients.History;

/// <summary>Who pays for the patient's care.</summary>
/// <param name="Provider">The insurer.</param>
/// <param name="MemberNumber">As printed on the card.</param>
/// <param name="Plan">The tariff.</param>
/// <param name="GroupNumber">The employer's or family's number.</param>
/// <param name="Holder">Whose contract it is, where not the patient's.</param>
/// <param name="Relation">Of the patient to the holder, in words.</param>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidUntil">Last day.</param>
/// <param name="IsPrimary">Billed first; one of the patient's insurances at most.</param>
[ValidatableType, JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record InsuranceRequest(
    [Required, StringLength(200)] string Provider,
    [Required, StringLength(64, MinimumLength = 4)] string MemberNumber,
    [StringLength(200)] string? Plan = null,
    [StringLength(64)] string? GroupNumber = null,
    [StringLength(200)] string? Holder = null,
    [StringLength(100)] string? Relation = null,
    DateOnly? ValidFrom = null,
    DateOnly? ValidUntil = null,
    bool IsPrimary = false) : IValidatableObject
{
    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ValidUntil < ValidFrom)
        {
            yield return new ValidationResult("Must not lie before valid_from.", [nameof(ValidUntil)]);
        }
    }
}

/// <summary>Who pays for the patient's care. The numbers are null to whoever neither bills nor cares, and where they are unreadable: null never means "none".</summary>
/// <param name="Id">The entry.</param>
/// <param name="Provider">The insurer.</param>
/// <param name="Plan">The tariff.</param>
/// <param name="MemberNumber">As printed on the card.</param>
/// <param name="MemberNumberLastFour">Its last four characters.</param>
/// <param name="GroupNumber">The employer's or family's number.</param>
/// <param name="Holder">Whose contract it is, where not the patient's.</param>
/// <param name="Relation">Of the patient to the holder, in words.</param>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidUntil">Last day.</param>
/// <param name="IsPrimary">Billed first.</param>
/// <param name="RecordedBy">The account that recorded it.</param>
/// <param name="CreatedAt">When it was recorded.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="Version">Rises with each change.</param>
/// <param name="Unreadable">Members that are null since what is stored for them cannot be read: it was changed outside Careline. A PUT writes them anew.</param>
public sealed record InsuranceResponse(
    Guid Id, string Provider, string? Plan, string? MemberNumber, string MemberNumberLastFour, string? GroupNumber, string? Holder, string? Relation,
    DateOnly? ValidFrom, DateOnly? ValidUntil, bool IsPrimary, Guid RecordedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Unreadable)
    : IVersioned;

/// <summary>An insurance. Contact data, not clinical: the desk reads and writes it, since it bills. Its numbers are kept encrypted.</summary>
internal sealed class Insurance : HistoryEntry, IHistoryEntry<Insurance, InsuranceRequest, InsuranceResponse>
{
    private const int Shown = 4;

    public static HistoryNoun Noun { get; } = new("insurance", "Insurance", "insurance", _ => { }, a => a.RequireContactWriting());

    public static Expression<Func<Insurance, InsuranceResponse>> Projection { get; } = i => new InsuranceResponse(
        i.Id, i.Provider, i.Plan, i.MemberNumber, i.MemberNumberLastFour, i.GroupNumber, i.Holder, i.Relation,
        i.ValidFrom, i.ValidUntil, i.IsPrimary, i.RecordedBy, i.CreatedAt, i.UpdatedAt, i.Version, i.Unreadable);

    public string Provider { get; private set; } = "";

    public string? Plan { get; private set; }

    public byte[] MemberNumberSealed { get; private set; } = [];

    public byte[] MemberNumberIndex { get; private set; } = [];

    public string MemberNumberLastFour { get; private set; } = "";

    public byte[]? GroupNumberSealed { get; private set; }

    public string? Holder { get; private set; }

    public string? Relation { get; private set; }

    public DateOnly? ValidFrom { get; private set; }

    public DateOnly? ValidUntil { get; private set; }

    public bool IsPrimary { get; private set; }

    /// <summary>In clear while somebody reads or writes it, never in the database.</summary>
    public string? MemberNumber { get; private set; } = "";

    /// <inheritdoc cref="MemberNumber"/>
    public string? GroupNumber { get; private set; }

    /// <summary>What could not be opened, as the API calls it.</summary>
    public IReadOnlyList<string>? Unreadable { get; private set; }

    public static InsuranceResponse ShownTo(PatientAccess access, InsuranceResponse insurance) =>
        access.ReadsInsuranceNumbers ? insurance : insurance with { MemberNumber = null, GroupNumber = null, Unreadable = null };

    /// <exception cref="RuleViolation">A number cannot be read, so nothing can be merged onto it.</exception>
    public InsuranceRequest AsRequest() => Unreadable is null
        ? new(Provider, MemberNumber!, Plan, GroupNumber, Holder, Relation, ValidFrom, ValidUntil, IsPrimary)
        : throw new RuleViolation("UNREADABLE", "A number of this entry cannot be read any more: replace the entry as a whole.");

    public void Replace(InsuranceRequest request)
    {
        (Provider, MemberNumber, Plan, GroupNumber, Holder, Relation, ValidFrom, ValidUntil, IsPrimary) = request;
        Unreadable = null;
    }

    public override void Seal(SealedFields fields)
    {
        // What could not be read stays as it lies there: evidence, and perhaps readable again once a key is back.
        if (Unreadable is not null || MemberNumber is null)
        {
            return;
        }

        MemberNumberSealed = fields.Seal(MemberNumber, PlaceOf("member_number_sealed"));
        MemberNumberIndex = fields.IndexOf(MemberNumber);
        MemberNumberLastFour = MemberNumber.Length > Shown ? MemberNumber[^Shown..] : "";
        GroupNumberSealed = GroupNumber is null ? null : fields.Seal(GroupNumber, PlaceOf("group_number_sealed"));
    }

    public override void Open(SealedFields fields)
    {
        MemberNumber = fields.TryOpen(MemberNumberSealed, PlaceOf("member_number_sealed"));
        GroupNumber = GroupNumberSealed is null ? null : fields.TryOpen(GroupNumberSealed, PlaceOf("group_number_sealed"));
        List<string> unreadable = [];
        if (MemberNumber is null)
        {
            unreadable.Add("member_number");
        }

        if (GroupNumberSealed is not null && GroupNumber is null)
        {
            unreadable.Add("group_number");
        }

        Unreadable = unreadable.Count > 0 ? unreadable : null;
    }

    private string PlaceOf(string column) => $"patients.insurance.{column}:{Id}";

    internal sealed class Mapping : IEntityTypeConfiguration<Insurance>
    {
        public void Configure(EntityTypeBuilder<Insurance> builder)
        {
            Map(builder, "insurance");
            builder.Ignore(i => i.MemberNumber);
            builder.Ignore(i => i.GroupNumber);
            builder.Ignore(i => i.Unreadable);
        }
    }
}
