using System.Text;
using Careline.Analytics.Exports;
using Careline.Analytics.Reports;
using Careline.Tests.Corpora;

namespace Careline.Tests.Analytics;

/// <summary>What is written, read back by a parser that nobody here wrote.</summary>
public sealed class CsvWriterTests
{
    private static readonly ReportColumn[] _columns =
        [new("name", ValueKind.Text, false, null), new("amount", ValueKind.Money, true, "minor_units"), new("day", ValueKind.Day, false, null), new("rate", ValueKind.Number, true, "percent")];

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("@SUM(1+1)", "'@SUM(1+1)")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("Ada \"the\" Obi, junior", "Ada \"the\" Obi, junior")]
    [InlineData("one\r\ntwo\nthree", "one\r\ntwo\nthree")]
    [InlineData("", "")]
    public async Task A_text_comes_back_as_it_was_and_never_as_a_formula(string text, string read) => (await ReadAsync([text, 1L, null, null]))[0][0].ShouldBe(read);

    [Fact]
    public async Task Numbers_stay_numbers_and_days_are_written_alike_in_every_country() => Encoding.UTF8.GetString(await WriteAsync(false, ["x", -5L, new DateOnly(2026, 3, 1), 12.5]))
        .ShouldBe("\"name\",\"amount_minor\",\"day\",\"rate\"\r\n\"x\",-5,2026-03-01,12.5\r\n");

    [Fact]
    public async Task The_mark_of_utf8_is_there_where_it_is_asked_for()
    {
        (await WriteAsync(true, ["é", 1L, null, null])).AsSpan()[..3].ToArray().ShouldBe(new byte[] { 0xEF, 0xBB, 0xBF });
        (await WriteAsync(false, ["é", 1L, null, null]))[0].ShouldBe((byte)'"');
    }

    [Fact]
    public async Task Every_naughty_string_comes_back()
    {
        var strings = Corpus.NaughtyStrings();

        var rows = await ReadAsync([.. strings.Select(s => new object?[] { s, 7L, null, null })]);

        rows.Count.ShouldBe(strings.Count);
        foreach (var (i, text) in strings.Index())
        {
            rows[i][0].ShouldBe(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(CellText.Defuse(text))));
            rows[i][1].ShouldBe("7");
        }
    }

    private static async Task<byte[]> WriteAsync(bool mark, params object?[][] rows)
    {
        using var file = new MemoryStream();
        await using var writer = new CsvWriter(file, _columns, mark);
        await writer.BeginAsync(TestContext.Current.CancellationToken);
        foreach (var row in rows)
        {
            await writer.WriteAsync(row, TestContext.Current.CancellationToken);
        }

        await writer.EndAsync(TestContext.Current.CancellationToken);
        return file.ToArray();
    }

    private static async Task<List<string[]>> ReadAsync(params object?[][] rows) => CsvText.Read(await WriteAsync(true, rows))[1..];
}
