using Careline.Accounts.Contracts;
using Careline.Tests.Architecture;
using Careline.Tests.Doctors;
using Careline.Tests.Records;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Authorization;

/// <content>Things that calls use up, made anew for whoever is let in.</content>
public sealed partial class AuthorizationWorld
{
    private async Task<string?> FreshAsync(string path)
    {
        if ((path.StartsWith("/api/eclinic/clinics/", StringComparison.Ordinal) || path == "/api/doctors/{id}/clinics/{clinicId}/") && await FreshAtClinicAsync(path) is { } atClinic)
        {
            return atClinic;
        }

        if (path == "/api/time-slots/{id}/")
        {
            return $"/api/time-slots/{_freeSlots[Interlocked.Increment(ref _taken)]}/";
        }

        if (path == "/api/prescriptions/templates/{id}/")
        {
            return $"/api/prescriptions/templates/{Made(await Doctor.PostAsync("/api/prescriptions/templates/", _bodies["POST /api/prescriptions/templates/"]))}/";
        }

        if (path == "/api/analytics/kpis/{figure}/target/")
        {
            string[] figures = ["missed", "booked", "completed", "cancelled"];
            var target = $"/api/analytics/kpis/{figures[Interlocked.Increment(ref _targets) % figures.Length]}/target/";
            foreach (var runs in new[] { People[8]!, People[9]!, People[11]! })
            {
                (await runs.PutAsync(target, new { value = 1 })).Status.ShouldBe(200);
            }

            return target;
        }

        if (path == "/api/analytics/reports/{id}/")
        {
            return $"/api/analytics/reports/{await ReportAsync()}/";
        }

        if (path == "/api/calendar/feeds/{id}/")
        {
            return $"/api/calendar/feeds/{await FeedAsync()}/";
        }

        if (path == "/api/calendar/outside/{id}/")
        {
            return $"/api/calendar/outside/{await OutsideAsync()}/";
        }

        if (path.Contains("/{reviewId}/", StringComparison.Ordinal))
        {
            return path.Replace("{reviewId}", (await this.ReviewedAsync(Patient, Doctor)).ToString(), StringComparison.Ordinal);
        }

        if (path == "/api/appointments/holds/{id}/")
        {
            return $"/api/appointments/holds/{await HoldAsync()}/";
        }

        if (path == "/api/chats/{id}/messages/{messageId}/")
        {
            return $"/api/chats/{_ids[("{id}", "/api/chats/")]}/messages/{await SaidAsync()}/";
        }

        if (path == "/api/chats/{id}/participants/{userId}/")
        {
            return $"/api/chats/{Made(await Patient.PostAsync("/api/chats/", new { type = "support" }))}/participants/{Patient.UserId}/";
        }

        if (path.Contains("/{guestId}/", StringComparison.Ordinal))
        {
            // It may be taken back twice.
            return path.Replace("{guestId}", $"{_ids[("{guestId}", "/")]}", StringComparison.Ordinal);
        }

        if (path == "/api/notifications/{id}/")
        {
            return $"/api/notifications/{await ToldAsync()}/";
        }

        if (path == "/api/notifications/push-subscriptions/{id}/")
        {
            return $"/api/notifications/push-subscriptions/{await BrowserAsync()}/";
        }

        if (path == "/api/specializations/{id}/")
        {
            return $"/api/specializations/{await SpecializationAsync()}/";
        }

        if (path == "/api/medicines/{id}/")
        {
            return $"/api/medicines/{await MedicineAsync()}/";
        }

        if (path == "/api/payments/methods/{id}/")
        {
            return $"/api/payments/methods/{await MethodAsync()}/";
        }

        if (path == "/api/payments/coupons/{id}/")
        {
            return $"/api/payments/coupons/{await CouponAsync()}/";
        }

        if (path == "/api/payments/plans/{id}/")
        {
            return $"/api/payments/plans/{await PlanAsync()}/";
        }

        if (path == "/api/audit/processing/{id}/")
        {
            return $"/api/audit/processing/{await ActivityAsync()}/";
        }

        if (path.EndsWith("/legal-hold/", StringComparison.Ordinal))
        {
            return $"/api/patients/{await HeldAsync()}/legal-hold/";
        }

        if (path == "/api/medical-files/{id}/")
        {
            return $"/api/medical-files/{await Patient.AddDocumentAsync()}/";
        }

        if (path == "/api/medical-files/uploads/{id}/")
        {
            return $"/api/medical-files/uploads/{await UploadAsync()}/";
        }

        if (path.EndsWith("/{shareId}/", StringComparison.Ordinal))
        {
            return $"/api/medical-files/{_ids[("{id}", "/api/medical-files/")]}/shares/{await ShareAsync()}/";
        }

        if (path.EndsWith("/{grantId}/", StringComparison.Ordinal))
        {
            return path.Replace("{grantId}", (await GrantAsync()).ToString(), StringComparison.Ordinal);
        }

        if (path.Contains("/{proxyId}/", StringComparison.Ordinal))
        {
            return path.Replace("{proxyId}", (await ProxyAsync()).ToString(), StringComparison.Ordinal);
        }

        if (path.EndsWith("/{staffId}/", StringComparison.Ordinal))
        {
            return path.Replace("{staffId}", (await MemberAsync()).ToString(), StringComparison.Ordinal);
        }

        if (path.EndsWith("/{deviceId}/", StringComparison.Ordinal))
        {
            return path.Replace("{deviceId}", (await DeviceAsync()).ToString(), StringComparison.Ordinal);
        }

        if (path.Contains("/{chargeId}/", StringComparison.Ordinal))
        {
            return path.Replace("{chargeId}", (await ChargeAsync()).ToString(), StringComparison.Ordinal);
        }

        if (path.EndsWith("Id}/", StringComparison.Ordinal))
        {
            return path[..path.LastIndexOf('{')] + await EntryAsync(path[..path.LastIndexOf('{')]) + "/";
        }

        return null;
    }

