using Careline.Files.Contracts;
using Careline.Tests.Architecture;
using Careline.Tests.Clinics;
using Careline.Tests.Clinics.Stock;
using Careline.Tests.Doctors;
using Careline.Tests.Files;
using Careline.Tests.Labs;
using Careline.Tests.Payments;
using Careline.Tests.Payments.Plans;
using Careline.Tests.Prescriptions;
using Careline.Tests.Records;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Careline.Tests.Vitals;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Privacy;

/// <summary>A patient with something in every place that may hold something of a patient, each text with the patient's own mark in it.</summary>
internal sealed record FullRecord(Person Patient, Person Doctor, string Mark) : IDisposable
{
    public string Email => $"{Patient.UserName}@example.test";

    public string Phone { get; } = Numbered("+23480");

    public string ContactPhone { get; } = Numbered("+23470");

    /// <summary>What would tell somebody who this is, wherever it stood.</summary>
    public IEnumerable<string> Identifying => [Mark, Email, Patient.UserName, Phone, ContactPhone];

    public static async Task<FullRecord> MakeAsync(TestApp app, string mark)
    {
        var doctor = await app.BookableDoctorAsync();
        var record = new FullRecord(await app.PatientAsync(mark), doctor, mark);
        await record.DescribeAsync(app);
        await record.VisitAsync(app);
        await record.BreakGlassAsync(app);
        await record.SendFilesAsync(app);
        await record.PayAsync(app);
        await MadeAsync(record.Patient, "/api/patients/me/consents/", new { kind = "privacy_notice", version = 1 });
        await MadeAsync(record.Patient, "/api/patients/me/data-requests/", new { kind = "correction", reason = $"{mark} is spelt otherwise" });
        await app.DeliverEventsAsync();
        await app.InboxAsync(record.Email);
        return record;
    }

    public void Dispose()
    {
        Patient.Dispose();
        Doctor.Dispose();
    }

    private async Task DescribeAsync(TestApp app)
    {
        (await Patient.PatchAsync("/api/auth/profile/", new
        {
            phone = Phone,
            address = $"7 {Mark} Close",
            bio = $"{Mark} about me",
            date_of_birth = "1984-05-17",
            preferences = new { nickname = Mark },
        })).Status.ShouldBe(200);
        (await SoftwareAuthenticator.RegisterAsync(Patient)).Device.Dispose();
        var totp = await Patient.PostAsync("/api/auth/mfa/totp/");
        totp.Status.ShouldBeLessThan(300, totp.Text);
        (await Patient.PatchAsync(Path, new { city = $"{Mark} City", blood_group = "O+", medical_history = $"{Mark} history", language = "en" })).Status.ShouldBe(200);
        await AddAsync(Patient, "allergies", new { substance = "Latex", reaction = $"{Mark} itches" });
        await AddAsync(Patient, "medications", new { name = "Iron", frequency = $"{Mark} daily" });
        await AddAsync(Patient, "emergency-contacts", new { name = $"{Mark} Senior", phone = ContactPhone, email = $"{Mark}.senior@example.test", relation = "mother" });
        await AddAsync(Patient, "insurance", new { provider = "Hygeia", member_number = $"HY-{Mark}-44", group_number = $"G-{Mark}", holder = $"{Mark} Senior" });
        await AddAsync(Patient, "proxies", new { email = "a.relative@example.test", relation = "parent", rights = new[] { "read", "book" } });
        await AddAsync(Patient, "grants", new { doctor_id = Doctor.DoctorId, until = app.Now.AddDays(7), reason = $"{Mark} asked for a second opinion" });
        await MadeAsync(Patient, "/api/calendar/feeds/", new { });
        await MadeAsync(Patient, "/api/waitlist/", new { doctor_id = Doctor.DoctorId, start_date = app.Day(60).Text(), end_date = app.Day(60).Text(), reason = $"{Mark} cannot wait" });
        var document = await Patient.AddDocumentAsync($"{Mark} wrote this", ("title", $"{Mark} letter"), ("description", $"{Mark} says"));
        await MadeAsync(Patient, $"/api/medical-files/{document}/share/", new { user_id = Doctor.UserId });
        (await Patient.PostAsync("/api/medical-files/uploads/", null, ResumableUploadTests.Headers(10, $"{Mark}.txt"))).Status.ShouldBe(201);
        (await Patient.PutAsync("/api/notifications/preferences/", new
        {
            language = "en",
            choices = new[] { new { category = "reminder", channel = "sms", is_on = true } },
        })).Status.ShouldBe(200);
        await MadeAsync(Patient, "/api/notifications/push-subscriptions/", StrangersWorld.Browser(Mark));
        await app.Anonymous.PostAsync("/api/auth/send-otp/", new { phone = Phone });
        await app.Anonymous.PostAsync("/api/auth/password-reset/", new { email = Email });
    }

