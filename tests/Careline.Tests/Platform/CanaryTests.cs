using System.Text.RegularExpressions;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Careline.Tests.Platform;

/// <summary>
/// A whole visit in words that occur nowhere else: what people say, what is known of them and what they sign in with is found in no log at any
/// level, in no error, in no header and in nothing that those who run the platform read.
/// </summary>
public sealed partial class CanaryTests(TalkativeApp app) : IClassFixture<TalkativeApp>
{
    private readonly List<string> _canaries = [];
    private readonly List<Reply> _answers = [];

    [Fact]
    public async Task A_whole_visit_leaves_no_word_of_it_where_it_does_not_belong()
    {
        using var patient = await SignUpAsync();
        using var stranger = await app.PatientAsync();
        using var doctor = await app.BookableDoctorAsync();
        using var admin = await app.SuperAdminAsync();
        _canaries.AddRange([patient.Access, patient.Refresh, doctor.Access, doctor.Refresh, admin.Access, admin.Refresh]);
        await SignInByEveryWayAsync(patient, admin);
        await BeTreatedAsync(patient, doctor, stranger);
        await LookFromOutsideAsync(patient, stranger, admin);
        await app.DeliverEventsAsync();

        var run = new[] { "/health/detailed/", "/api/audit/?limit=100", "/api/audit/export/", "/api/users/?search=nobody" };
        foreach (var path in run)
        {
            var read = await admin.GetAsync(path);
            read.Status.ShouldBe(200);

            // The audit says by name who acted, and nothing else of anybody.
            Found([read.Text]).Where(told => !told.StartsWith("'kanarifirst", StringComparison.Ordinal) && !told.StartsWith("'kanarilast", StringComparison.Ordinal))
                .ShouldBeEmpty(path);
        }

        Found(app.Lines).ShouldBeEmpty();
        Found(_answers.Where(a => a.Status >= 400).Select(a => a.Text)).ShouldBeEmpty();
        Found(_answers.Select(a => a.Headers.ToString())).ShouldBeEmpty();
        _canaries.Distinct().Count().ShouldBeGreaterThan(60);
        _answers.Count(a => a.Status >= 400).ShouldBeGreaterThan(40, "refusals are where words leak");
        _answers.Count(a => a.Status < 300).ShouldBeGreaterThan(25, "and so are things that work");
    }

    [Theory]
    [InlineData(LogLevel.Trace)]
    [InlineData(LogLevel.Debug)]
    [InlineData(LogLevel.Error)]
    public void A_word_that_is_logged_is_found(LogLevel level)
    {
        // Without this, a search that looks at nothing would pass.
        var (word, code) = (Canary("logged"), "407615");
        _canaries.Add(code);
        var before = app.Lines.Count;
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Careline.Patients");
#pragma warning disable CA1848, CA2254 // A line that the product must never write.
        log.Log(level, $"Patient {word.ToUpperInvariant()} sent {code}.");
#pragma warning restore CA1848, CA2254

        Found(app.Lines.Skip(before)).Count().ShouldBe(2);
    }

    private async Task<Person> SignUpAsync()
    {
        var (name, mail, phone, password) = (Canary("user"), Canary("mail") + "@example.test", "+2348027771234", Canary("password") + " long enough");
        _canaries.Add(phone);
        var form = new Dictionary<string, object?>
        {
            ["username"] = name,
            ["email"] = mail,
            ["password"] = password,
            ["first_name"] = Canary("first"),
            ["last_name"] = Canary("last"),
            ["phone"] = phone,
            ["address"] = Canary("address"),
        };
        await TryAsync(app.Anonymous, "POST", "/api/auth/register/", form);
        await TryAsync(app.Anonymous, "POST", "/api/auth/login/", new { username = name, password = Canary("wrong") });
        await TryAsync(app.Anonymous, "POST", "/api/auth/login/", new { username = Canary("unknown"), password });

        // By a code to the phone.
        await TryAsync(app.Anonymous, "POST", "/api/auth/send-otp/", new { phone });
        var code = Remember(Code().Match((await app.InboxAsync(phone))[0]).Value);
        await TryAsync(app.Anonymous, "POST", "/api/auth/verify-otp/", new { phone, otp = Remember("918273") });
        await TryAsync(app.Anonymous, "POST", "/api/auth/verify-otp/", new { phone, otp = code });
        await TryAsync(app.Anonymous, "POST", "/api/auth/verify-otp/", new { phone, otp = code });

        // By a link, to another password.
        await TryAsync(app.Anonymous, "POST", "/api/auth/password-reset/", new { email = mail });
        var token = Remember(Token().Match((await app.InboxAsync(mail))[0]).Value);
        var renewed = Canary("renewed") + " long enough";
        await TryAsync(app.Anonymous, "POST", "/api/auth/password-reset/confirm/", new { token = token[..^1], new_password = renewed });
        await TryAsync(app.Anonymous, "POST", "/api/auth/password-reset/confirm/", new { token, new_password = renewed });
        await TryAsync(app.Anonymous, "POST", "/api/auth/password-reset/confirm/", new { token, new_password = renewed });
        await TryAsync(app.Anonymous, "POST", "/api/auth/verify-email/", new { token = Canary("token") });
        return await app.SignInAsync(name, renewed);
    }

