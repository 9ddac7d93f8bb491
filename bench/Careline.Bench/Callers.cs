using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Careline.Bench;

/// <summary>Some patients of the large demo set who have signed in, and what they ask for, all found out through the API as anybody would.</summary>
internal sealed class Callers(HttpClient client)
{
    private const int Patients = 40;
    private const int Doctors = 200;
    private const string Password = "careline-demo";

    private static readonly string[] _specialties = ["cardiology", "dermatology", "neurology", "pediatrics", "psychiatry", "oncology", "orthopedics", "urology"];
    private static readonly string[] _ratings = ["3.5", "3.8", "4.0", "4.2"];

    private readonly Random _random = new(1);
    private readonly Lock _turn = new();
    private readonly List<(string Token, HashSet<DateTimeOffset> Busy)> _patients = [];
    private readonly List<(string Doctor, string Date)> _days = [];
    private readonly Queue<(string Slot, string Token)> _bookings = new();

    public int BookingsLeft => _bookings.Count;

    public async Task PrepareAsync(bool signedIn, bool times)
    {
        for (var n = 1; signedIn && n <= Patients; n++)
        {
            var token = (string)(await AnswerAsync(Login(n)))["access"]!;
            var listed = await AnswerAsync(Get("/api/appointments/?page_size=100", token));
            _patients.Add((token, [.. listed.AsArray().Select(StartOf)]));
        }

        for (var page = 1; times && page <= Doctors / 20; page++)
        {
            foreach (var doctor in (await AnswerAsync(Get($"/api/doctors/?page={page}"))).AsArray())
            {
                await AddTimesAsync((string)doctor!["id"]!);
            }
        }
    }

    public HttpRequestMessage? Next(string kind)
    {
        lock (_turn)
        {
            return kind switch
            {
                "login" => Login(1 + _random.Next(1000)),
                "attack" => Login(1 + _random.Next(1000), "not the password"),
                "search" => Get($"/api/doctors/?specialization={Any(_specialties)}&min_rating={Any(_ratings)}"),
                "slots" => Any(_days) is var (doctor, date) ? Get($"/api/time-slots/?doctor={doctor}&date={date}&available_only=false") : null,
                "list" => Get("/api/appointments/", Any(_patients).Token),
                "book" => _bookings.TryDequeue(out var booking) ? Book(booking) : null,
                _ => throw new ArgumentException($"'{kind}' is not among login, search, slots, list, book, attack."),
            };
        }
    }

    /// <summary>A free time goes to a patient who is free then: nobody can be booked twice, and a refusal is not what is measured.</summary>
    private async Task AddTimesAsync(string doctor)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var slots = await AnswerAsync(Get(string.Create(
            CultureInfo.InvariantCulture, $"/api/time-slots/?doctor={doctor}&start_date={today:yyyy-MM-dd}&end_date={today.AddDays(20):yyyy-MM-dd}")));
        foreach (var slot in slots.AsArray())
        {
            var start = StartOf(slot);
            var day = (doctor, (string)slot!["date"]!);
            if (_days.Count == 0 || _days[^1] != day)
            {
                _days.Add(day);
            }

            var first = _patients.Count == 0 ? 0 : _random.Next(_patients.Count);
            var (token, busy) = _patients.Skip(first).Concat(_patients).FirstOrDefault(patient => !patient.Busy.Contains(start));
            if (busy is not null)
            {
                busy.Add(start);
                _bookings.Enqueue(((string)slot["id"]!, token));
            }
        }
    }

    private async Task<JsonNode> AnswerAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await client.SendAsync(request);
            return JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync())!["data"]!;
        }
    }

    private T Any<T>(IReadOnlyList<T> among) => among[_random.Next(among.Count)];

    private static DateTimeOffset StartOf(JsonNode? node) => (DateTimeOffset)node!["start"]!;

    private static HttpRequestMessage Get(string path, string? token = null) => Signed(new HttpRequestMessage(HttpMethod.Get, path), token);

    private static HttpRequestMessage Login(int patient, string password = Password) => new(HttpMethod.Post, "/api/auth/login/")
    {
        Content = JsonContent.Create(new { username = string.Create(CultureInfo.InvariantCulture, $"demo.patient.{patient:D6}"), password }),
    };

    private static HttpRequestMessage Book((string Slot, string Token) booking) => Signed(
        new HttpRequestMessage(HttpMethod.Post, "/api/appointments/")
        {
            Content = JsonContent.Create(new { time_slot_id = booking.Slot, reason = "Persistent cough" }),
        },
        booking.Token);

    private static HttpRequestMessage Signed(HttpRequestMessage request, string? token)
    {
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
