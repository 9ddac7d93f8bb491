using Careline.Accounts.Accounts;
using Careline.Accounts.Contracts;
using Careline.Accounts.Passkeys;
using Careline.Accounts.Sessions;
using Careline.Analytics.Exports;
using Careline.Analytics.Reports;
using Careline.Analytics.Satisfaction;
using Careline.Audit.Breaches;
using Careline.Clinics.Clinics;
using Careline.Clinics.Contracts;
using Careline.Clinics.Stock;
using Careline.Consultations.Charts;
using Careline.Consultations.Consultations;
using Careline.Labs.Collections;
using Careline.Labs.Imports;
using Careline.Labs.Orders;
using Careline.Labs.Results;
using Careline.Messaging.Chats;
using Careline.Notifications.Feed;
using Careline.Notifications.Push;
using Careline.Patients.Patients;
using Careline.Patients.Requests;
using Careline.Payments.Coupons;
using Careline.Payments.Disputes;
using Careline.Payments.Invoices;
using Careline.Payments.Methods;
using Careline.Payments.Payments;
using Careline.Payments.Payouts;
using Careline.Payments.Plans;
using Careline.Prescriptions.Intake;
using Careline.Prescriptions.Prescriptions;
using Careline.Prescriptions.Templates;
using Careline.Records.MedicalFiles;
using Careline.Scheduling.Appointments;
using Careline.Scheduling.Availability;
using Careline.Scheduling.Calendars;
using Careline.Scheduling.Holds;
using Careline.Scheduling.OutsideCalendars;
using Careline.Scheduling.Reminders;
using Careline.Scheduling.Requests;
using Careline.Scheduling.Slots;
using Careline.Scheduling.Waitlist;
using Careline.Tests.Analytics;
using Careline.Tests.Clinics;
using Careline.Tests.Doctors;
using Careline.Tests.Labs;
using Careline.Tests.Payments;
using Careline.Tests.Payments.Plans;
using Careline.Tests.Prescriptions;
using Careline.Tests.Records;
using Careline.Tests.Support;
using Careline.Tests.Vitals;
using Careline.Vitals.Alerts;
using Careline.Vitals.Observations;
using Doctor = Careline.Doctors.Doctors.Doctor;

namespace Careline.Tests.Architecture;

/// <summary>
/// A practice in which other people have one real thing of every kind, and signed-in strangers who have nothing to do with any of it. A new kind
/// of thing gets its sample here; the tests fail until it has one.
/// </summary>
public sealed class StrangersWorld(TestCluster cluster) : TestApp(cluster), IAsyncLifetime
{
    // What everybody may read of a clinic.
    private static readonly string[] _public = ["/clinics/{id}/services/", "/clinics/{id}/pictures/", "/clinics/{id}/reviews/"];

    private static readonly object _template = new { name = "Secret mix", sheet = new { lines = Array.Empty<object>() } };

    private static readonly object _item = new { name = "Secret gauze", sku = "SECRET-1", unit = "piece", currency = "NGN" };

    // A day on which nothing else happens.
    private static string FarDay => TimeProvider.System.GetUtcNow().AddYears(2).ToString("yyyy-MM-dd", null);