    private async Task VisitAsync(TestApp app)
    {
        var clinic = await app.ClinicAsync();
        await app.JoinAsync(Doctor, clinic, "doctor");
        var atClinic = await MadeAsync(Doctor, "/api/time-slots/", new { date = app.Day().Text(), start_time = "08:00:00", end_time = "08:30:00", clinic_id = clinic });
        var booked = await Patient.PostAsync(
            "/api/appointments/",
            new { time_slot_id = atClinic, reason = $"{Mark} cough", symptoms = $"{Mark} fever", notes = $"{Mark} dust", contact_phone = Phone },
            ("Idempotency-Key", Guid.CreateVersion7().ToString()));
        var wish = new { doctor_id = Doctor.DoctorId, preferred_date = app.Day().Text(), day_part = "evening", reason = $"{Mark} sleeps badly" };
        var asked = await MadeAsync(Patient, "/api/appointment-requests/", wish);
        (await Patient.PostAsync($"/api/appointment-requests/{asked}/cancel/", new { reason = $"{Mark} sleeps again" })).Status.ShouldBe(200);
        var slots = await Doctor.OfferAsync(app.Day(), 2);
        var called = await Patient.BookedAsync(slots[0]);
        await MadeAsync(Patient, $"/api/appointments/{called}/reschedule-proposal/", new { time_slot_id = slots[1], reason = $"{Mark} works then" });
        await Doctor.KeepHoursAsync(Doctor.DoctorId, new { cancellation_notice_minutes = 80_000, late_cancellation = "charged", late_fee_percent = 10, rules = Array.Empty<object>() });
        (await Patient.MoveAsync(called, "cancel", new { reason = $"{Mark} is away" })).Status.ShouldBe(200);
        await AddAsync(Doctor, "conditions", new { text = $"{Mark} asthma" });
        await AddAsync(Doctor, "immunisations", new { vaccine = "Measles", given_on = "2001-01-31", lot = $"{Mark}-1" });
        await Doctor.AddDocumentAsync("A letter", ("patient_id", Patient.PatientId.ToString()), ("title", $"Letter about {Mark}"));
        await AddAsync(Doctor, "notes", new { content = $"{Mark} is afraid of needles" });

        var visit = $"/api/consultations/{(await MadeAsync(Doctor, "/api/consultations/", new { appointment_id = booked.Id, chief_complaint = $"{Mark} coughs" }))}/";
        (await Doctor.PostAsync($"{visit}start/")).Status.ShouldBe(200);
        (await Doctor.PatchAsync(visit, new { assessment = $"{Mark} wheezes", private_notes = $"{Mark} private thought" })).Status.ShouldBe(200);
        (await Doctor.PatchAsync(visit, new { assessment = $"{Mark} wheezes loudly" })).Status.ShouldBe(200);
        await MadeAsync(Doctor, $"{visit}notes/", new { title = $"{Mark} title", content = $"{Mark} note" });
        await MadeAsync(Doctor, $"{visit}diagnoses/", new { text = $"{Mark} asthma", code = "J45" });
        await MadeAsync(Doctor, $"{visit}vital-signs/", new { heart_rate = 72, consciousness = "alert" });
        await MeasureAsync(app, visit);
        await MeetAsync(app, visit);
        await MadeAsync(Doctor, $"{visit}prescriptions/", new { medication_name = "Salbutamol", dosage = "2 puffs", frequency = "as needed", instructions = $"{Mark} shakes well" });
        await TakeMedicinesAsync(app);
        await AskTheLaboratoryAsync(app, visit, clinic);
        (await Doctor.PostAsync($"{visit}complete/")).Status.ShouldBe(200);
        await MadeAsync(Doctor, $"{visit}addenda/", new { content = $"{Mark} called back" });
        await ReviewAsync(app, booked.Id);
        await ChatAsync(app, booked.Id);
    }

