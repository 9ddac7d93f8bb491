using System.Globalization;
using System.Text.Json;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

/// <summary>What the tests of scheduling arrange in one phrase.</summary>
internal static class Practice
{
    /// <summary>A day far enough ahead that no test's clock passes it.</summary>
    public static DateOnly Day(this TestApp app, int ahead = 30) => DateOnly.FromDateTime(app.Now.UtcDateTime).AddDays(ahead);

    public static string Text(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A doctor whom patients can book, in a zone.</summary>
    public static async Task<Person> BookableDoctorAsync(this TestApp app, string zone = "UTC")
    {
        var doctor = await app.DoctorAsync(verified: false);
        await app.SqlAsync("UPDATE doctors.doctors SET verification = 'verified', time_zone = $2 WHERE id = $1", doctor.DoctorId, zone);
        return doctor;
    }

    /// <summary>Half-hour slots from nine o'clock; answers their ids.</summary>
    public static async Task<string[]> OfferAsync(this Person doctor, DateOnly day, int count = 4, string from = "09:00:00")
    {
        var start = TimeOnly.Parse(from, CultureInfo.InvariantCulture);
        var reply = await doctor.PostAsync("/api/time-slots/create_bulk_slots/", new
        {
            date = day.Text(),
            start_time = from,
            end_time = start.AddMinutes(30 * count).ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            slot_duration = 30,
        });
        reply.Status.ShouldBe(201, reply.Text);
        return [.. reply.Data.GetProperty("created").EnumerateArray().Select(s => s.GetProperty("id").GetString()!)];
    }

    /// <summary>Working hours on every day of the week, half-hour visits from nine to eleven unless said otherwise.</summary>
    public static async Task<Reply> KeepHoursAsync(this Person by, Guid doctorId, object? terms = null, string start = "09:00", string end = "11:00")
    {
        var body = JsonSerializer.SerializeToNode(terms ?? new { })!.AsObject();
        body["rules"] ??= JsonSerializer.SerializeToNode(Enum.GetValues<DayOfWeek>().Select(d => new { weekday = d.ToString().ToLowerInvariant(), start_time = start, end_time = end }));
        var reply = await by.PutAsync($"/api/doctors/{doctorId}/availability/", body.ToJsonString());
        reply.Status.ShouldBe(200, reply.Text);
        return reply;
    }

    /// <summary>The ids of a day's free times.</summary>
    public static async Task<string[]> TimesAsync(this TestApp app, Guid doctorId, DateOnly day, string more = "") =>
        [.. (await app.Anonymous.AskAsync($"/api/time-slots/?doctor={doctorId}&date={day.Text()}{more}")).Rows.Select(s => s.GetProperty("id").GetString()!)];

    public static Task<Reply> BookAsync(this Person caller, string slotId) =>
        caller.PostAsync("/api/appointments/", new { time_slot_id = slotId, reason = "Cough", symptoms = "Dry cough at night", notes = "Allergic to dust" });

    public static async Task<Guid> BookedAsync(this Person patient, string slotId)
    {
        var reply = await patient.BookAsync(slotId);
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Id;
    }

    public static Task<Reply> MoveAsync(this Person caller, Guid appointmentId, string move, object? body = null) =>
        caller.PostAsync($"/api/appointments/{appointmentId}/{move}/", body);

    public static string Word(this Reply reply, string name) => reply.Data.GetProperty(name).GetString()!;

    /// <summary>A clinic with nothing but a name.</summary>
    public static async Task<Guid> ClinicAsync(this TestApp app)
    {
        var id = Guid.CreateVersion7();
        await app.SqlAsync(
            """
            INSERT INTO clinics.clinics (id, name, time_zone, status, is_verified, created_at, updated_at, version)
            VALUES ($1, 'Harbour Clinic', 'UTC', 'active', true, $2, $2, 1)
            """,
            id,
            app.Now);
        return id;
    }

    public static Task JoinAsync(this TestApp app, Person member, Guid clinicId, string role) => app.SqlAsync(
        "INSERT INTO clinics.staff (id, clinic_id, account_id, role, joined_at, version) VALUES ($1, $2, $3, $4, $5, 1)",
        Guid.CreateVersion7(),
        clinicId,
        member.UserId,
        role,
        app.Now);
}
