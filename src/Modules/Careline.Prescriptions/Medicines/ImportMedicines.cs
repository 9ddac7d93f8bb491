using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;

namespace Careline.Prescriptions.Medicines;

/// <summary>A site's own or licensed list of medicines.</summary>
/// <param name="Csv">A table with the columns name, kind, composition, atc, forms, strengths, routes, synonyms, maker, country and source.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ImportMedicinesRequest([Required, StringLength(20_000_000, MinimumLength = 1)] string Csv);

/// <summary>What became of a list.</summary>
/// <param name="Rows">Medicines added or replaced.</param>
public sealed record ImportMedicinesResponse(int Rows);

/// <summary>Takes a whole list or, with a single bad line, nothing of it.</summary>
internal static class ImportMedicines
{
    // What somebody mends at a time; a file with more faults is most likely another kind of file.
    private const int MostFaults = 100;

    public static void Map(RouteGroupBuilder medicines) => medicines.MapPost("/imports/", Handle)
        .Named("ImportMedicines", "Takes in a site's own list of medicines.").ForRoles(Roles.Administrators);

    private static async Task<CreatedAnswer<ImportMedicinesResponse>> Handle(
        ImportMedicinesRequest request, IMedicineCatalogue catalogue, AuditTrail trail, CancellationToken ct)
    {
        trail.Because("operations");
        using var table = new StringReader(request.Csv);
        var import = await catalogue.ImportAsync(table, ct);
        return import.Faults.Count == 0
            ? Answer.Created(new ImportMedicinesResponse(import.Rows), "Medicines taken in.")
            : throw new InvalidInput(new Dictionary<string, string[]> { ["csv"] = [.. import.Faults.Take(MostFaults)] });
    }
}