    private async Task MeasureAsync(TestApp app, string visit)
    {
        await AddAsync(Doctor, "vital-targets", new { measure = "weight", high = 80, raises_alert = true });
        await MadeAsync(Doctor, $"{visit}vital-signs/", new { weight = 90 });
        var alert = (await Doctor.GetAsync($"/api/alerts/?patient={Patient.PatientId}")).Rows.First().GetProperty("id").GetGuid();
        (await Doctor.PostAsync($"/api/alerts/{alert}/acknowledge/", new { note = $"{Mark} is well" })).Status.ShouldBe(200);
        var device = await app.PairedAsync(Patient, $"{Mark}'s scales");
        (await device.SendAsync(DevicePairing.Reading($"{Mark}-1", "weight", 81, "kg", app.Now))).Status.ShouldBe(200);
    }

    private async Task TakeMedicinesAsync(TestApp app)
    {
        object[] lines =
        [
            new { medication_name = "Warfarin", strength = "5 mg", dosage = "1-1-1-1", frequency = $"daily, {Mark}", quantity = 30, instructions = $"{Mark} comes for her blood" },
            new { medication_name = "Ibuprofen", strength = "400 mg", dosage = "400 mg", frequency = "thrice_daily" },
        ];
        var sheet = $"/api/prescriptions/{await MadeAsync(Doctor, "/api/prescriptions/", new { patient_id = Patient.PatientId, lines, general_advice = $"{Mark} rests" })}/";
        foreach (var finding in (await Doctor.GetAsync(sheet)).Data.GetProperty("safety").GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("interrupts").GetBoolean()))
        {
            await MadeAsync(Doctor, $"{sheet}overrides/", new { finding = finding.GetProperty("finding").GetString(), reason = $"{Mark} insists" });
        }

        var signed = await Doctor.PostAsync($"{sheet}sign/");
        signed.Status.ShouldBe(200, signed.Text);
        using (var stock = await Stocked.OpenAsync(app))
        {
            var item = await stock.ItemAsync();
            await stock.BatchAsync(item, 1);
            var handed = await stock.Pharmacist.PostAsync(
                $"/api/prescriptions/verify/{signed.Code()}/dispense/", new { lines = new[] { new { line_id = signed.Line(), quantity = 1, item_id = item } }, note = $"{Mark} pays" });
            handed.Status.ShouldBe(201, handed.Text);
        }