    private async Task<Guid> FurtherSessionAsync()
    {
        using var again = await SignInAsync(Patient.UserName);
        return (await again.GetAsync("/api/auth/sessions/")).Rows.Single(s => s.GetProperty("current").GetBoolean()).GetProperty("id").GetGuid();
    }

    private async Task<Guid> FeedAsync() => Made(await Patient.PostAsync("/api/calendar/feeds/"));

    private async Task<Guid> OutsideAsync() => Made(await Doctor.PostAsync("/api/calendar/outside/", Outside()));

    // Such a name leads nowhere.
    private static object Outside() => new { url = "https://calendar.example.invalid/private.ics" };

    private object Wait() => new { doctor_id = Doctor.DoctorId, patient_id = Patient.PatientId, start_date = this.Day(80).Text(), end_date = this.Day(80).Text() };

    private async Task<Guid> HoldAsync() =>
        Made(await Patient.PostAsync("/api/appointments/holds/", new { time_slot_id = _freeSlots[Interlocked.Increment(ref _taken)] }));

    private async Task<Guid> ToldAsync()
    {
        var id = Guid.CreateVersion7();
        await SqlAsync(
            """
            INSERT INTO notifications.notifications (id, account_id, category, severity, phrase, title, body, created_at)
            VALUES ($1, $2, 'system', 'info', 'patients.opened', 'A title', 'A text', $3)
            """,
            id,
            Patient.UserId,
            Now);
        return id;
    }

    private async Task<Guid> SaidAsync() =>
        Made(await Patient.PostAsync($"/api/chats/{_ids[("{id}", "/api/chats/")]}/messages/", new { client_id = Guid.CreateVersion7(), content = "A cough" }));