    /// <summary>Bodies that a route accepts, by the end of its path; others are sent an empty object.</summary>
    internal static IReadOnlyDictionary<string, object> Bodies { get; } = new Dictionary<string, object>
    {
        ["/allergies/"] = new { substance = "Penicillin" },
        ["/conditions/"] = new { text = "Asthma" },
        ["/medications/"] = new { name = "Salbutamol" },
        ["/immunisations/"] = new { vaccine = "Measles", given_on = "2001-01-31" },
        ["/emergency-contacts/"] = new { name = "Next Of Kin", phone = "+2348020001111" },
        ["/insurance/"] = new { provider = "Harbour Health", member_number = "SECRET-4711" },
        ["/proxies/"] = new { email = "kin@example.test", relation = "spouse", rights = new[] { "read" } },
        ["/patients/{id}/notes/"] = new { content = "Afraid of needles" },
        ["/chats/{id}/messages/"] = new { client_id = Guid.CreateVersion7(), content = "Secret greeting" },
        ["/messages/{messageId}/"] = new { content = "Secret correction" },
        ["/chats/{id}/participants/"] = new { user_id = Guid.CreateVersion7() },
        ["/chats/{id}/invitations/"] = new { user_id = Guid.CreateVersion7() },
        ["/consultations/{id}/notes/"] = new { content = "Wheezes" },
        ["/consultations/{id}/diagnoses/"] = new { text = "Asthma" },
        ["/consultations/{id}/vital-signs/"] = new { heart_rate = 72 },
        ["/vital-targets/"] = new { measure = "weight", high = 80 },
        ["/hand-over/"] = new { user_id = Guid.CreateVersion7(), reason = "Secret leave" },
        ["/consultations/{id}/prescriptions/"] = new { medication_name = "Salbutamol", dosage = "2 puffs", frequency = "as needed" },
        ["/session/confirmation/"] = new { is_identity_confirmed = true, consents_to_remote_care = true, place = "7 Secret Close", callback_number = "+2348020009999" },
        ["/session/guests/"] = new { kind = "carer", name = "Secret aunt" },
        ["/session/guests/accept/"] = new { token = "guess" },
        ["/consultations/{id}/lab-orders/"] = new { tests = new[] { "K" }, clinical_question = "Secret weakness" },
        ["/orders/{id}/cancel/"] = new { reason = "Twice" },
        ["/orders/{id}/results/"] = new { results = new[] { new { test = "K", value = 4.4, unit = "mmol/L", note = "Secret note" } } },
        ["/orders/{id}/samples/"] = new { specimen = "serum" },
        ["/reject/"] = new { reason = "clotted" },
        ["/correct/"] = new { reason = "Mixed up", result = new { test = "K", value = 4.5, unit = "mmol/L" } },
        ["/resolve/"] = new { order = "LAB-000001", test = "K" },
        ["/dismiss/"] = new { reason = "A mistake" },
        ["/collections/{id}/move/"] = new { start = "2030-01-01T09:00:00Z" },
        ["/education/"] = new { title = "MBBS", organization = "Lagos" },
        ["/experience/"] = new { title = "Registrar", organization = "Lagos" },
        ["/credentials/"] = new { title = "Licence", organization = "Council" },
        ["/reviews/"] = new { appointment_id = Guid.Empty, rating = 4 },
        ["/reply/"] = new { text = "Thank you." },
        ["/report/"] = new { reason = "An advertisement" },
        ["/hide/"] = new { reason = "An advertisement" },
        ["/restore/"] = new { reason = "Fair enough" },
        ["/presence/"] = new { state = "busy" },
        ["/availability/"] = new { rules = Array.Empty<object>() },
        ["/availability/exceptions/"] = new { kind = "day_off", date = FarDay, reason = "Secret surgery" },
        ["/breaches/{id}/notify/"] = new { who = "authority" },
        ["/breaches/{id}/patients/"] = new { actor_id = Guid.Empty, from = "2030-01-01T00:00:00Z", to = "2030-01-02T00:00:00Z" },
        ["/clinics/{id}/"] = new { name = "Taken over", time_zone = "UTC" },
        ["/doctors/{id}/clinics/"] = new { fees = new[] { new { modality = "video", amount = 100, currency = "NGN" } } },
        ["/opening-hours/"] = new { opening_hours = Array.Empty<object>() },
        ["/hours/"] = new { hours = Array.Empty<object>() },
        ["/role/"] = new { role = "administrator" },
        ["/rooms/"] = new { name = "Back room" },
        ["/services/"] = new { name = "Check-up", price = new { amount = 100, currency = "NGN" } },
        ["/clinics/{id}/reminders/"] = new { reminder_offsets = new[] { 60 } },
        ["/push-subscriptions/"] = Browser("stranger"),
        ["/decide/"] = new { decision = "approved" },
        ["/proxies/{proxyId}/end/"] = new { reason = "Case 7" },
        ["/prescriptions/"] = new { patient_id = Guid.Empty },
        ["/prescriptions/{id}/"] = new { lines = Array.Empty<object>() },
        ["/overrides/"] = new { finding = "guess", reason = "Guess" },
        ["/prescriptions/{id}/cancel/"] = new { reason = "Guess" },
        ["/prescriptions/{id}/send/"] = new { clinic_id = Guid.Empty },
        ["/dispense/"] = new { lines = new[] { new { line_id = Guid.Empty, quantity = 1 } } },
        ["/reverse/"] = new { reason = "Guess" },
        ["/prescriptions/templates/"] = _template,
        ["/prescriptions/templates/{id}/"] = _template,
        ["/consultations/{id}/charges/"] = new { description = "Secret dressing", amount = 2_000, currency = "NGN" },
        ["/prescriptions/{id}/quote/"] = new { amount = 2_000, currency = "NGN" },
        ["/satisfaction/surveys/{id}/"] = new { rating = 1 },
        ["/payments/{id}/receive/"] = new { method = "cash" },
        ["/payments/coupons/{id}/"] = new { code = "GUESSED", kind = "percentage", percent = 5 },
        ["/pay/"] = new { reference = "Guess" },
        ["/answer/"] = new { evidence = "Guess" },
        ["/analytics/reports/{id}/"] = Analytics.Visits.Report("Guess"),
        ["/schedule/"] = Analytics.Visits.Daily,
        ["/payment-terms/"] = new { tax_percent = 0, doctor_percent = 1, gateways = Array.Empty<string>() },
        ["/inventory/items/"] = _item,
        ["/inventory/items/{itemId}/"] = _item,
        ["/items/{itemId}/batches/"] = new { number = "B-1", quantity = 5, price_amount = 5, currency = "NGN" },
        ["/batches/{batchId}/correct/"] = new { number = "GUESS", reason = "Guess" },
        ["/inventory/movements/"] = new { batch_id = Guid.Empty, kind = "correction", quantity = 1, reason = "Guess" },
        ["/inventory/transfers/"] = new { batch_id = Guid.Empty, quantity = 1, to_clinic_id = Guid.Empty },
        ["/inventory/counts/"] = new { lines = new[] { new { batch_id = Guid.Empty, counted = 1 } }, reason = "Guess" },
        ["/inventory/suppliers/"] = new { name = "Secret wholesale" },
        ["/inventory/suppliers/{supplierId}/"] = new { name = "Secret wholesale" },
        ["/inventory/orders/"] = new { supplier_id = Guid.Empty, currency = "NGN", lines = new[] { new { item_id = Guid.Empty, quantity = 1, price_amount = 5 } } },
        ["/orders/{orderId}/deliveries/"] = new { lines = new[] { new { line_id = Guid.Empty, quantity = 1, batch_number = "B-1" } } },
        ["/orders/{orderId}/cancel/"] = new { reason = "Guess" },
        ["/legal-hold/"] = new { reason = "Case 7" },
        ["/patients/{id}/"] = new { first_name = "Taken", last_name = "Over" },
    };