    private async Task SignInByEveryWayAsync(Person patient, Person admin)
    {
        var me = patient.Client;
        await TryAsync(me, "PATCH", "/api/auth/profile/", new { bio = Canary("bio"), preferences = new { note = Canary("preference") } });
        await TryAsync(me, "PATCH", "/api/auth/profile/", new { profile_picture = Canary("picture") });
        await TryAsync(me, "POST", "/api/auth/step-up/", new { password = Canary("stepup") });
        await TryAsync(me, "POST", "/api/auth/password-change/", new { old_password = Canary("old"), new_password = Canary("new") + " long enough" });
        await TryAsync(me, "POST", "/api/auth/passkeys/", new { challenge_id = Guid.CreateVersion7(), credential = new { id = Canary("credential") } });
        await TryAsync(app.Anonymous, "POST", "/api/auth/passkeys/login/", new { challenge_id = Guid.CreateVersion7(), credential = new { id = Canary("key") } });
        await TryAsync(app.Anonymous, "POST", "/api/auth/refresh/", new { refresh = Canary("refresh") });
        var phone = await AuthenticatorApp.EnrolAsync(app, patient);
        _canaries.AddRange(phone.RecoveryCodes);
        Remember(phone.CodeNow);
        await TryAsync(me, "POST", "/api/auth/mfa/totp/confirm/", new { code = Remember("564738") });
        await TryAsync(app.Anonymous, "POST", "/api/auth/mfa/verify/", new { mfa_token = Canary("mfa"), code = phone.RecoveryCodes[0] });
        await TryAsync(admin.Client, "POST", "/api/users/invitations/", new { email = Canary("invited") + "@example.test", role = "nurse" });
        var invitation = Remember(Token().Match((await app.InboxAsync(_canaries[^1] + "@example.test"))[0]).Value);
        await TryAsync(app.Anonymous, "POST", "/api/users/invitations/accept/", new { token = invitation, password = "short", first_name = Canary("guest"), last_name = Canary("guestlast") });
        using var forged = app.NewClient(patient.Access[..^2]);
        await TryAsync(forged, "GET", "/api/auth/profile/");
    }

    private async Task BeTreatedAsync(Person patient, Person doctor, Person stranger)
    {
        var slots = await doctor.OfferAsync(app.Day(), 2);
        var plan = new
        {
            time_slot_id = slots[0],
            reason = Canary("reason"),
            symptoms = Canary("symptom"),
            notes = Canary("appointment"),
            contact_phone = Remember("+2348027779876"),
        };
        var booked = await TryAsync(patient.Client, "POST", "/api/appointments/", plan);
        await TryAsync(stranger.Client, "POST", "/api/appointments/", plan);
        var consultation = (await TryAsync(doctor.Client, "POST", "/api/consultations/", new { appointment_id = booked.Id, chief_complaint = Canary("complaint") })).Id;
        var visit = $"/api/consultations/{consultation}/";
        await TryAsync(doctor.Client, "POST", visit + "start/");
        var said = new (string Method, string Path, object Body)[]
        {
            ("PATCH", visit, new { history_of_present_illness = Canary("present"), medical_history = Canary("history"), examination_findings = Canary("finding"), investigations = Canary("test") }),
            ("PATCH", visit, new { assessment = Canary("assessment"), diagnosis = Canary("diagnosis"), treatment_plan = Canary("plan"), follow_up_instructions = Canary("followup"), private_notes = Canary("private") }),
            ("POST", visit + "notes/", new { title = Canary("title"), content = Canary("note") }),
            ("POST", visit + "diagnoses/", new { text = Canary("coded") }),
            ("POST", visit + "prescriptions/", new { medication_name = Canary("drug"), dosage = Canary("dose"), frequency = "as needed", instructions = Canary("instruction") }),
            ("POST", $"/api/patients/{patient.PatientId}/allergies/", new { substance = Canary("substance"), reaction = Canary("reaction") }),
            ("POST", $"/api/patients/{patient.PatientId}/conditions/", new { text = Canary("condition") }),
            ("POST", $"/api/patients/{patient.PatientId}/medications/", new { name = Canary("taken") }),
            ("POST", $"/api/patients/{patient.PatientId}/immunisations/", new { vaccine = Canary("vaccine"), given_on = "2001-01-31", lot = Canary("lot") }),
            ("POST", $"/api/patients/{patient.PatientId}/emergency-contacts/", new { name = Canary("kin"), phone = Remember("+2348027775432"), relation = Canary("relation") }),
            ("POST", $"/api/patients/{patient.PatientId}/notes/", new { content = $"Insured as {Remember("NHIA-77120-93345-K")}, {Canary("staffnote")}" }),
            ("PATCH", $"/api/patients/{patient.PatientId}/", new { medical_history = Canary("medical") }),
        };
        foreach (var (method, path, body) in said)
        {
            (await TryAsync(doctor.Client, method, path, body)).Status.ShouldBeLessThan(300);
            await TryAsync(stranger.Client, method, path, body);
            await TryAsync(app.Anonymous, method, path, body);

            // Cut off, and with a member that cannot be read: what stands before is still the person's.
            var text = System.Text.Json.JsonSerializer.Serialize(body);
            await TryAsync(doctor.Client, method, path, text[..^1]);
            await TryAsync(doctor.Client, method, path, text.Replace(":\"", ":[\"", StringComparison.Ordinal));
        }

        await TryAsync(doctor.Client, "POST", visit + "complete/");
        await TryAsync(doctor.Client, "POST", visit + "addenda/", new { content = Canary("addendum") });
        await TryAsync(doctor.Client, "POST", visit + "notes/", new { content = Canary("late") });
        var calledOff = (await TryAsync(patient.Client, "POST", "/api/appointments/", new { time_slot_id = slots[1] })).Id;
        await TryAsync(patient.Client, "POST", $"/api/appointments/{calledOff}/cancel/", new { reason = Canary("cancel") });
        await TryAsync(patient.Client, "POST", $"/api/appointments/{calledOff}/cancel/", new { reason = Canary("again") });
    }

