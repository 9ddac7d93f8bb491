using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Platform.Privacy;

namespace Careline.Patients.Privacy;

/// <summary>
/// All that Careline holds about the caller, as a file to keep or to take elsewhere (GDPR art. 15 and 20, NDPA s. 34 and 38, HIPAA 164.524). Only
/// for oneself: what a guardian may take away is decided with the proxies, and staff have no use for a whole life in one file.
/// </summary>
internal static class ExportOwnRecord
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/me/export/", Handle).Named("ExportOwnRecord", "Everything held about the caller, as a JSON file or a page to read (format=html).")
            .ForSignedIn().RequiresRecentSignIn().WithFilters("format");

    private static async Task<RecordFile> Handle(
        ListQuery query, Actor actor, CarelineDb db, IEnumerable<IPersonalRecords> modules, AuditTrail trail, CancellationToken ct)
    {
        var isPage = query.Text("format", 10) switch
        {
            null or "json" => false,
            "html" => true,
            _ => throw new InvalidInput("format", "Must be json or html."),
        };
        query.Check();
        var keys = new PersonKeys { AccountId = actor.AccountId, PatientId = actor.PatientId, DoctorId = actor.DoctorId };
        var person = await keys.WithWordsAsync(modules, ct);
        trail.Always().About("record", actor.AccountId).Because("operations");
        if (actor.PatientId is { } patient)
        {
            trail.Concerns(patient);
        }

        return new RecordFile(db, modules, person, isPage);
    }
}
