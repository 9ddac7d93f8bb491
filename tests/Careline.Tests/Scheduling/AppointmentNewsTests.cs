using Careline.Tests.Patients;
using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

/// <summary>Both sides are told of what becomes of a visit, by both clocks, without a name or a word of what it is about.</summary>
public sealed class AppointmentNewsTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Both_sides_are_told_of_a_booking_by_both_clocks()
    {
        using var doctor = await app.BookableDoctorAsync("Africa/Lagos");
        using var patient = await app.PatientAsync("Theodora");
        (await patient.PutAsync("/api/notifications/preferences/", new { time_zone = "America/New_York" })).Status.ShouldBe(200);
        var visit = await patient.BookedAsync((await doctor.OfferAsync(app.Day(), 1))[0]);

        var told = await ToldAsync(patient, "scheduling.booked");
        var toldDoctor = await ToldAsync(doctor, "scheduling.booked");

        told.GetProperty("about").GetProperty("id").GetGuid().ShouldBe(visit);
        var (text, other) = (told.GetProperty("body").GetString()!, toldDoctor.GetProperty("body").GetString()!);
        text.ShouldContain("(America/New_York, UTC-0");
        text.ShouldContain("09:00 (Africa/Lagos, UTC+01:00)");
        text.IndexOf("New_York", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("Lagos", StringComparison.Ordinal));
        other.IndexOf("Lagos", StringComparison.Ordinal).ShouldBeLessThan(other.IndexOf("New_York", StringComparison.Ordinal));
        (text + other).ShouldNotContain("Theodora");
        (text + other).ShouldNotContain("ough");
        (await app.InboxAsync($"{patient.UserName}@example.test")).ShouldContain(text);
        (await app.InboxAsync($"{doctor.UserName}@example.test")).ShouldContain(other);
    }

    [Fact]
    public async Task Both_sides_are_told_that_a_visit_was_moved_and_called_off()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(), 3);
        var visit = await patient.BookedAsync(slots[0]);
        (await patient.MoveAsync(visit, "reschedule", new { time_slot_id = slots[2] })).Status.ShouldBe(200);

        (await ToldAsync(doctor, "scheduling.moved")).GetProperty("body").GetString()!.ShouldContain("10:00");
        await ToldAsync(patient, "scheduling.moved");
        (await doctor.MoveAsync(visit, "cancel")).Status.ShouldBe(200);
        await ToldAsync(patient, "scheduling.cancelled");
        await ToldAsync(doctor, "scheduling.cancelled");
    }

    [Fact]
    public async Task The_doctor_is_told_of_a_request_and_the_patient_of_the_answer()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var wish = new { doctor_id = doctor.DoctorId, preferred_date = app.Day().Text(), day_part = "morning", reason = "Cough" };
        var request = (await patient.PostAsync("/api/appointment-requests/", wish)).Id;

        await ToldAsync(doctor, "scheduling.requested");
        (await doctor.PostAsync($"/api/appointment-requests/{request}/reject/", new { reason = "Away" })).Status.ShouldBe(200);

        (await ToldAsync(patient, "scheduling.declined")).GetProperty("body").GetString()!.ShouldNotContain("Away");
        (await doctor.GetAsync("/api/notifications/")).Rows.Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_hold_that_is_given_up_is_told_to_nobody()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        var hold = (await patient.PostAsync("/api/appointments/holds/", new { time_slot_id = (await doctor.OfferAsync(app.Day(), 2))[0] })).Id;
        (await patient.DeleteAsync($"/api/appointments/holds/{hold}/")).Status.ShouldBe(204);
        await patient.BookedAsync((await app.TimesAsync(doctor.DoctorId, app.Day()))[1]);

        await ToldAsync(doctor, "scheduling.booked");

        (await doctor.GetAsync("/api/notifications/")).Rows.Count().ShouldBe(1);
        (await patient.GetAsync("/api/notifications/")).Rows.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Who_books_for_the_patient_is_told_too()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        using var mother = await app.PatientAsync();
        await app.ActForAsync(mother, patient, ["book"]);

        await patient.BookedAsync((await doctor.OfferAsync(app.Day(), 1))[0]);

        await ToldAsync(mother, "scheduling.booked");
    }

    private async Task<System.Text.Json.JsonElement> ToldAsync(Person reader, string type)
    {
        var found = default(System.Text.Json.JsonElement);
        await Eventually.HoldsAsync(async () =>
        {
            await app.DeliverEventsAsync();
            found = (await reader.GetAsync("/api/notifications/?mark_read=false")).Rows.FirstOrDefault(n => n.GetProperty("type").GetString() == type);
            return found.ValueKind != System.Text.Json.JsonValueKind.Undefined;
        });
        return found;
    }
}
