using System.Text.Json;
using Careline.Portal.Api;
using Careline.Portal.Components;
using Careline.Portal.Language;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Careline.Tests.Portal;

/// <summary>Numbers as people type and read them: a comma, a zero or a decimal more or less is another dose and another price.</summary>
public sealed class TypedNumbersTests
{
    [Theory]
    [InlineData("12", 12L)]
    [InlineData("-3", -3L)]
    [InlineData("37.5", 37.5)]
    [InlineData("37,5", 37.5)]
    [InlineData("0,125", 0.125)]
    [InlineData("1,234.5", 1234.5)]
    [InlineData("1,234,567", 1234567L)]
    [InlineData("1,500", "1,500")]
    [InlineData("1 500", "1 500")]
    [InlineData("1e3", "1e3")]
    [InlineData("99999999999999999999999", "99999999999999999999999")]
    [InlineData("a lot", "a lot")]
    public void A_number_is_read_where_it_can_be_only_one(string typed, object read) =>
        Sent(typed).Number("n").ShouldBe(read is double number ? (decimal)number : read);

    [Fact]
    public void A_number_that_no_integer_holds_is_passed_on() => Sent("9999999999999999999").Number("n").ShouldBe(9999999999999999999m);

    [Theory]
    [InlineData("1500", "NGN", 150_000L)]
    [InlineData("12,50", "EUR", 1_250L)]
    [InlineData("5000", "XOF", 5_000L)]
    [InlineData("5000", "ugx", 5_000L)]
    [InlineData("1.234", "KWD", 1_234L)]
    [InlineData("10.005", "USD", "10.005")]
    [InlineData("0.5", "JPY", "0.5")]
    [InlineData("1,500", "NGN", "1,500")]
    [InlineData("99999999999999", "NGN", "99999999999999")]
    public void Money_is_counted_in_the_minor_units_of_its_currency(string typed, string currency, object minor) => Sent(typed).Minor("n", currency).ShouldBe(minor);

    [Theory]
    [InlineData(150_000, "NGN", "1500")]
    [InlineData(1_250, "EUR", "12.5")]
    [InlineData(5_000, "XOF", "5000")]
    [InlineData(1_234, "KWD", "1.234")]
    public void An_amount_stands_in_its_field_as_it_was_typed(long amount, string currency, string typed)
    {
        Currencies.Typed(amount, currency).ShouldBe(typed);
        Sent(typed).Minor("n", currency).ShouldBe(amount);
    }

    [Fact]
    public void What_a_laboratory_measured_is_not_rounded()
    {
        LabNumbers.Found(Reading(0.004m, "less_than"), 3, English()).ShouldBe("< 0.004 ng/mL");
        LabNumbers.Found(Reading(1234.5678m, null), 1, English()).ShouldBe("1,234.5678 ng/mL");
        LabNumbers.Usual(Reading(1, null), new Words("en"), English()).ShouldBe("usual: 0.005 to 0.0125 ng/mL");
    }

    [Theory]
    [InlineData("2030-03-01", "Africa/Lagos", "2030-02-28T23:00:00Z")]
    [InlineData("2030-07-01", "America/Los_Angeles", "2030-07-01T07:00:00Z")]
    [InlineData("2026-03-08", "America/Havana", "2026-03-08T05:00:00Z")]
    public void A_day_begins_where_the_reader_is(string day, string zone, string begins) =>
        new Show(new Words("en"), TimeZoneInfo.FindSystemTimeZoneById(zone), TimeProvider.System).StartOf(DateOnly.ParseExact(day, "yyyy-MM-dd")).ToString("yyyy-MM-ddTHH:mm:ssZ", null).ShouldBe(begins);

    private static Submission Sent(string typed) => new(new FormCollection(new Dictionary<string, StringValues> { ["n"] = typed }));

    private static Show English() => new(new Words("en"), TimeZoneInfo.Utc, TimeProvider.System);

    private static Thing Reading(decimal value, string? comparator) => new(JsonSerializer.SerializeToElement(
        new { value, comparator, unit = "ng/mL", canonical_unit = "ng/mL", canonical_value = value, low = 0.005m, high = 0.0125m, answer = (string?)null, text = (string?)null }));
}
