using Careline.Tests.Support;

namespace Careline.Tests.Scheduling;

public sealed class CancellationTermsTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const int FarNotice = 60 * 24 * 60;

    [Fact]
    public async Task Where_the_terms_forbid_it_a_patient_cannot_cancel_late_and_the_practice_can()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await doctor.KeepHoursAsync(doctor.DoctorId, new { cancellation_notice_minutes = FarNotice, late_cancellation = "forbidden" });
        var id = await patient.BookedAsync((await app.TimesAsync(doctor.DoctorId, app.Day()))[0]);
        var later = await patient.BookedAsync((await app.TimesAsync(doctor.DoctorId, app.Day(80)))[0]);

        (await patient.MoveAsync(id, "cancel")).ErrorCode.ShouldBe("TOO_LATE_TO_CANCEL");
        (await patient.DeleteAsync($"/api/appointments/{id}/")).ErrorCode.ShouldBe("TOO_LATE_TO_CANCEL");
        (await patient.MoveAsync(later, "cancel")).Word("status").ShouldBe("cancelled");
        (await doctor.MoveAsync(id, "cancel")).Word("status").ShouldBe("cancelled");
    }

    [Fact]
    public async Task Where_it_is_charged_the_share_of_the_fee_is_recorded_and_told()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await app.SqlAsync("UPDATE doctors.doctors SET fee_amount = 50000, fee_currency = 'NGN' WHERE id = $1", doctor.DoctorId);
        await doctor.KeepHoursAsync(doctor.DoctorId, new { cancellation_notice_minutes = FarNotice, late_cancellation = "charged", late_fee_percent = 30 });
        var times = await app.TimesAsync(doctor.DoctorId, app.Day());
        var id = await patient.BookedAsync(times[0]);

        var cancelled = await patient.MoveAsync(id, "cancel", new { reason = "Away" });

        cancelled.Json.GetProperty("message").GetString()!.ShouldContain("30 percent");
        (await app.SqlAsync("SELECT fee_amount FROM scheduling.late_cancellations WHERE id = $1 AND fee_percent = 30 AND fee_currency = 'NGN'", id)).ShouldBe(15000L);
        (await app.TimesAsync(doctor.DoctorId, app.Day())).ShouldContain(times[0]);
        (await patient.MoveAsync(id, "cancel")).ErrorCode.ShouldBe("ILLEGAL_MOVE");
    }
}