        (await Patient.PutAsync("/api/prescriptions/reminders/settings/", new { is_on = true })).Status.ShouldBe(200);
        await app.RunJobAsync("prescriptions.plan-doses");
        var dose = (await Patient.GetAsync("/api/prescriptions/reminders/")).Rows.Last().GetProperty("id").GetGuid();
        (await Patient.PostAsync($"/api/prescriptions/reminders/{dose}/skipped/", new { reason = $"{Mark} feels sick" })).Status.ShouldBe(200);
    }

    private async Task AskTheLaboratoryAsync(TestApp app, string visit, Guid clinic)
    {
        var ordered = await Doctor.PostAsync($"{visit}lab-orders/", new { tests = new[] { "CUL-URINE" }, clinical_question = $"{Mark} burns", clinic_id = clinic });
        using var admin = await app.AdminAsync();
        (await admin.PutAsync($"/api/labs/clinics/{clinic}/collection-hours/", CollectionTests.Hours(1))).Status.ShouldBe(200);
        var times = (await Patient.GetAsync($"/api/labs/collection-times/?clinic={clinic}&mode=home&date={app.Day(5).Text()}")).Rows.ToList();
        await MadeAsync(Patient, "/api/labs/collections/", new
        {
            order = ordered.Id,
            clinic_id = clinic,
            start = times[0].GetProperty("start").GetString(),
            mode = "home",
            address = $"7 {Mark} Close",
            contact_phone = ContactPhone,
            notes = $"{Mark} has a dog",
        });
        var order = $"/api/labs/orders/{ordered.Id}/";
        var sample = await MadeAsync(Doctor, $"{order}samples/", new { specimen = "urine" });
        (await Doctor.PostAsync($"{order}samples/{sample}/reject/", new { reason = "leaked", note = $"{Mark} spilt it" })).Status.ShouldBe(200);
        var result = (await Doctor.PostAsync($"{order}results/", new { results = new[] { new { test = "CUL-URINE", text = $"{Mark} grows nothing", note = $"{Mark} called" } } })).Rows.Single();
        var path = $"/api/labs/results/{result.GetProperty("id").GetGuid()}/";
        (await Doctor.PutAsync($"{path}report/", Documents.Form($"{Mark} report"))).Status.ShouldBe(200);
        (await Doctor.PostAsync($"{path}correct/", new { reason = $"{Mark} again", result = new { test = "CUL-URINE", text = $"{Mark} grows something" } })).Status.ShouldBe(200);
        (await Doctor.PostAsync($"{path}review/", new { note = $"Well done, {Mark}" })).Status.ShouldBe(200);
        var number = (await Patient.GetAsync("/api/patients/me/")).Word("number");
        var message = new Oru().Patient(number).Order(ordered.Word("number")).Result("99999-0", $"{Mark} value", "", type: "ST");
        (await admin.SendAsync(message)).Text.Segments("MSA").Single()[1].ShouldBe("AE");
        var waiting = (await admin.GetAsync("/api/labs/quarantine/")).Rows.Single(q => q.GetProperty("patient_id").ToString() == $"{Patient.PatientId}").GetProperty("id").GetGuid();
        (await admin.PostAsync($"/api/labs/quarantine/{waiting}/dismiss/", new { reason = $"{Mark} has no such test" })).Status.ShouldBe(200);
    }

    private async Task MeetAsync(TestApp app, string visit)
    {
        (await Patient.PostAsync($"{visit}session/")).Status.ShouldBe(200);
        await MadeAsync(Patient, $"{visit}session/confirmation/", new { is_identity_confirmed = true, consents_to_remote_care = true, place = $"7 {Mark} Close", callback_number = Phone });
        await MadeAsync(Patient, $"{visit}session/guests/", new { kind = "carer", name = $"{Mark} Senior" });
        await using var socket = await Socket.OpenAsync(app.Address, visit.Replace("/api/", "/ws/", StringComparison.Ordinal), Doctor);
        await socket.SendAsync(new { type = "join" });
        await socket.NextAsync("joined");
        await socket.SendAsync(new { type = "mode", mode = "audio", reason = $"{Mark} has no light" });
        await socket.SendAsync(new { type = "ping" });
        await socket.NextAsync("pong");
        await using var waiting = await Socket.OpenAsync(app.Address, visit.Replace("/api/", "/ws/", StringComparison.Ordinal), Patient);
        await waiting.SendAsync(new { type = "join" });
        await waiting.NextAsync("waiting");
    }

    private async Task ChatAsync(TestApp app, Guid visit)
    {
        var chat = await MadeAsync(Patient, "/api/chats/", new { appointment_id = visit, title = $"{Mark} after the visit" });
        var said = await MadeAsync(Patient, $"/api/chats/{chat}/messages/", new { client_id = Guid.CreateVersion7(), content = $"{Mark} here, good morning" });
        (await Patient.PutAsync($"/api/chats/{chat}/messages/{said}/", new { content = $"{Mark} here, good evening" })).Status.ShouldBe(200);
        await MadeAsync(Doctor, $"/api/chats/{chat}/messages/", new { client_id = Guid.CreateVersion7(), content = $"Good evening, {Mark}" });
        var other = await app.BookableDoctorAsync();
        await MadeAsync(Patient, "/api/chats/", new { participant_ids = new[] { other.UserId } });
    }

    private async Task ReviewAsync(TestApp app, Guid visit)
    {
        var reviews = $"/api/doctors/{Doctor.DoctorId}/reviews/";
        var review = await MadeAsync(Patient, reviews, new { appointment_id = visit, rating = 4, comment = $"{Mark} was helped" });
        (await Doctor.PutAsync($"{reviews}{review}/reply/", new { text = $"Get well, {Mark}." })).Status.ShouldBe(200);
        using var admin = await app.AdminAsync();
        foreach (var decision in (string[])["hide", "restore"])
        {
            (await admin.PostAsync($"{reviews}{review}/{decision}/", new { reason = $"{Mark} asked for it" })).Status.ShouldBe(200);
        }

        using var other = await app.PatientAsync();
        await ReviewClinicAsync(app, admin, other, visit);
        var reported = await app.ReviewedAsync(other, Doctor);
        (await Patient.PostAsync($"{reviews}{reported}/report/", new { reason = $"{Mark} thinks so" })).Status.ShouldBe(200);
    }

    private async Task ReviewClinicAsync(TestApp app, Person admin, Person other, Guid visit)
    {
        var clinic = (Guid)(await app.SqlAsync("SELECT clinic_id FROM scheduling.appointments WHERE id = $1", visit))!;
        var (reviews, boss) = ($"/api/eclinic/clinics/{clinic}/reviews/", await app.BossAsync(clinic));
        var review = await MadeAsync(Patient, reviews, new { appointment_id = visit, rating = 4, comment = $"{Mark} waited an hour" });
        (await boss.PutAsync($"{reviews}{review}/reply/", new { text = $"Sorry, {Mark}." })).Status.ShouldBe(200);
        foreach (var decision in (string[])["hide", "restore"])
        {
            (await admin.PostAsync($"{reviews}{review}/{decision}/", new { reason = $"{Mark} asked for it" })).Status.ShouldBe(200);
        }

        var reported = await app.ReviewedClinicAsync(other, clinic);
        (await Patient.PostAsync($"{reviews}{reported}/report/", new { reason = $"{Mark} thinks so" })).Status.ShouldBe(200);
    }

    private async Task BreakGlassAsync(TestApp app)
    {
        using var admin = await app.AdminAsync();
        await MadeAsync(admin, $"{Path}break-glass/", new { reason = $"{Mark} fainted in the street" });
        (await admin.GetAsync("/api/patients/?page_size=100")).Status.ShouldBe(200);
        await MadeAsync(admin, "/api/audit/breaches/", new { discovered_at = app.Now, description = "A lost laptop.", patient_ids = new[] { Patient.PatientId } });
    }

    private async Task PayAsync(TestApp app)
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.PaidDoctorAsync();
        var slots = await doctor.OfferAsync(app.Day(45), 2);
        var code = $"C{Guid.CreateVersion7():N}"[..20];
        await MadeAsync(admin, "/api/payments/coupons/", new { code, kind = "percentage", percent = 5 });
        var (paid, checkout) = await Patient.StartedAsync(await Patient.BookedAsync(slots[0]), new { coupon = code, save_method = true });
        await app.AtTheSandboxAsync(checkout, save: true);
        await MadeAsync(admin, $"/api/payments/{paid}/refund/", new { amount = 100, note = $"{Mark} asked for it" });
        var cash = (await Patient.StartAsync(await Patient.BookedAsync(slots[1]), new { method = "cash" })).Id;
        (await admin.PostAsync($"/api/payments/{cash}/receive/", new { method = "bank_transfer", note = $"{Mark} transferred it" })).Status.ShouldBe(200);
        await Patient.SubscribeAsync(await app.PlanAsync(30_000));
        await app.SqlAsync(
            """
            INSERT INTO payments.disputes (id, payment_id, attempt_id, gateway, gateway_dispute_id, amount, currency, status, opened_at, version)
            SELECT $1, $2, a.id, 'paystack', $1::text, 100, 'NGN', 'needs_response', $3, 1 FROM payments.attempts a WHERE a.payment_id = $2
            """, Guid.CreateVersion7(), paid, app.Now);

        var visit = (await Doctor.GetAsync("/api/consultations/")).Rows.First().GetProperty("id").GetGuid();
        await MadeAsync(Doctor, $"/api/consultations/{visit}/charges/", new { description = $"Dressing of {Mark}", amount = 100, currency = "NGN" });

        // Nobody is erased who is still to come.
        await app.SqlAsync("UPDATE scheduling.appointments SET status = 'completed' WHERE doctor_id = $1", doctor.DoctorId);
    }

    private async Task SendFilesAsync(TestApp app)
    {
        var owner = new FileOwner(Patient.PatientId);
        var offer = Offers.Of(app, $"{Mark}.txt", owner: owner);
        await app.TakeInAsync(offer.FileName, Samples.Text($"{Mark} wrote this"), owner: owner);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IPartialFiles>().BeginAsync(offer with { Length = 100 }, CancellationToken.None);
    }

    private string Path => $"/api/patients/{Patient.PatientId}/";

    private Task<Guid> AddAsync(Person by, string noun, object entry) => MadeAsync(by, $"{Path}{noun}/", entry);

    private static async Task<Guid> MadeAsync(Person by, string path, object body)
    {
        var reply = await by.PostAsync(path, body);
        reply.Status.ShouldBe(201, $"{path}: {reply.Text}");
        return reply.Data.TryGetProperty("id", out var id) ? id.GetGuid() : Guid.Empty;
    }

    private static string Numbered(string prefix) => prefix + Random.Shared.Next(10_000_000, 99_999_999);
}
