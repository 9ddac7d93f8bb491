using Careline.Platform.Time;

namespace Careline.Host.Demo.Large;

// A part of the world: how its people are called, what its doctors ask, and when they work.
internal sealed record LargeRegion(string Zone, string Country, string City, string Currency, long Fee, string[] Languages)
{
    public required string[] FirstNames { get; init; }

    public required string[] LastNames { get; init; }

    public static IReadOnlyList<LargeRegion> All { get; } =
    [
        new("Africa/Lagos", "NG", "Lagos", "NGN", 1_000_000, ["en", "yo", "ig", "ha"])
        {
            FirstNames = Words("Adaobi Bola Chika Damilola Ebele Femi Gbenga Halima Ikenna Jide Kemi Lola Musa Nneka Ola Peter Ruth Sade Tobi Uche Yemi Zara"),
            LastNames = Words("Abiola Bakare Chukwu Danjuma Eze Fashola Garba Hassan Ibe Johnson Kalu Lawal Mohammed Nwachukwu Obi Okeke Sani Taiwo Umar Uzor"),
        },
        new("Africa/Nairobi", "KE", "Nairobi", "KES", 200_000, ["en", "sw"])
        {
            FirstNames = Words("Achieng Brian Caroline David Esther Faith George Hellen Isaac Joyce Kevin Lilian Mercy Nancy Otieno Purity Rose Samuel Tabitha Victor Wanjiku"),
            LastNames = Words("Atieno Barasa Cheruiyot Gitau Kamau Karanja Kiprop Koech Maina Muthoni Mutua Mwangi Ndungu Njoroge Ochieng Omondi Owino Rotich Wafula Wekesa"),
        },
        new("Europe/London", "GB", "London", "GBP", 5_000, ["en", "fr", "pl", "ur"])
        {
            FirstNames = Words("Alice Benjamin Charlotte Daniel Emily Freddie Georgia Harry Isla Jack Kate Liam Maya Noah Olive Poppy Quentin Rosie Sam Toby Una William"),
            LastNames = Words("Adams Bennett Carter Davies Evans Foster Green Harris Ingram Jones King Lewis Morgan Newton Owen Parker Roberts Shaw Turner Walker Young"),
        },
        new("Asia/Kolkata", "IN", "Bengaluru", "INR", 50_000, ["en", "hi", "ta", "bn"])
        {
            FirstNames = Words("Aarav Bhavna Chitra Deepak Esha Farhan Gaurav Harini Ishaan Jaya Kavita Lakshman Meena Nikhil Om Pooja Ravi Sneha Tarun Usha Varun Yash"),
            LastNames = Words("Agarwal Banerjee Chopra Das Fernandes Gupta Hegde Iyer Joshi Kapoor Kumar Mishra Nair Pillai Rao Reddy Sharma Singh Thomas Verma"),
        },
        new("America/New_York", "US", "New York", "USD", 12_000, ["en", "es", "zh"])
        {
            FirstNames = Words("Abigail Brandon Camila Dylan Elena Frank Gabriela Henry Irene Jordan Kayla Logan Madison Nathan Oscar Paula Ryan Sofia Tyler Vanessa Wesley Zoe"),
            LastNames = Words("Anderson Brown Clark Diaz Edwards Flores Garcia Hall Jackson Kelly Lopez Martinez Nelson Ortiz Perez Ramirez Scott Torres Vargas White"),
        },
    ];

    public string FirstName(LargeKind kind, int number) => FirstNames[LargeIds.Draw(kind, number, 1, FirstNames.Length)];

    public string LastName(LargeKind kind, int number) => LastNames[LargeIds.Draw(kind, number, 2, LastNames.Length)];

    // The next ten working days, ten half-hours each from nine by the region's clock.
    public IReadOnlyList<LargeTime> TimesAfter(DateTimeOffset now)
    {
        var times = new List<LargeTime>(LargeSize.SlotsPerDoctor);
        for (var day = ZonedTimes.ToLocal(now, Zone).Date.AddDays(1); times.Count < LargeSize.SlotsPerDoctor; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                continue;
            }

            var nine = ZonedTimes.ToInstant(day, new TimeOnly(9, 0), Zone)!.Value;
            times.AddRange(Enumerable.Range(0, LargeSize.SlotsPerDay).Select(slot => new LargeTime(day, nine.AddMinutes(30 * slot))));
        }

        return times;
    }

    private static string[] Words(string text) => text.Split(' ');
}

// Half an hour, and the local day it lies in.
internal readonly record struct LargeTime(DateOnly Day, DateTimeOffset Start)
{
    public DateTimeOffset End => Start.AddMinutes(30);
}
