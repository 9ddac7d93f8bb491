using System.Linq.Expressions;

namespace Careline.Audit.Processing;

/// <summary>One use of personal data.</summary>
/// <param name="Id">The activity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Purpose">What for.</param>
/// <param name="LawfulBasis">By which right.</param>
/// <param name="PeopleCategories">Whose data.</param>
/// <param name="DataCategories">Which data.</param>
/// <param name="Recipients">Who gets it.</param>
/// <param name="Transfers">To which other countries.</param>
/// <param name="Retention">How long.</param>
/// <param name="SecurityMeasures">How it is protected.</param>
/// <param name="ReviewDate">By when somebody looks at this again; null as long as nobody has.</param>
/// <param name="CreatedAt">When it was entered.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="Version">Rises with each change.</param>
public sealed record ProcessingActivityResponse(
    Guid Id,
    string Name,
    string Purpose,
    string LawfulBasis,
    IReadOnlyList<string> PeopleCategories,
    IReadOnlyList<string> DataCategories,
    string Recipients,
    string Transfers,
    string Retention,
    string SecurityMeasures,
    DateOnly? ReviewDate,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Version) : IVersioned
{
    internal static Expression<Func<ProcessingActivity, ProcessingActivityResponse>> Projection { get; } = a => new ProcessingActivityResponse(
        a.Id,
        a.Name,
        a.Purpose,
        a.LawfulBasis,
        a.PeopleCategories,
        a.DataCategories,
        a.Recipients,
        a.Transfers,
        a.Retention,
        a.SecurityMeasures,
        a.ReviewDate,
        a.CreatedAt,
        a.UpdatedAt,
        a.Version);

    private static readonly Func<ProcessingActivity, ProcessingActivityResponse> _from = Projection.Compile();

    internal static ProcessingActivityResponse From(ProcessingActivity activity) => _from(activity);
}