    /// <summary>Real things of others, by the kind that a route names; and what may be seen of each without being part of it.</summary>
    internal Dictionary<Type, List<Guid>> Samples { get; } = [];

    /// <summary>Ids and words that only those concerned may ever read.</summary>
    internal HashSet<string> Secrets { get; } = [];

    /// <summary>Entries under the things, by the path of their list.</summary>
    internal Dictionary<string, Guid> Entries { get; } = [];

    internal List<(string Who, Person Person)> Strangers { get; } = [];

    internal Person Patient { get; private set; } = null!;

    internal Person Doctor { get; private set; } = null!;

    /// <summary>What each stranger read of the practice before the patient came.</summary>
    internal Dictionary<(string Who, string Path), string> Before { get; } = [];

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        using var admin = await AdminAsync();
        Doctor = await DoctorAsync(firstName: "Treating");
        var clinic = await ClinicAsync(admin, "Harbour Clinic");
        Samples[typeof(Doctor)] = [Doctor.DoctorId];
        Samples[typeof(Clinic)] = [clinic.Clinic, await HiddenClinicAsync(admin)];
        Entries["/doctors/{id}/clinics/"] = clinic.Clinic;
        Samples[typeof(StaffedClinic)] = Samples[typeof(ShownClinic)] = Samples[typeof(Clinic)];
        Entries["/clinics/{id}/staff/"] = clinic.Member;
        Entries["/clinics/{id}/rooms/"] = Made(await admin.PostAsync($"/api/eclinic/clinics/{clinic.Clinic}/rooms/", Bodies["/rooms/"]));
        Entries["/clinics/{id}/services/"] = Made(await admin.PostAsync($"/api/eclinic/clinics/{clinic.Clinic}/services/", Bodies["/services/"]));
        Entries["/clinics/{id}/pictures/"] = Made(
            await admin.PostAsync($"/api/eclinic/clinics/{clinic.Clinic}/pictures/", CredentialTests.Form(Files.Samples.Png(), "hall.png", "image/png")));
        var day = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(2).ToString("yyyy-MM-dd", null);
        var slots = (await Doctor.PostAsync("/api/time-slots/create_bulk_slots/", new { date = day, start_time = "09:00:00", end_time = "11:00:00", slot_duration = 30 }))
            .Data.GetProperty("created").EnumerateArray().Select(s => s.GetProperty("id").GetString()!).ToList();
        Samples[typeof(TimeSlot)] = [Guid.Parse(slots[0]), Guid.Parse(slots[1])];
        foreach (var path in new[] { "/education/", "/experience/", "/credentials/" })
        {
            Entries[$"/doctors/{{id}}{path}"] = Made(await Doctor.PostAsync($"/api/doctors/{Doctor.DoctorId}{path}", Bodies[path]));
        }

