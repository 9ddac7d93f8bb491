using Careline.Patients.Proxies;

namespace Careline.Tests.Patients;

public sealed class ComingOfAgeTests
{
    private static readonly DateTimeOffset _now = At("2026-06-01");

    [Theory]
    [InlineData("2010-01-15", null, true, "2028-01-15")]
    [InlineData("2010-01-15", "2027-01-01", true, "2027-01-01")]
    [InlineData("2010-01-15", "2040-01-01", true, "2028-01-15")]
    [InlineData("2010-01-15", null, false, null)]
    [InlineData("2008-06-02", null, true, "2026-06-02")]
    [InlineData("2008-06-01", null, true, null)]
    [InlineData("1950-01-01", "2027-01-01", true, "2027-01-01")]
    [InlineData(null, null, true, null)]
    [InlineData("2012-02-29", null, true, "2030-02-28")]
    public void A_childs_links_end_with_childhood(string? born, string? asked, bool endsWithChildhood, string? expected) =>
        ComingOfAge.Limit(asked is null ? null : At(asked), born is null ? null : Day(born), endsWithChildhood, _now)
            .ShouldBe(expected is null ? null : At(expected));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);

    private static DateTimeOffset At(string text) => new(Day(text).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
