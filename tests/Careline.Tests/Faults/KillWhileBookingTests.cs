using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using Careline.Tests.Host;
using Careline.Tests.Support;

namespace Careline.Tests.Faults;

/// <summary>
/// What was acknowledged survives: real processes, a durable cluster, and kill -9 of the host and of PostgreSQL while people book.
/// </summary>
public sealed class KillWhileBookingTests(TestCluster cluster) : IAsyncDisposable
{
    private readonly TestFolder _folder = TestFolder.Create();
    private readonly int _port = Upstart.FreePort();
    private readonly ConcurrentBag<(HttpClient Patient, Guid Appointment)> _acknowledged = [];
    private Upstart? _up;

    [Fact]
    public async Task No_acknowledged_booking_is_lost_and_none_overlap()
    {
        var ct = TestContext.Current.CancellationToken;
        await cluster.SettleAsync(_folder.Careline);
        _up = Upstart.Run(_folder.Careline, _port, "up");
        await Eventually.HoldsAsync(() => _up.Output.Contains("ready at", StringComparison.Ordinal));
        using var command = Upstart.Run(_folder.Careline, _port, "cli", "create-admin", "--email", "boss@example.test", "--password", TestApp.Password);
        await command.Process.WaitForExitAsync(ct);
        using var admin = await SignInAsync("boss@example.test");
        using var doctor = await RegisterAsync("doctor", admin);
        var slots = new ConcurrentQueue<Guid>(await OfferAsync(doctor));
        HttpClient[] patients = [await RegisterAsync("patient", null), await RegisterAsync("patient", null), await RegisterAsync("patient", null)];
        using var stop = new CancellationTokenSource();
        var bookers = patients.Select(patient => BookAsync(patient, slots, stop.Token)).ToArray();

        await Eventually.HoldsAsync(() => _acknowledged.Count >= 10);
        HostOf(_up).Kill();
        var before = _acknowledged.Count;
        await Eventually.HoldsAsync(() => _acknowledged.Count >= before + 10);
        using (var server = Process.GetProcessById(Postmaster.ReadAlive(_folder.Careline)!.ProcessId))
        {
            server.Kill();
        }

        before = _acknowledged.Count;
        await Eventually.HoldsAsync(() => _acknowledged.Count >= before + 10);
        await stop.CancelAsync();
        await Task.WhenAll(bookers);

        foreach (var (patient, appointment) in _acknowledged)
        {
            (await patient.AskAsync($"/api/appointments/{appointment}/")).Status.ShouldBe(200);
        }

        var starts = new List<string>();
        for (var page = 1; starts.Count < _acknowledged.Count || page == 1; page++)
        {
            var rows = (await doctor.AskAsync($"/api/appointments/?page_size=100&page={page}")).Rows.ToList();
            rows.ShouldNotBeEmpty();
            starts.AddRange(rows.Select(r => r.GetProperty("start").GetString()!));
        }

        starts.ShouldBeUnique();
        Array.ForEach(patients, patient => patient.Dispose());
    }

    public async ValueTask DisposeAsync()
    {
        _up?.Dispose();
        await _folder.StopClusterAsync();
        _folder.Dispose();
    }

    private async Task BookAsync(HttpClient patient, ConcurrentQueue<Guid> slots, CancellationToken stop)
    {
        // Whoever was turned away takes a breath: three who ask without one keep the host from coming back.
        using var breath = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!stop.IsCancellationRequested && slots.TryDequeue(out var slot))
        {
            try
            {
                var reply = await patient.PostAsync("/api/appointments/", new { time_slot_id = slot });
                if (reply.Status == 201)
                {
                    _acknowledged.Add((patient, reply.Id));
                }
                else
                {
                    // While the database is away the answer is 503, never another failure.
                    new[] { 503, 409 }.ShouldContain(reply.Status, _up!.Output);
                    slots.Enqueue(slot);
                    await breath.WaitForNextTickAsync(CancellationToken.None);
                }
            }
            catch (HttpRequestException)
            {
                // The host is away: whether the booking happened is not known, and nobody was told that it did.
                slots.Enqueue(slot);
                await breath.WaitForNextTickAsync(CancellationToken.None);
            }
        }
    }

    private async Task<HttpClient> RegisterAsync(string role, HttpClient? verifier)
    {
        var name = $"{role}{Guid.CreateVersion7():N}";
        using var anonymous = NewClient(null);
        var reply = await anonymous.PostAsync("/api/auth/register/", new
        {
            username = name,
            email = $"{name}@example.test",
            password = TestApp.Password,
            first_name = "Some",
            last_name = "One",
            user_type = role,
            medical_license_number = name[^20..],
            specialization = "Cardiology",
        });
        reply.Status.ShouldBe(201, reply.Text);
        if (verifier is not null)
        {
            var id = reply.Data.GetProperty("user").GetProperty("doctor_id").GetGuid();
            (await verifier.PostAsync($"/api/doctors/{id}/verify/")).Status.ShouldBe(200);
        }

        return NewClient(reply.Data.GetProperty("access").GetString());
    }

    private async Task<HttpClient> SignInAsync(string name)
    {
        using var anonymous = NewClient(null);
        var reply = await anonymous.PostAsync("/api/auth/login/", new { username = name, password = TestApp.Password });
        return NewClient(reply.Data.GetProperty("access").GetString());
    }

    private static async Task<IEnumerable<Guid>> OfferAsync(HttpClient doctor)
    {
        var from = TimeProvider.System.GetUtcNow().AddDays(7);
        var made = await doctor.PostAsync("/api/time-slots/create_bulk_slots/", new
        {
            start_date = from.ToString("yyyy-MM-dd", null),
            end_date = from.AddDays(20).ToString("yyyy-MM-dd", null),
            start_time = "08:00",
            end_time = "18:00",
            slot_duration = 5,
        });
        made.Status.ShouldBe(201, made.Text);
        var slots = await doctor.AskAsync(
            $"/api/time-slots/?start_date={from:yyyy-MM-dd}&end_date={from.AddDays(20):yyyy-MM-dd}&page_size=100");
        var ids = new List<Guid>(slots.Rows.Select(r => r.GetProperty("id").GetGuid()));
        for (var page = 2; ids.Count < slots.Total; page++)
        {
            ids.AddRange((await doctor.AskAsync(
                $"/api/time-slots/?start_date={from:yyyy-MM-dd}&end_date={from.AddDays(20):yyyy-MM-dd}&page_size=100&page={page}"))
                .Rows.Select(r => r.GetProperty("id").GetGuid()));
        }

        return ids;
    }

    private HttpClient NewClient(string? access)
    {
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = TimeSpan.FromSeconds(20) };
        client.DefaultRequestHeaders.Authorization = access is null ? null : new AuthenticationHeaderValue("Bearer", access);
        return client;
    }

    // The one child of the supervisor that serves.
    private static Process HostOf(Upstart up) => Process.GetProcesses().Single(process =>
    {
        var folder = $"/proc/{process.Id}";
        try
        {
            return File.ReadAllText(folder + "/cmdline").Contains("serve", StringComparison.Ordinal)
                && File.ReadAllLines(folder + "/status").Contains($"PPid:\t{up.Process.Id}");
        }
        catch (IOException)
        {
            // Gone meanwhile.
            return false;
        }
    });
}