        Secrets.Add(Entries["/doctors/{id}/credentials/"].ToString());
        Samples[typeof(RunClinic)] = [clinic.Clinic];
        Samples[typeof(ScheduledDoctor)] = [Doctor.DoctorId];
        Entries["/doctors/{id}/availability/exceptions/"] =
            Made(await Doctor.PostAsync($"/api/doctors/{Doctor.DoctorId}/availability/exceptions/", Bodies["/availability/exceptions/"]));
        Secrets.Add(Entries["/doctors/{id}/availability/exceptions/"].ToString());
        Strangers.AddRange(
        [
            ("another patient", await PatientAsync("Stranger")),
            ("an unrelated doctor", await DoctorAsync(firstName: "Unrelated")),
            ("a doctor not yet verified", await DoctorAsync(verified: false, firstName: "Waiting")),
            ("a nurse of another clinic", await StaffAsync(Roles.Nurse, (await ClinicAsync(admin, "Other Clinic")).Clinic)),
            ("a pharmacist without a clinic", await StaffAsync(Roles.Pharmacist)),
            ("a receptionist without a clinic", await StaffAsync(Roles.Receptionist)),
        ]);
        foreach (var (who, stranger) in Strangers)
        {
            foreach (var path in StrangerTests.Readable(this))
            {
                Before[(who, path)] = StrangerTests.Said(await stranger.GetAsync(path));
            }
        }

