using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Careline.Analytics.Exports;
using Careline.Analytics.Reports;
using Careline.Tests.Corpora;
using Careline.Tests.Support;

namespace Careline.Tests.Analytics;

/// <summary>Workbooks, opened by programs that nobody here wrote; skipped where such a program is missing.</summary>
public sealed class WorkbookTests
{
    private static readonly XNamespace _sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static readonly ReportColumn[] _columns =
    [
        new("name", ValueKind.Text, false, null), new("visits", ValueKind.Count, true, null), new("day", ValueKind.Day, false, null), new("at", ValueKind.Instant, false, null),
        new("rate", ValueKind.Number, true, "percent"),
    ];

    [Fact]
    public async Task A_spreadsheet_program_reads_numbers_days_and_texts_as_what_they_are()
    {
        var file = await WriteAsync(
            ["=1+1", 42L, new DateOnly(2026, 3, 1), new DateTimeOffset(2026, 3, 1, 13, 30, 0, TimeSpan.Zero), 12.5],
            ["a \"b\", <c> & d\nnext", -3, null, null, null]);

        var rows = await AsCsvAsync(file);

        rows[0].ShouldBe(["name", "visits", "day", "at", "rate"]);
        rows[1].ShouldBe(["'=1+1", "42", "2026-03-01", "2026-03-01 13:30:00", "12.5"]);
        rows[2].ShouldBe(["a \"b\", <c> & d\nnext", "-3", "", "", ""]);
    }

    [Fact]
    public async Task Every_naughty_string_is_well_formed_and_no_formula()
    {
        var strings = Corpus.NaughtyStrings();
        var file = await WriteAsync([.. strings.Select(s => new object?[] { s, 1, null, null, null })]);

        using var archive = new ZipArchive(new MemoryStream(file));
        using var part = await archive.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync(TestContext.Current.CancellationToken);
        var sheet = XDocument.Load(part);
        sheet.Descendants(_sheet + "f").ShouldBeEmpty();
        var texts = sheet.Descendants(_sheet + "row").Skip(1).Select(r => Unescaped(r.Descendants(_sheet + "t").First().Value)).ToList();
        texts.Count.ShouldBe(strings.Count);
        foreach (var (i, text) in strings.Index())
        {
            texts[i].ShouldBe(System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(CellText.Defuse(text))));
        }
    }

    // As the standard says that it is read, written once more.
    private static string Unescaped(string text) => System.Text.RegularExpressions.Regex.Replace(
        text, "_x([0-9A-Fa-f]{4})_", m => ((char)int.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    private static async Task<byte[]> WriteAsync(params object?[][] rows)
    {
        using var file = new MemoryStream();
        await using var writer = new XlsxWriter(file, _columns, "appointments");
        await writer.BeginAsync(TestContext.Current.CancellationToken);
        foreach (var row in rows)
        {
            await writer.WriteAsync(row, TestContext.Current.CancellationToken);
        }

        await writer.EndAsync(TestContext.Current.CancellationToken);
        return file.ToArray();
    }

    private static async Task<List<string[]>> AsCsvAsync(byte[] file)
    {
        using var folder = TestFolder.Create();
        var path = Path.Combine(folder.Careline.Path, "report.xlsx");
        await File.WriteAllBytesAsync(path, file, TestContext.Current.CancellationToken);
        await Programs.RunAsync("soffice", $"-env:UserInstallation=file://{folder.Careline.Path}/profile", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", folder.Careline.Path, path);
        return CsvText.Read(await File.ReadAllBytesAsync(Path.Combine(folder.Careline.Path, "report.csv"), TestContext.Current.CancellationToken));
    }
}

/// <summary>Programs that a machine may have.</summary>
internal static class Programs
{
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"There is no {program} on this machine.");
        }

        using (process)
        {
            var (said, wrong) = (process!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            process.ExitCode.ShouldBe(0, await wrong);
            return await said;
        }
    }
}
