using CsvHelper;

namespace Careline.Tests.Analytics;

/// <summary>Comma-separated values, read by a library that nobody here wrote.</summary>
internal static class CsvText
{
    /// <summary>All rows, the head with them.</summary>
    public static List<string[]> Read(byte[] file)
    {
        using var reader = CsvReader.Create(file, new CsvReaderOptions { HasHeader = false, Separator = ',', SkipEmptyLines = false });
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }
}