    private async Task<Guid> BrowserAsync() =>
        Made(await Patient.PostAsync("/api/notifications/push-subscriptions/", StrangersWorld.Browser($"{Guid.CreateVersion7()}")));

    private async Task<Guid> SpecializationAsync() =>
        Made(await People[11]!.PostAsync("/api/specializations/", new { name = $"Specialty {Guid.CreateVersion7()}" }));

    private async Task<Guid> MedicineAsync() =>
        Made(await People[11]!.PostAsync("/api/medicines/", new { name = $"Brand {Guid.CreateVersion7()}", kind = "brand", composition = new[] { new { ingredient = "paracetamol" } } }));

    private object Loss() => new { discovered_at = Now, description = "A laptop was lost" };

    private static object Activity() => new
    {
        name = $"Activity {Guid.CreateVersion7()}",
        purpose = "Care",
        lawful_basis = "Contract",
        people_categories = new[] { "Patients" },
        data_categories = new[] { "Names" },
        recipients = "None",
        transfers = "None",
        retention = "Six years",
        security_measures = "Encryption",
    };

    private async Task<Guid> ActivityAsync() => Made(await People[11]!.PostAsync("/api/audit/processing/", Activity()));

    private async Task<Guid> HeldAsync()
    {
        using var patient = await PatientAsync("Held");
        (await People[11]!.PutAsync($"/api/patients/{patient.PatientId}/legal-hold/", new { reason = "Case 7" })).Status.ShouldBeLessThan(300);
        return patient.PatientId;
    }

    // To somebody new each time: a grant ends the one before to the same doctor.
    private async Task<Guid> GrantAsync()
    {
        using var doctor = await this.BookableDoctorAsync();
        return Made(await Patient.PostAsync($"/api/patients/{Patient.PatientId}/grants/", new { doctor_id = doctor.DoctorId, until = Now.AddDays(1) }));
    }

    // Codes are one at a time, and these calls are many.
    private async Task<Guid> DeviceAsync()
    {
        var id = Guid.CreateVersion7();
        await SqlAsync(
            "INSERT INTO vitals.devices (id, patient_id, name, token_hash, paired_by, paired_at, window_at, window_count) VALUES ($1, $2, 'Scales', $3, $4, $5, $5, 0)",
            id, Patient.PatientId, id.ToByteArray(), Patient.UserId, Now);
        return id;
    }

    private async Task<Guid> UploadAsync()
    {
        var begun = await Patient.PostAsync("/api/medical-files/uploads/", null, ResumableUploadTests.Headers(10));
        return Guid.Parse(begun.Headers.Location!.ToString().Split('/')[^2]);
    }

    private async Task<Guid> ShareAsync() =>
        Made(await Patient.ShareAsync((Guid)_ids[("{id}", "/api/medical-files/")], new { link = true }));

    private async Task<Guid> ProxyAsync() =>
        Made(await Patient.PostAsync($"/api/patients/{Patient.PatientId}/proxies/", StrangersWorld.Bodies["/proxies/"]));

    private async Task<Guid> MemberAsync()
    {
        using var member = await StaffAsync(Roles.Nurse);
        return Made(await People[11]!.PostAsync($"/api/eclinic/clinics/{_clinic}/staff/", new { account_id = member.UserId, role = "nurse" }));
    }

    private async Task<Guid> EntryAsync(string list)
    {
        var body = StrangersWorld.Bodies.First(b => list.EndsWith(b.Key, StringComparison.Ordinal)).Value;
        var id = list.StartsWith("/api/doctors/", StringComparison.Ordinal) ? Doctor.DoctorId : Patient.PatientId;
        return Made(await Doctor.PostAsync(list.Replace("{id}", id.ToString(), StringComparison.Ordinal), body), list);
    }

    private static Guid Made(Reply reply, string what = "") => reply.Status == 201 ? reply.Id : throw new InvalidOperationException($"{what} {reply.Status}: {reply.Text}");
}
