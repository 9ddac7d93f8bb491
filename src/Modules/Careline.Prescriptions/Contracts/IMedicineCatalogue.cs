namespace Careline.Prescriptions.Contracts;

/// <summary>The catalogue of medicines, as the command line and the start fill it.</summary>
public interface IMedicineCatalogue
{
    /// <summary>Brings the starter set of this release in, once; what the site wrote or corrected stays.</summary>
    Task LoadStarterAsync(CancellationToken ct);

    /// <summary>Adds or replaces the medicines of a site's own table; all of them or, with a single fault, none.</summary>
    Task<TableImport> ImportAsync(TextReader table, CancellationToken ct);
}
