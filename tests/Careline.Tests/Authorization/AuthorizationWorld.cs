using Careline.Accounts.Contracts;
using Careline.Tests.Architecture;
using Careline.Tests.Doctors;
using Careline.Tests.Files;
using Careline.Tests.Prescriptions;
using Careline.Tests.Records;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Careline.Tests.Vitals;

namespace Careline.Tests.Authorization;

/// <summary>
/// One clinic in which a patient is being seen, everybody whom the table names, and for each call a body that is refused by no rule of shape.
/// Changes carry a stale If-Match or name a visit that is over, so that being let in changes nothing for those who come after.
/// </summary>
public sealed partial class AuthorizationWorld(TestCluster cluster) : TestApp(cluster), IAsyncLifetime
{
    private readonly Dictionary<(string Name, string Of), object> _ids = [];
    private readonly List<string> _freeSlots = [];
    private int _taken;

    /// <summary>In the order of the table's columns; nobody for the first.</summary>
    internal IReadOnlyList<Person?> People { get; private set; } = [];

    /// <summary>The same people in another sign-in, for what ends it.</summary>
    internal List<Person?> Again { get; } = [];

    private Person Patient => People[1]!;

    private Person Doctor => People[3]!;

    private int _visits;
    private Guid _clinic;
    private Guid _spare;
    private Guid _asked;
    private string _number = "";

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();

        // Tomorrow's first hour, when the visits are, must be less than a day away, and tonight's last must not end a day underway. By the route, as
        // below: it goes on from what it was told before, and from nothing else.
        if (Now.UtcDateTime.Hour is 0 or >= 21)
        {
            (await Anonymous.PostAsync("/dev/clock/", new { advance_seconds = 4 * 3600 })).Status.ShouldBe(200);
        }

        using var founder = await AdminAsync();
        _clinic = Made(await founder.PostAsync("/api/eclinic/clinics/", new { name = "Harbour Clinic", time_zone = "UTC" }));
        var elsewhere = Made(await founder.PostAsync("/api/eclinic/clinics/", new { name = "Hill Clinic", time_zone = "UTC" }));
        var boss = await StaffAsync(Roles.Receptionist);
        await JoinClinicAsync(boss.UserId, _clinic, "administrator");
        var elsewhereBoss = await StaffAsync(Roles.Receptionist, elsewhere);
        await JoinClinicAsync(elsewhereBoss.UserId, elsewhere, "administrator");
        People =
        [
            null, await PatientAsync("Own"), await PatientAsync("Other"), await this.BookableDoctorAsync(), await this.BookableDoctorAsync(),
            await this.BookableDoctorAsync(), await StaffAsync(Roles.Nurse, _clinic), await StaffAsync(Roles.Receptionist, _clinic),
            elsewhereBoss, boss, await StaffAsync(Roles.Pharmacist, _clinic), await AdminAsync(), await SuperAdminAsync(),
        ];
        foreach (var person in People)
        {
            Again.Add(person is null ? null : await SignInAsync(person.UserName));

            // There is one to take away, in whatever order the calls come.
            (person is null || (await person.PostAsync("/api/auth/mfa/totp/")).Status is 200 or 201).ShouldBeTrue();
        }

        await JoinClinicAsync(Doctor.UserId, _clinic, "doctor");
        using var spare = await PatientAsync("Spare");
        _spare = spare.PatientId;
        using var asked = await this.BookableDoctorAsync();
        Made(await Patient.PostAsync($"/api/patients/{Patient.PatientId}/grants/", new { doctor_id = asked.DoctorId, until = Now.AddDays(30) }));
        _asked = asked.UserId;
        _number = (await Patient.GetAsync("/api/patients/me/")).Word("number");