    private async Task LookFromOutsideAsync(Person patient, Person stranger, Person admin)
    {
        using var unrelated = await app.BookableDoctorAsync();
        await TryAsync(unrelated.Client, "POST", $"/api/patients/{patient.PatientId}/break-glass/", new { reason = Canary("glass") });
        await TryAsync(stranger.Client, "POST", $"/api/patients/{patient.PatientId}/break-glass/", new { reason = Canary("noglass") });
        await TryAsync(unrelated.Client, "GET", $"/api/patients/{patient.PatientId}/summary/");
        foreach (var path in new[] { "", "allergies/", "summary/", "access-log/" })
        {
            await TryAsync(stranger.Client, "GET", $"/api/patients/{patient.PatientId}/{path}");
        }

        foreach (var path in new[] { "/api/patients/", "/api/doctors/", "/api/appointments/", "/api/consultations/" })
        {
            await TryAsync(stranger.Client, "GET", $"{path}?search={Canary("search")}&ordering={Canary("ordering")}&page={Canary("page")}");
        }

        await TryAsync(unrelated.Client, "GET", $"/api/patients/lookup/?number={Canary("number")}");
        await TryAsync(admin.Client, "GET", $"/api/audit/?actor={Canary("actor")}");
        await TryAsync(app.Anonymous, "GET", $"/api/{Canary("nowhere")}/");

        // An error that nobody foresaw: PostgreSQL quotes the whole row.
        await app.SqlAsync("ALTER TABLE accounts.accounts ADD CONSTRAINT canary_broken_too CHECK (bio NOT LIKE 'kanaribroken%') NOT VALID");
        (await TryAsync(patient.Client, "PATCH", "/api/auth/profile/", new { bio = Canary("broken") })).Status.ShouldBe(500);
    }

    private async Task<Reply> TryAsync(HttpClient client, string method, string path, object? body = null)
    {
        var reply = await client.SendAsync(method, path, body);
        _answers.Add(reply);
        return reply;
    }

    private string Canary(string of) => Remember($"kanari{of}{_canaries.Count}x");

    private string Remember(string word)
    {
        _canaries.Add(word);
        return word;
    }

    // Words anywhere; codes of six digits only as such, since any long number holds some.
    private IEnumerable<string> Found(IEnumerable<string> texts) =>
        from text in texts
        from word in _canaries.Distinct()
        where word.Length > 6 ? text.Contains(word, StringComparison.OrdinalIgnoreCase) : Regex.IsMatch(text, $"(?<![\\w.]){word}(?!\\w)")
        select $"'{word}' in: {text[..Math.Min(text.Length, 400)]}";

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Code();

    [GeneratedRegex("[A-Za-z0-9_-]{43}")]
    private static partial Regex Token();
}
