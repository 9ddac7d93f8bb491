using System.Net;
using Careline.Portal.Language;
using Careline.Tests.Consultations;
using Careline.Tests.Payments;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Portal;

/// <summary>A patient's and a doctor's day in the portal, by links and forms alone: without a script.</summary>
public sealed class DayTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_patient_registers_books_pays_is_treated_reads_the_prescription_and_calls_another_visit_off()
    {
        using var offered = await app.PaidDoctorAsync();
        await offered.OfferAsync(app.Day(2), 3);
        using var patient = new Visitor(app);
        using var doctor = new Visitor(app);

        await patient.OpenAsync("/register");
        await patient.SubmitAsync(
            "register", ("first_name", "Zainab"), ("last_name", "Musa"), ("email", "zainab@example.test"), ("password", TestApp.Password), ("date_of_birth", "1990-04-01"));
        patient.Path.ShouldStartWith("/home");

        var visit = await BookAsync(patient, offered.DoctorId, "A cough for a week");
        await PayAsync(patient, visit);
        (await patient.OpenAsync($"/appointments/{visit}")).Page.QuerySelector(".badge")!.TextContent.ShouldBe("Confirmed");

        await doctor.SignInAsync(offered.UserName);
        doctor.Path.ShouldBe("/day");
        await doctor.OpenAsync($"/visits/{visit}");
        await doctor.SubmitAsync("write");
        doctor.Path.ShouldStartWith("/chats/");
        await patient.SubmitAsync("write");
        patient.Path.ShouldBe(doctor.Path);
        await doctor.OpenAsync($"/visits/{visit}");
        await doctor.SubmitAsync(FormOf(doctor, "start"));
        doctor.Path.ShouldStartWith("/consultations/");
        await doctor.SubmitAsync("vitals", ("systolic", "128"), ("diastolic", "82"), ("heart_rate", "76"), ("temperature", "37.2"), ("respiratory_rate", "16"), ("oxygen_saturation", "98"));
        await doctor.SubmitAsync("note", ("content", "Clear lungs."));
        await doctor.SubmitAsync("diagnosis", ("text", "Acute bronchitis"), ("code", "J20.9"));
        await doctor.SubmitAsync("prescribe", ("medication_name", "Paracetamol"), ("strength", "500 mg"), ("dosage", "1 tablet"), ("frequency", "three times daily"), ("duration_days", "3"), ("route", "oral"));
        doctor.Page.QuerySelector(".refusal")?.TextContent.ShouldBeNull();
        await doctor.SubmitAsync("document", ("assessment", "Viral"), ("treatment_plan", "Rest and fluids"), ("then", "complete"));
        doctor.Page.QuerySelector(".refusal")?.TextContent.ShouldBeNull();
        doctor.Text.ShouldContain("Completed");

        await patient.OpenAsync("/prescriptions");
        await patient.OpenAsync(patient.Page.QuerySelector("main a[href^='/prescriptions/']")!.GetAttribute("href")!);
        patient.Text.ShouldContain("Paracetamol");
        await patient.OpenAsync("/record");
        await patient.OpenAsync(patient.Page.QuerySelector("main a[href^='/record/consultations/']")!.GetAttribute("href")!);
        patient.Text.ShouldContain("Acute bronchitis");
        patient.Text.ShouldContain("Rest and fluids");

        var second = await BookAsync(patient, offered.DoctorId, "To look again");
        await patient.OpenAsync($"/appointments/{second}");
        await patient.SubmitAsync("cancel", ("reason", "I am well"));
        patient.Text.ShouldContain("Called off.");
        (await app.SqlAsync("SELECT status FROM scheduling.appointments WHERE id = $1", second)).ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_time_that_was_taken_meanwhile_costs_nothing_that_was_typed()
    {
        using var offered = await app.PaidDoctorAsync();
        var slots = await offered.OfferAsync(app.Day(3), 3);
        using var person = await app.PatientAsync();
        using var other = await app.PatientAsync();
        using var patient = new Visitor(app);
        await patient.SignInAsync(person.UserName);
        await patient.OpenAsync($"/doctors/{offered.DoctorId}");
        await patient.OpenAsync(patient.Page.QuerySelector("main .week a")!.GetAttribute("href")!);
        await other.BookedAsync(slots[0]);

        await patient.SubmitAsync("book", ("reason", "A rash that itches"));

        patient.Status.ShouldBe(409);
        patient.Page.QuerySelector(".refusal")!.QuerySelectorAll("a[href^='/book/']").Length.ShouldBeGreaterThanOrEqualTo(2);
        patient.Page.QuerySelector("[name=reason]")!.GetAttribute("value").ShouldBe("A rash that itches");

        await patient.OpenAsync(patient.Page.QuerySelector(".refusal a[href^='/book/']")!.GetAttribute("href")!);
        await patient.SubmitAsync("book", ("reason", "A rash that itches"));
        patient.Status.ShouldBe(200);
    }

    [Fact]
    public async Task All_free_times_of_a_week_are_shown_however_many()
    {
        using var offered = await app.DoctorAsync();
        for (var day = 1; day <= 5; day++)
        {
            await offered.OfferAsync(app.Day(day), 24, "08:00:00");
        }

        using var visitor = new Visitor(app);
        await visitor.OpenAsync($"/doctors/{offered.DoctorId}");

        visitor.Page.QuerySelectorAll("main .week a").Length.ShouldBe(120);
    }

    [Fact]
    public async Task All_allergies_stand_above_a_visit_however_many()
    {
        using var visit = await app.StartedVisitAsync();
        await Task.WhenAll(Enumerable.Range(1, 120).Select(n => visit.Patient.PostAsync($"/api/patients/{visit.Patient.PatientId}/allergies/", new { substance = $"Pollen {n:000}" })));
        using var doctor = new Visitor(app);
        await doctor.SignInAsync(visit.Doctor.UserName);

        await doctor.OpenAsync($"/consultations/{visit.Id}");

        var warning = doctor.Page.QuerySelector("main .note.bad:not([data-live])")!.TextContent;
        Enumerable.Range(1, 120).Where(n => !warning.Contains($"Pollen {n:000}", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_does_it_once()
    {
        using var offered = await app.PaidDoctorAsync();
        await offered.OfferAsync(app.Day(4), 3);
        using var person = await app.PatientAsync();
        using var patient = new Visitor(app);
        await patient.SignInAsync(person.UserName);
        await patient.OpenAsync($"/doctors/{offered.DoctorId}");
        var form = await patient.OpenAsync(patient.Page.QuerySelector("main .week a")!.GetAttribute("href")!);
        var (page, path) = (form.Page, form.Path);

        await patient.SubmitAsync("book", ("reason", "Once"));
        var first = patient.Path;
        patient.Return(page, path);
        await patient.SubmitAsync("book", ("reason", "Once"));

        patient.Path.ShouldBe(first);
        (await app.SqlAsync("SELECT count(*) FROM scheduling.appointments WHERE patient_id = $1", person.PatientId)).ShouldBe(1L);
    }

    [Fact]
    public async Task A_visit_stands_on_the_day_that_the_doctors_own_clock_says()
    {
        using var offered = await app.PaidDoctorAsync();
        var slots = await offered.OfferAsync(app.Day(6), 1, "12:00:00");
        using var person = await app.PatientAsync();
        var visit = await person.BookedAsync(slots[0]);
        using var doctor = new Visitor(app);
        doctor.Take(new Cookie(Reader.ZoneCookie, "Pacific/Kiritimati"));
        await doctor.SignInAsync(offered.UserName);

        (await doctor.OpenAsync($"/day?day={app.Day(7).Text()}")).Page.QuerySelector($"a[href='/visits/{visit}']").ShouldNotBeNull();
        (await doctor.OpenAsync($"/day?day={app.Day(6).Text()}")).Page.QuerySelector($"a[href='/visits/{visit}']").ShouldBeNull();
    }

    [Fact]
    public async Task Another_persons_things_are_not_there()
    {
        using var offered = await app.PaidDoctorAsync();
        var slots = await offered.OfferAsync(app.Day(5), 1);
        using var owner = await app.PatientAsync();
        using var stranger = await app.PatientAsync();
        var visit = await owner.BookedAsync(slots[0]);
        using var visitor = new Visitor(app);
        await visitor.SignInAsync(stranger.UserName);

        foreach (var path in new[] { $"/appointments/{visit}", $"/pay/appointment/{visit}", $"/visits/{visit}", $"/patients/{owner.PatientId}", "/admin", "/day", "/desk", "/pharmacy", "/admin/users" })
        {
            (await visitor.OpenAsync(path)).Status.ShouldBe(404, path);
            visitor.Heading.ShouldBe("There is nothing here");
        }
    }

    private static async Task<Guid> BookAsync(Visitor patient, Guid doctor, string reason)
    {
        await patient.OpenAsync($"/doctors/{doctor}");
        await patient.OpenAsync(patient.Page.QuerySelector("main .week a")!.GetAttribute("href")!);
        await patient.SubmitAsync("book", ("reason", reason));
        patient.Status.ShouldBe(200, patient.Page.QuerySelector(".refusal")?.TextContent);
        return Guid.Parse(patient.Path.Split('?')[0].Split('/')[^1]);
    }

    private async Task PayAsync(Visitor patient, Guid visit)
    {
        await patient.OpenAsync($"/pay/appointment/{visit}");
        await patient.SubmitAsync("pay");
        patient.Path.ShouldStartWith("/payments/");
        var checkout = patient.Page.QuerySelector("main a[href^='/api/payments/checkout/']")!.GetAttribute("href")!;
        var paid = await app.AtTheSandboxAsync(checkout);
        paid.Text.ShouldContain("Thank you");
        paid.Text.ShouldContain($"href=\"{patient.Path.Split("/go", StringSplitOptions.None)[0]}\"");
        await app.DeliverEventsAsync();
        await patient.OpenAsync(patient.Path.Split("/go", StringSplitOptions.None)[0]);
        patient.Text.ShouldContain("Receipt");
    }

    // Forms of things are named after what they do and the thing.
    private static string FormOf(Visitor visitor, string does)
    {
        var names = visitor.Page.QuerySelectorAll("[name=_handler]").Select(h => h.GetAttribute("value")!).ToList();
        return names.FirstOrDefault(n => n.StartsWith(does, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{visitor.Path} ({visitor.Status}, '{visitor.Heading}') has no form that begins with {does}: {string.Join(", ", names)}");
    }
}