        // Whoever registered was sent a mail, and may not ask for another within a minute.
        (await Anonymous.PostAsync("/dev/clock/", new { advance_seconds = 120 })).Status.ShouldBe(200);
        await SeeThePatientAsync();
        SayWhatIsSent();
        await AskTheLaboratoryAsync();
        await PayAsync();
        await SubscribeAsync();
        await StockAsync();
        SayWhatRuns();
        await AskHowItWasAsync();
        await FurnishAsync();
        await KeepReportAsync();
        _bodies["POST /api/eclinic/clinics/{id}/staff/"] = new { account_id = spare.UserId, role = "nurse" };
    }

    /// <summary>Where and with what somebody calls a route. Somebody let in who would use the thing up gets one of their own.</summary>
    internal async Task<(string Path, object? Body)> CallAsync(string method, string path, bool isLetIn)
    {
        var route = $"{method} {path}";
        var filled = path;
        if (isLetIn && (method == "DELETE" || path.EndsWith("/end/", StringComparison.Ordinal) || path.EndsWith("/hide/", StringComparison.Ordinal)) && await FreshAsync(path) is { } fresh)
        {
            filled = fresh;
        }

        foreach (var name in new[] { "{entryId}", "{lineId}", "{staffId}", "{proxyId}", "{grantId}", "{exceptionId}", "{shareId}", "{reviewId}", "{messageId}", "{userId}", "{chatId}", "{consultationId}", "{guestId}", "{targetId}", "{deviceId}", "{sampleId}", "{name}", "{number}", "{dispenseId}", "{figure}", "{chargeId}", "{itemId}", "{batchId}", "{supplierId}", "{orderId}", "{key}", "{reference}", "{order}", "{gateway}", "{code}", "{link}", "{token}", "{roomId}", "{serviceId}", "{pictureId}", "{clinicId}", "{id}" })
        {
            if (filled.Contains(name, StringComparison.Ordinal))
            {
                filled = filled.Replace(name, IdFor(name, route, path).ToString()!, StringComparison.Ordinal);
            }
        }

        filled += path switch
        {
            "/api/eclinic/clinics/nearby/" => "?lat=6.45&lng=3.39",
            "/api/patients/lookup/" => $"?number={_number}",
            "/api/patients/{id}/vital-signs/trends/" => "?measure=heart_rate",
            "/api/prescriptions/schedule/" or "/api/prescriptions/reminders/" or "/api/prescriptions/reminders/settings/" => $"?patient={Patient.PatientId}",
            "/api/labs/results/trends/" => $"?loinc=2823-3&patient={Patient.PatientId}",
            "/api/labs/collection-times/" => $"?clinic={_clinic}&date={this.Day().Text()}",
            "/api/labs/imports/" when method == "POST" => $"?clinic={_clinic}",
            "/api/payments/payouts/statement/" => $"?clinic={_clinic}&currency=INR",
            "/api/chats/search/" => "?search=cough",
            "/api/audit/exposure/" => $"?patient={Patient.PatientId}",
            "/api/audit/breaches/{id}/notice/" => "?to=authority",
            "/api/medical-files/packet/" => $"?ids={_ids[("{id}", "/api/medical-files/")]}",
            "/api/time-slots/" or "/api/doctor-availability/" when method == "GET" => $"?doctor={Doctor.DoctorId}&date={this.Day().Text()}",
            _ => "",
        };
        return (filled, route == "POST /api/appointments/" ? Booking() : BodyFor(route, path));
    }

    private object Booking() => new { time_slot_id = _freeSlots[Interlocked.Increment(ref _taken)], patient_id = Patient.PatientId, reason = "Cough" };

    // The route itself, or the longest path that it begins with.
    private object IdFor(string name, string route, string path) =>
        _ids.Where(i => i.Key.Name == name && (route == i.Key.Of || path.StartsWith(i.Key.Of, StringComparison.Ordinal))).OrderByDescending(i => i.Key.Of.Length).Select(i => i.Value).FirstOrDefault()
        ?? throw new InvalidOperationException($"{route}: whose is {name}? Say so in {nameof(AuthorizationWorld)}.");

    private async Task SeeThePatientAsync()
    {
        var former = People[5]!;
        var calledOff = await Patient.BookedAsync((await former.OfferAsync(this.Day(3), 1))[0]);
        (await former.PostAsync("/api/consultations/", new { appointment_id = calledOff })).Status.ShouldBe(201);
        (await Patient.MoveAsync(calledOff, "cancel")).Status.ShouldBe(200);

        // The first hour of tomorrow, always less than a day away: a visit that is over, and one that goes on.
        var slots = new List<string>();
        foreach (var (start, end) in new[] { ("00:00:00", "00:30:00"), ("00:30:00", "01:00:00") })
        {
            var slot = await Doctor.PostAsync("/api/time-slots/", new { date = this.Day(1).Text(), start_time = start, end_time = end, clinic_id = _clinic });
            slots.Add(Made(slot).ToString());
        }

        var over = await VisitAsync(slots[0]);
        Made(await Doctor.PostAsync($"/api/consultations/{over.Consultation}/prescriptions/", StrangersWorld.Bodies["/consultations/{id}/prescriptions/"]));
        (await Doctor.PostAsync($"/api/consultations/{over.Consultation}/complete/")).Status.ShouldBe(200);
        var open = await VisitAsync(slots[1]);
        for (var ahead = 10; ahead < 18; ahead++)
        {
            _freeSlots.AddRange(await Doctor.OfferAsync(this.Day(ahead), 12));
        }

        await DeliverEventsAsync();
        Name(open, over);
        var asked = await Doctor.PostAsync("/api/time-slots/", new { date = this.Day(20).Text(), start_time = "09:00:00", end_time = "09:30:00", clinic_id = _clinic });
        _ids[("{id}", "/api/appointment-requests/")] = Made(await Patient.PostAsync("/api/appointment-requests/", new { time_slot_id = Made(asked), reason = "Cough" }));
        _ids[("{id}", "/api/appointments/holds/")] = await HoldAsync();
        _bodies["POST /api/appointments/holds/"] = new { time_slot_id = _freeSlots[^1], patient_id = Patient.PatientId };
        _ids[("{id}", "/api/calendar/feeds/")] = await FeedAsync();
        _ids[("{id}", "/api/calendar/outside/")] = await OutsideAsync();
        _ids[("{id}", "/api/waitlist/")] = Made(await Patient.PostAsync("/api/waitlist/", Wait()));
        _bodies["POST /api/waitlist/"] = Wait();
        _bodies["POST /api/calendar/outside/"] = Outside();
        _ids[("{id}", "/api/prescriptions/")] = (await Doctor.GetAsync("/api/prescriptions/?status=active")).Rows.First().GetProperty("id").GetGuid();
        await TakeMedicinesAsync();
        _ids[("{id}", "/api/time-slots/")] = _freeSlots[0];
        _ids[("{id}", "/api/auth/sessions/")] = await FurtherSessionAsync();
        _ids[("{id}", "/api/auth/passkeys/")] =
            (await SoftwareAuthenticator.RegisterAsync(Patient)).Registered.Data.GetProperty("passkey").GetProperty("id").GetGuid();
        _ids[("{id}", "/api/specializations/")] = await SpecializationAsync();
        _ids[("{id}", "/api/medicines/")] = await MedicineAsync();
        _ids[("{staffId}", "/")] = await MemberAsync();
        _ids[("{id}", "GET /api/patients/{id}/legal-hold/")] = await HeldAsync();
        _ids[("{proxyId}", "/")] = await ProxyAsync();
        _ids[("{id}", "/api/medical-files/")] = await Patient.AddDocumentAsync();
        _ids[("{id}", "/api/medical-files/uploads/")] = await UploadAsync();
        _ids[("{shareId}", "/")] = await ShareAsync();
        _ids[("{number}", "/")] = 1;
        _ids[("{link}", "/")] = _ids[("{token}", "/")] = "nonsense";
        _ids[("{grantId}", "/")] = await GrantAsync();
        _ids[("{id}", "/api/audit/breaches/")] = Made(await People[11]!.PostAsync("/api/audit/breaches/", Loss()));
        _ids[("{id}", "/api/audit/processing/")] = await ActivityAsync();
        _ids[("{id}", "/api/data-requests/")] = Made(await Patient.PostAsync("/api/patients/me/data-requests/", new { kind = "correction", reason = "Misspelt" }));
        _ids[("{id}", "/api/chats/")] = _ids[("{chatId}", "/")] = Made(await Patient.PostAsync("/api/chats/", new { appointment_id = _ids[("{id}", "/api/appointments/")] }));
        _ids[("{messageId}", "/")] = await SaidAsync();
        _ids[("{consultationId}", "/")] = _ids[("{id}", "/api/consultations/")];
        var session = $"/api/consultations/{_ids[("{id}", "/api/consultations/")]}/session/";
        (await Patient.PostAsync(session)).Status.ShouldBe(200);
        _ids[("{guestId}", "/")] = Made(await Patient.PostAsync($"{session}guests/", StrangersWorld.Bodies["/session/guests/"]));
        _ids[("{userId}", "/")] = Patient.UserId;
        Made(await Doctor.PostAsync($"/api/consultations/{open.Consultation}/vital-signs/", AlertLadderTests.ScoreOfSeven));
        _ids[("{id}", "/api/alerts/")] = (await Doctor.GetAsync("/api/alerts/")).Rows.First().GetProperty("id").GetGuid();
        _ids[("{targetId}", "/")] = await EntryAsync("/api/patients/{id}/vital-targets/");
        _ids[("{deviceId}", "/")] = await DeviceAsync();
        _ids[("{id}", "/api/notifications/")] = await ToldAsync();
        _ids[("{id}", "/api/notifications/push-subscriptions/")] = await BrowserAsync();
        _ids[("{reviewId}", "/")] = await this.ReviewedAsync(Patient, Doctor);
        _bodies["POST /api/doctors/{id}/reviews/"] = new { appointment_id = over.Appointment, rating = 4 };
        _ids[("{exceptionId}", "/")] = await EntryAsync("/api/doctors/{id}/availability/exceptions/");
        foreach (var kind in new[] { "education", "experience", "credentials" })
        {
            _ids[("{lineId}", $"/api/doctors/{{id}}/{kind}/")] = await EntryAsync($"/api/doctors/{{id}}/{kind}/");
        }

        var paper = $"/api/doctors/{Doctor.DoctorId}/credentials/{_ids[("{lineId}", "/api/doctors/{id}/credentials/")]}/paper/";
        (await Doctor.PutAsync(paper, CredentialTests.Form(Samples.Png(), "copy.png", "image/png"))).Status.ShouldBe(200);
        foreach (var person in People.OfType<Person>())
        {
            (await person.PutAsync("/api/auth/profile/picture/", CredentialTests.Form(Samples.Png(), "me.png", "image/png"))).Status.ShouldBe(200);
        }

        foreach (var kind in new[] { "allergies", "conditions", "medications", "immunisations", "emergency-contacts", "insurance", "notes" })
        {
            _ids[("{entryId}", $"/api/patients/{{id}}/{kind}/")] = await EntryAsync($"/api/patients/{{id}}/{kind}/");
        }
    }

    private async Task TakeMedicinesAsync()
    {
        object[] lines = [new { medication_name = "Folic acid", strength = "5 mg", dosage = "1-1-1-1", frequency = "daily", quantity = 120 }];
        var sheet = Made(await Doctor.PostAsync("/api/prescriptions/", new { patient_id = Patient.PatientId, lines }));
        (await Doctor.PostAsync($"/api/prescriptions/{sheet}/sign/")).Status.ShouldBe(200);
        var signed = await Doctor.GetAsync($"/api/prescriptions/{sheet}/");
        _ids[("{id}", "/api/prescriptions/")] = sheet;
        _ids[("{code}", "/")] = signed.Word("verify_code");
        _ids[("{dispenseId}", "/")] = Guid.CreateVersion7();
        _bodies["POST /api/prescriptions/"] = new { patient_id = Patient.PatientId, lines };
        _bodies["PUT /api/prescriptions/{id}/"] = new { lines };
        _bodies["POST /api/prescriptions/{id}/dispense/"] = _bodies["POST /api/prescriptions/verify/{code}/dispense/"] =
            new { lines = new[] { new { line_id = signed.Data.GetProperty("lines")[0].GetProperty("id").GetGuid(), quantity = 10_000 } }, clinic_id = _clinic };
        await SqlAsync("UPDATE clinics.clinics SET is_pharmacy = true WHERE id = $1", _clinic);
        _bodies["POST /api/prescriptions/templates/"] = _bodies["PUT /api/prescriptions/templates/{id}/"] = new { name = "Folate", sheet = new { lines } };
        _bodies["POST /api/prescriptions/{id}/send/"] = new { clinic_id = (await this.PharmacyAsync()).Clinic };
        _bodies["PUT /api/prescriptions/reminders/settings/"] = new { is_on = true };
        _ids[("{id}", "/api/prescriptions/templates/")] = Made(await Doctor.PostAsync("/api/prescriptions/templates/", _bodies["POST /api/prescriptions/templates/"]));
        (await Patient.PutAsync("/api/prescriptions/reminders/settings/", new { is_on = true })).Status.ShouldBe(200);
        await RunJobAsync("prescriptions.plan-doses");
        _ids[("{id}", "/api/prescriptions/reminders/")] = (await Patient.GetAsync("/api/prescriptions/reminders/")).Rows.Last().GetProperty("id").GetGuid();
    }

    private async Task<(Guid Appointment, Guid Consultation)> VisitAsync(string slot)
    {
        var appointment = Made(await Patient.PostAsync("/api/appointments/", new { time_slot_id = slot, reason = "Cough" }));
        var other = await Doctor.OfferAsync(this.Day(40), 1, $"{9 + ++_visits:00}:00:00");
        Made(await Patient.PostAsync($"/api/appointments/{appointment}/reschedule-proposal/", new { time_slot_id = other[0] }));
        (await People[7]!.MoveAsync(appointment, "check-in")).Status.ShouldBe(200);
        var consultation = Made(await Doctor.PostAsync("/api/consultations/", new { appointment_id = appointment }));
        (await Doctor.PostAsync($"/api/consultations/{consultation}/start/")).Status.ShouldBe(200);
        return (appointment, consultation);
    }

    // What can be done to a visit once only is tried on the one that is over, where the rule refuses who was let in.
    private void Name((Guid Appointment, Guid Consultation) open, (Guid Appointment, Guid Consultation) over)
    {
        _ids[("{id}", "/api/appointments/")] = open.Appointment;
        _ids[("{id}", "/api/consultations/")] = open.Consultation;
        foreach (var move in new[] { "cancel", "check-in", "complete", "confirm", "no-show", "reschedule", "start" })
        {
            _ids[("{id}", $"/api/appointments/{{id}}/{move}/")] = over.Appointment;
        }

        foreach (var move in new[] { "addenda", "cancel", "complete", "start" })
        {
            _ids[("{id}", $"/api/consultations/{{id}}/{move}/")] = over.Consultation;
        }

        _ids[("{id}", "DELETE /api/appointments/{id}/")] = over.Appointment;
        _ids[("{id}", "DELETE /api/consultations/{id}/")] = over.Consultation;
        _ids[("{id}", "/api/patients/")] = Patient.PatientId;
        _ids[("{id}", "/api/patients/{id}/break-glass/")] = _spare;
        _ids[("{id}", "/api/doctors/")] = Doctor.DoctorId;
        _ids[("{id}", "/api/eclinic/clinics/")] = _clinic;
        _ids[("{id}", "/api/users/")] = Patient.UserId;
        _bodies["POST /api/consultations/"] = new { appointment_id = open.Appointment };
    }
}