        await TreatSomebodyAsync(slots, clinic.Clinic);
    }

    private async Task TreatSomebodyAsync(List<string> slots, Guid clinic)
    {
        Patient = await PatientAsync("Victoria");
        (await Patient.PatchAsync("/api/auth/profile/", new { phone = "+2348020009999", address = "7 Secret Close" })).Status.ShouldBe(200);
        var appointments = new List<Guid>();
        foreach (var slot in slots.Skip(1).Take(2))
        {
            appointments.Add(Made(await Patient.PostAsync("/api/appointments/", new { time_slot_id = slot, reason = "Secret cough", symptoms = "Secret fever" })));
        }

        Made(await Patient.PostAsync($"/api/appointments/{appointments[0]}/reschedule-proposal/", new { time_slot_id = slots[3], reason = "Secret shift" }));
        var consultation = Made(await Doctor.PostAsync("/api/consultations/", new { appointment_id = appointments[0], chief_complaint = "Secret complaint" }));
        (await Doctor.PostAsync($"/api/consultations/{consultation}/start/")).Status.ShouldBe(200);
        foreach (var path in new[] { "notes", "diagnoses", "vital-signs", "prescriptions" })
        {
            Entries[$"/consultations/{{id}}/{path}/"] =
                Made(await Doctor.PostAsync($"/api/consultations/{consultation}/{path}/", Bodies[$"/consultations/{{id}}/{path}/"]));
        }

        (await Patient.PostAsync($"/api/consultations/{consultation}/session/")).Status.ShouldBe(200);
        (await Patient.PostAsync($"/api/consultations/{consultation}/session/confirmation/", Bodies["/session/confirmation/"])).Status.ShouldBe(201);
        Entries["/consultations/{id}/session/guests/"] = Made(await Patient.PostAsync($"/api/consultations/{consultation}/session/guests/", Bodies["/session/guests/"]));
        string[] byPatient = ["/emergency-contacts/", "/proxies/"];
        foreach (var path in new[] { "/allergies/", "/conditions/", "/medications/", "/immunisations/", "/emergency-contacts/", "/notes/", "/proxies/", "/insurance/" })
        {
            var body = Bodies.GetValueOrDefault(path) ?? Bodies[$"/patients/{{id}}{path}"];
            Entries[$"/patients/{{id}}{path}"] = Made(await (byPatient.Contains(path) ? Patient : Doctor).PostAsync($"/api/patients/{Patient.PatientId}{path}", body));
        }

        Made(await Doctor.PostAsync($"/api/consultations/{consultation}/vital-signs/", AlertLadderTests.ScoreOfSeven));
        Samples[typeof(ClinicalAlert)] = [(await Doctor.GetAsync("/api/alerts/")).Rows.First().GetProperty("id").GetGuid()];
        Entries["/patients/{id}/vital-targets/"] = Made(await Doctor.PostAsync($"/api/patients/{Patient.PatientId}/vital-targets/", Bodies["/vital-targets/"]));
        Entries["/patients/{id}/devices/"] = (await this.PairedAsync(Patient, "Secret scales")).Id;
        Entries["/doctors/{id}/reviews/"] = await this.ReviewedAsync(Patient, Doctor);
        Entries["/clinics/{id}/reviews/"] = await this.ReviewedClinicAsync(Patient, clinic);
        var document = await Patient.AddDocumentAsync("Secret letter", ("title", "Secret letter"));
        Samples[typeof(MedicalFile)] = [document];
        Entries["/medical-files/{id}/shares/"] = Made(await Patient.ShareAsync(document, new { user_id = Doctor.UserId }));
        Samples[typeof(SubjectRequest)] = [Made(await Patient.PostAsync("/api/patients/me/data-requests/", new { kind = "correction", reason = "Secret spelling" }))];
        Entries["/patients/{id}/grants/"] =
            Made(await Patient.PostAsync($"/api/patients/{Patient.PatientId}/grants/", new { doctor_id = Doctor.DoctorId, until = Now.AddDays(1) }));
        var chat = Made(await Patient.PostAsync("/api/chats/", new { appointment_id = appointments[0], title = "Secret talk" }));
        Samples[typeof(Chat)] = [chat];
        Entries["/chats/{id}/messages/"] = Made(await Patient.PostAsync($"/api/chats/{chat}/messages/", Bodies["/chats/{id}/messages/"]));
        Entries["/chats/{id}/participants/"] = Doctor.UserId;
        using var admin = await AdminAsync();
        Samples[typeof(Breach)] = [Made(await admin.PostAsync("/api/audit/breaches/", new { discovered_at = Now, description = "Secret loss", patient_ids = new[] { Patient.PatientId } }))];
        await DeliverEventsAsync();
        Samples[typeof(Notification)] = [(await Patient.GetAsync("/api/notifications/?mark_read=false")).Rows.First().GetProperty("id").GetGuid()];
        Samples[typeof(PushSubscription)] = [Made(await Patient.PostAsync("/api/notifications/push-subscriptions/", Browser("victim")))];
        Samples[typeof(Account)] = [Patient.UserId, Doctor.UserId];
        Samples[typeof(Session)] = [(await Patient.GetAsync("/api/auth/sessions/")).Rows.First().GetProperty("id").GetGuid()];
        var registered = (await SoftwareAuthenticator.RegisterAsync(Patient)).Registered.Data;
        Samples[typeof(Passkey)] = [registered.GetProperty("passkey").GetProperty("id").GetGuid()];
        Samples[typeof(Patient)] = Samples[typeof(PatientChart)] = Samples[typeof(MeasuredPatient)] = [Patient.PatientId];
        Samples[typeof(Appointment)] = appointments;
        Samples[typeof(HeldTime)] = [Made(await Patient.PostAsync("/api/appointments/holds/", new { time_slot_id = slots[3] }))];
        Samples[typeof(CalendarFeed)] = [Made(await Patient.PostAsync("/api/calendar/feeds/"))];
        Samples[typeof(OutsideCalendar)] =
            [Made(await Doctor.PostAsync("/api/calendar/outside/", new { url = "https://calendar.example.invalid/secret.ics", name = "Secret diary" }))];
        Samples[typeof(WaitlistEntry)] =
            [Made(await Patient.PostAsync("/api/waitlist/", new { doctor_id = Doctor.DoctorId, start_date = FarDay, end_date = FarDay, reason = "Secret hurry" }))];
        await AskTheLaboratoryAsync(consultation, clinic);
        Samples[typeof(AppointmentRequest)] =
        [
            Made(await Patient.PostAsync("/api/appointment-requests/", new { doctor_id = Doctor.DoctorId, preferred_date = FarDay, day_part = "morning", reason = "Secret wish" })),
        ];
        Samples[typeof(Consultation)] = [consultation];
        await TakeMedicinesAsync();
        await PayAsync(appointments[0]);
        await KeepStockAsync(Samples[typeof(Clinic)][0]);
        await CountAsync();
        Samples[typeof(Prescription)] = [(await Doctor.GetAsync("/api/prescriptions/")).Rows.First().GetProperty("id").GetGuid()];
        Secrets.UnionWith([Patient.UserName, Patient.UserId.ToString(), "Victoria", "Secret", "+2348020009999"]);
        Secrets.UnionWith(Samples.Where(s => s.Key != typeof(Doctor) && s.Key != typeof(ScheduledDoctor) && s.Key != typeof(TimeSlot) && s.Key != typeof(Clinic) && s.Key != typeof(ShownClinic) && s.Key != typeof(RunClinic) && s.Key != typeof(StockedClinic) && s.Key != typeof(StaffedClinic) && s.Key != typeof(Account))
            .SelectMany(s => s.Value).Append(Samples[typeof(Clinic)][1]).Select(id => id.ToString()));
        Secrets.UnionWith(Entries.Where(e => !e.Key.StartsWith("/doctors/", StringComparison.Ordinal) && !_public.Contains(e.Key) && e.Value != Doctor.UserId).Select(e => e.Value.ToString()));
    }

    private async Task PayAsync(Guid appointment)
    {
        await SqlAsync("UPDATE scheduling.appointments SET fee_amount = 50000, fee_currency = 'NGN' WHERE id = $1", appointment);
        using var admin = await AdminAsync();
        var (payment, checkout) = await Patient.StartedAsync(appointment, new { save_method = true });
        await this.AtTheSandboxAsync(checkout, save: true);
        Entries["/consultations/{id}/charges/"] =
            Made(await Doctor.PostAsync($"/api/consultations/{Samples[typeof(Consultation)][0]}/charges/", Bodies["/consultations/{id}/charges/"]));
        await SqlAsync("UPDATE prescriptions.prescriptions SET pharmacy_id = $1 WHERE status <> 'draft'", Samples[typeof(Clinic)][0]);
        await SqlAsync(
            """
            INSERT INTO prescriptions.quotes (id, clinic_id, amount, currency, quoted_by, quoted_at, version)
            SELECT id, pharmacy_id, 2000, 'NGN', $1, $2, 1 FROM prescriptions.prescriptions WHERE pharmacy_id IS NOT NULL
            """, admin.UserId, Now);
        await this.AskHowItWasAsync(appointment);
        Samples[typeof(Survey)] = [appointment];
        Samples[typeof(Payment)] = [payment];
        Samples[typeof(Invoice)] = [(await Patient.GetAsync("/api/payments/invoices/")).Rows.First().GetProperty("id").GetGuid()];
        Samples[typeof(SavedMethod)] = [(await Patient.GetAsync("/api/payments/methods/")).Rows.First().GetProperty("id").GetGuid()];
        Samples[typeof(Coupon)] = [Made(await admin.PostAsync("/api/payments/coupons/", new { code = "SECRET-CODE", kind = "percentage", percent = 5 }))];
        Samples[typeof(Subscription)] = [(await Patient.SubscribeAsync(await this.PlanAsync(30_000, trial: 30))).Id];
        Samples[typeof(Payout)] = [Made(await admin.PostAsync("/api/payments/payouts/", new { payee_kind = "doctor", payee_id = Doctor.DoctorId, currency = "NGN" }))];
        Samples[typeof(Dispute)] = [Guid.CreateVersion7()];
        await SqlAsync(
            """
            INSERT INTO payments.disputes (id, payment_id, attempt_id, gateway, gateway_dispute_id, amount, currency, status, opened_at, version)
            SELECT $1, $2, a.id, 'paystack', 'secret-dispute', 100, 'NGN', 'needs_response', $3, 1 FROM payments.attempts a WHERE a.payment_id = $2
            """, Samples[typeof(Dispute)][0], payment, Now);
    }

    private async Task KeepStockAsync(Guid clinic)
    {
        using var keeper = await StaffAsync(Roles.Pharmacist, clinic);
        var stock = $"/api/eclinic/clinics/{clinic}/inventory/";
        var item = Entries["/inventory/items/"] = Made(await keeper.PostAsync(stock + "items/", _item));
        Entries["/inventory/suppliers/"] = Made(await keeper.PostAsync(stock + "suppliers/", Bodies["/inventory/suppliers/"]));
        Entries["/inventory/batches/"] = Made(await keeper.PostAsync($"{stock}items/{item}/batches/", Bodies["/items/{itemId}/batches/"]));
        Entries["/inventory/orders/"] = Made(await keeper.PostAsync(stock + "orders/", new
        {
            supplier_id = Entries["/inventory/suppliers/"],
            currency = "NGN",
            lines = new[] { new { item_id = item, quantity = 1, price_amount = 5 } },
        }));
        Samples[typeof(StockedClinic)] = [clinic];
    }

    private async Task CountAsync()
    {
        var report = Made(await Doctor.PostAsync("/api/analytics/reports/", Analytics.Visits.Report("Secret figures")));
        (await Doctor.PutAsync($"/api/analytics/reports/{report}/schedule/", Analytics.Visits.Daily)).Status.ShouldBe(200);
        var export = Made(await Doctor.PostAsync("/api/analytics/exports/", new { format = "csv", report_id = report }));
        await Eventually.HoldsAsync(async () => (await Doctor.GetAsync($"/api/analytics/exports/{export}/")).Data.GetProperty("status").GetString() == "ready");
        (Samples[typeof(SavedReport)], Samples[typeof(Export)]) = ([report], [export]);
    }

    private async Task TakeMedicinesAsync()
    {
        object[] lines = [new { medication_name = "Secret folate", dosage = "1-1-1-1", frequency = "daily", quantity = 120 }];
        var sheet = Made(await Doctor.PostAsync("/api/prescriptions/", new { patient_id = Patient.PatientId, lines }));
        var signed = await Doctor.PostAsync($"/api/prescriptions/{sheet}/sign/");
        signed.Status.ShouldBe(200, signed.Text);
        var (_, pharmacist) = await this.PharmacyAsync();
        var handed = await pharmacist.PostAsync($"/api/prescriptions/verify/{signed.Code()}/dispense/", new { lines = new[] { new { line_id = signed.Line(), quantity = 1 } } });
        Entries["/prescriptions/{id}/dispenses/"] = handed.Data[0].GetProperty("id").GetGuid();
        Samples[typeof(Template)] = [Made(await Doctor.PostAsync("/api/prescriptions/templates/", _template))];
        (await Patient.PutAsync("/api/prescriptions/reminders/settings/", new { is_on = true })).Status.ShouldBe(200);
        await RunJobAsync("prescriptions.plan-doses");
        Samples[typeof(Dose)] = [(await Patient.GetAsync("/api/prescriptions/reminders/")).Rows.Last().GetProperty("id").GetGuid()];
    }

    private async Task AskTheLaboratoryAsync(Guid consultation, Guid clinic)
    {
        var order = await Doctor.PostAsync($"/api/consultations/{consultation}/lab-orders/", Bodies["/consultations/{id}/lab-orders/"]);
        Samples[typeof(LabOrder)] = [Made(order)];
        Entries["/orders/{id}/samples/"] = Made(await Doctor.PostAsync($"/api/labs/orders/{order.Id}/samples/", Bodies["/orders/{id}/samples/"]));
        var result = (await Doctor.PostAsync($"/api/labs/orders/{order.Id}/results/", Bodies["/orders/{id}/results/"])).Rows.Single().GetProperty("id").GetGuid();
        (await Doctor.PutAsync($"/api/labs/results/{result}/report/", Documents.Form("Secret report"))).Status.ShouldBe(200);
        (await Doctor.PostAsync($"/api/labs/results/{result}/review/", new { note = "Secret comment" })).Status.ShouldBe(200);
        Samples[typeof(LabResult)] = [result];
        using var admin = await AdminAsync();
        var waiting = await Doctor.PostAsync($"/api/consultations/{consultation}/lab-orders/", Bodies["/consultations/{id}/lab-orders/"]);
        (await admin.PutAsync($"/api/labs/clinics/{clinic}/collection-hours/", CollectionTests.Hours(1))).Status.ShouldBe(200);
        var day = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(3).ToString("yyyy-MM-dd", null);
        var start = (await Patient.GetAsync($"/api/labs/collection-times/?clinic={clinic}&date={day}")).Rows.First().GetProperty("start").GetString();
        Samples[typeof(Collection)] =
            [Made(await Patient.PostAsync("/api/labs/collections/", new { order = waiting.Id, clinic_id = clinic, start, notes = "Secret door" }))];
        var number = (await Patient.GetAsync("/api/patients/me/")).Data.GetProperty("number").GetString()!;
        (await admin.SendAsync(new Oru().Patient(number).Order(order.Data.GetProperty("number").GetString()!).Result("99999-0", "Secret value", "", type: "ST"))).Status.ShouldBe(200);
        Samples[typeof(QuarantinedResult)] = [(await admin.GetAsync("/api/labs/quarantine/")).Rows.Single().GetProperty("id").GetGuid()];
    }

    private static Guid Made(Reply reply) => reply.Status == 201 ? reply.Id : throw new InvalidOperationException($"{reply.Status}: {reply.Text}");

    private async Task<(Guid Clinic, Guid Member)> ClinicAsync(Person admin, string name)
    {
        var clinic = Made(await admin.PostAsync("/api/eclinic/clinics/", new { name, time_zone = "UTC" }));
        using var nurse = await StaffAsync(Roles.Nurse);
        return (clinic, Made(await admin.PostAsync($"/api/eclinic/clinics/{clinic}/staff/", new { account_id = nurse.UserId, role = "nurse" })));
    }

    private async Task<Guid> HiddenClinicAsync(Person admin)
    {
        var clinic = await ClinicAsync(admin, "Closed Clinic");
        (await admin.PatchAsync($"/api/eclinic/clinics/{clinic.Clinic}/", new { status = "inactive" })).Status.ShouldBe(200);
        return clinic.Clinic;
    }

    /// <summary>What a browser says that subscribes to notifications.</summary>
    internal static object Browser(string name)
    {
        using var pair = System.Security.Cryptography.ECDiffieHellman.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var point = pair.ExportParameters(false).Q;
        return new
        {
            endpoint = $"https://push.example.com/send/{name}",
            keys = new
            {
                p256dh = System.Buffers.Text.Base64Url.EncodeToString((byte[])[4, .. point.X!, .. point.Y!]),
                auth = System.Buffers.Text.Base64Url.EncodeToString(new byte[16]),
            },
        };
    }
}
