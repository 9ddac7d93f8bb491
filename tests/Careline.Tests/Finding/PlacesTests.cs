using Careline.Finding.Contracts;

namespace Careline.Tests.Finding;

/// <summary>What is found around a place, against looking at all of them by another formula.</summary>
public sealed class PlacesTests
{
    private const int Count = 2_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nothing_around_is_missed_and_nothing_beyond_is_found(int seed)
    {
        var random = new Random(seed);
        var all = Enumerable.Range(0, Count).Select(n => n % 5 == 0 ? Edge() : Anywhere()).ToArray();
        var (places, listed) = (new Places(Count), new NumberSet(Count));
        for (var number = 0; number < Count; number++)
        {
            places.Add(number, [all[number]]);
            listed[number] = true;
        }

        // Some move, some are not asked for.
        for (var number = 0; number < Count; number += 7)
        {
            places.Remove(number, [all[number]]);
            places.Add(number, [all[number] = Anywhere()]);
            listed[number + (number % 3)] = false;
        }

        for (var turn = 0; turn < 300; turn++)
        {
            var (from, radius) = (turn % 3 == 0 ? Edge() : Anywhere(), turn % 2 == 0 ? 0.1 + (random.NextDouble() * 1000) : random.NextDouble() * Place.Farthest);

            places.Within(from, radius, listed).Select(p => p.Number).ShouldBe(
                Enumerable.Range(0, Count).Where(n => listed[n] && ByCosines(from, all[n]) <= radius), ignoreOrder: true, $"{from} {radius}");
        }

        Place Anywhere() => new(Math.Asin((2 * random.NextDouble()) - 1) * 180 / Math.PI, (random.NextDouble() * 360) - 180);

        Place Edge() => random.Next(4) switch
        {
            0 => new Place(90 - random.NextDouble(), (random.NextDouble() * 360) - 180),
            1 => new Place(-90 + random.NextDouble(), (random.NextDouble() * 360) - 180),
            2 => new Place((random.NextDouble() * 160) - 80, 180 - random.NextDouble()),
            _ => new Place((random.NextDouble() * 160) - 80, -180 + random.NextDouble()),
        };
    }

    [Fact]
    public void The_first_of_many_are_those_that_sorting_would_give()
    {
        var random = new Random(3);
        for (var turn = 0; turn < 200; turn++)
        {
            var all = Enumerable.Range(0, random.Next(200)).Select(_ => random.Next(1_000_000)).ToList();
            var count = random.Next(1, 60);

            Foremost.Of(all, count, Comparer<int>.Default).ShouldBe(all.Order().Take(count));
        }
    }

    [Theory]
    [InlineData(6.45, 3.40, 9.06, 7.49, 537)]
    [InlineData(0, 179.5, 0, -179.5, 111)]
    [InlineData(90, 0, -90, 0, 20015)]
    public void Distances_are_great_circles(double latitude, double longitude, double toLatitude, double toLongitude, int kilometres) =>
        new Place(latitude, longitude).KilometresTo(new Place(toLatitude, toLongitude)).ShouldBe(kilometres, 2);

    private static double ByCosines(Place one, Place other)
    {
        const double Radian = Math.PI / 180;
        var cosine = (Math.Sin(one.Latitude * Radian) * Math.Sin(other.Latitude * Radian))
            + (Math.Cos(one.Latitude * Radian) * Math.Cos(other.Latitude * Radian) * Math.Cos((one.Longitude - other.Longitude) * Radian));
        return Place.EarthRadius * Math.Acos(Math.Clamp(cosine, -1, 1));
    }
}
