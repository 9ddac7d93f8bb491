using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Careline.Bench.Portal;

/// <summary>
/// What the demo practice has not had yet, so that no screen is only seen empty: cards, plans and a dispute, a time that became free, a family, half a delivery and a
/// count, papers that run out, reviews that were reported, reports, holds and breaches.
/// </summary>
internal sealed partial class FullPractice(Uri url) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5) };
    private JsonNode _clinic = null!;

    public void Dispose() => _client.Dispose();

    public async Task<int> RunAsync()
    {
        var admin = await SignInAsync("admin", "admin123");
        var (amara, emeka, fatima) = (await SignInAsync("amara.nwosu"), await SignInAsync("emeka.obi"), await SignInAsync("fatima.yusuf"));
        var (adaeze, chinedu) = (await SignInAsync("adaeze.okafor"), await SignInAsync("chinedu.balogun"));
        _clinic = (await admin.GetAsync("/api/eclinic/clinics/?search=Marina"))[0]!["id"]!;
        await WaitAsync(amara, chinedu, adaeze);
        await PayAsync(admin, amara, emeka);
        await SubscribeAsync(admin, amara);
        await ActForOthersAsync(amara, emeka, fatima);
        await ReviewAsync(amara, adaeze, await SignInAsync("folake.williams"));
        await ShowPapersAsync(admin, adaeze);
        await KeepStockAsync(await SignInAsync("amina.bello"));
        await GovernAsync(admin, amara);
        await TreatAsync(adaeze, fatima);
        return 0;
    }

    // Somebody waits for a day on which there is no time, and then there is one.
    private static async Task WaitAsync(Person amara, Person chinedu, Person adaeze)
    {
        var day = Day(20);
        await amara.PostAsync("/api/waitlist/", new { doctor_id = chinedu.DoctorId, start_date = day, end_date = day, day_part = "morning", reason = "My heart races on the stairs" });
        await chinedu.PostAsync("/api/time-slots/", new { date = day, start_time = "09:00", end_time = "09:30" });
        await UntilAsync(async () => (await amara.GetAsync("/api/waitlist/?status=offered")).AsArray().Count > 0);
        var other = (await amara.GetAsync("/api/doctors/?search=Priya"))[0]!["id"];
        await amara.PostAsync("/api/waitlist/", new { doctor_id = other, start_date = Day(30), end_date = Day(40) });
        await amara.PostAsync("/api/appointment-requests/", new { doctor_id = adaeze.DoctorId, preferred_date = Day(15), day_part = "evening", reason = "After work, if you can" });
    }

    private async Task PayAsync(Person admin, Person amara, Person emeka)
    {
        var kept = await PayAsync(amara, await VisitAsync(amara, "checked_in", "Adaeze"), save: true);
        await admin.PostAsync($"/api/payments/{kept.Id}/refund/", new { amount = 500_000, reason = "technical_issue", note = "The line broke down for ten minutes." });
        var disputed = await PayAsync(emeka, await VisitAsync(emeka, "confirmed", "Chinedu"), save: false);
        (await _client.PostAsync(new Uri(disputed.Page + "dispute/"), null)).EnsureSuccessStatusCode();
        await UntilAsync(async () => (await admin.GetAsync("/api/payments/disputes/")).AsArray().Count > 0);
    }

    private async Task<(string Id, string Page)> PayAsync(Person payer, JsonNode visit, bool save)
    {
        var begun = await payer.PostAsync("/api/payments/", new { kind = "appointment", id = visit["id"], save_method = save });
        using var page = await _client.GetAsync(new Uri((string)begun["checkout_url"]!));
        var place = page.RequestMessage!.RequestUri!.ToString();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["outcome"] = "pay", ["webhooks"] = "normal", ["save"] = save ? "true" : "false" });
        (await _client.PostAsync(new Uri(place), form)).EnsureSuccessStatusCode();
        var id = (string)begun["id"]!;
        await UntilAsync(async () => (string)(await payer.GetAsync($"/api/payments/{id}/"))["status"]! == "completed");
        return (id, place);
    }

    // One that is paid and ends, one on trial, one whose first month is still to be paid.
    private static async Task SubscribeAsync(Person admin, Person amara)
    {
        var card = (await amara.GetAsync("/api/payments/methods/"))[0]!["id"];
        var family = await PlanAsync(admin, new { code = "FAMILY", name = "Family", description = "Visits for everybody at home.", amount_minor = 1_200_000, currency = "NGN", period = "month", seats = 5, discount_percent = 20 });
        var ends = await amara.PostAsync("/api/payments/subscriptions/", new { plan_id = family, saved_method_id = card });
        await UntilAsync(async () => (string)(await amara.GetAsync($"/api/payments/subscriptions/{ends["id"]}/"))["status"]! == "active");
        await amara.PostAsync($"/api/payments/subscriptions/{ends["id"]}/cancel/");
        var heart = await PlanAsync(admin, new { code = "HEART", name = "Heart and pressure", description = "For who measures at home.", amount_minor = 3_000_000, currency = "NGN", period = "quarter", trial_days = 14, discount_percent = 12.5 });
        await amara.PostAsync("/api/payments/subscriptions/", new { plan_id = heart, saved_method_id = card });
        var year = await PlanAsync(admin, new { code = "YEAR", name = "Whole year", amount_minor = 9_999_950, currency = "NGN", period = "year" });
        await amara.PostAsync("/api/payments/subscriptions/", new { plan_id = year });
        await admin.PostAsync("/api/payments/coupons/", new { code = "WELCOME", kind = "percentage", percent = 10, description = "For a first visit", most_uses = 100, first_visit_only = true });
    }

    private async Task ActForOthersAsync(Person amara, Person emeka, Person fatima)
    {
        await amara.PostAsync("/api/patients/me/dependants/", new { first_name = "Chidera", last_name = "Nwosu", date_of_birth = "2019-08-03", gender = "female", relation = "parent" });
        await AcceptAsync(emeka, "amara.nwosu@example.com", "child", amara, ["read", "book"]);
        await AcceptAsync(amara, "fatima.yusuf@example.com", "carer", fatima, ["book"]);
        await amara.PostAsync($"/api/patients/{amara.PatientId}/proxies/", new { email = "obinna.nwosu@example.com", relation = "spouse", rights = (string[])["read"], valid_until = DateTimeOffset.UtcNow.AddDays(90) });
    }

    private async Task AcceptAsync(Person by, string email, string relation, Person whom, string[] rights)
    {
        await by.PostAsync($"/api/patients/{by.PatientId}/proxies/", new { email, relation, rights });
        var token = "";
        await UntilAsync(async () => (token = Token().Match(await _client.GetStringAsync(new Uri(url, $"/dev/inbox/?to={Uri.EscapeDataString(email)}"))).Groups[1].Value).Length > 0);
        await whom.PostAsync("/api/patients/proxies/accept/", new { token });
    }

    private async Task ReviewAsync(Person amara, Person adaeze, Person folake)
    {
        var visit = (await VisitAsync(amara, "completed", "Adaeze"))["id"];
        foreach (var (reviews, rating, comment, by) in new[]
        {
            ($"/api/doctors/{adaeze.DoctorId}/reviews/", 2, "I waited for forty minutes, and then it was over in five.", adaeze),
            ($"/api/eclinic/clinics/{_clinic}/reviews/", 3, "Friendly people, but nowhere to sit.", folake),
        })
        {
            var review = await amara.PostAsync(reviews, new { appointment_id = visit, rating, comment });
            await by.PostAsync($"{reviews}{review["id"]}/report/", new { reason = "It is about another place." });
        }
    }

    private static async Task ShowPapersAsync(Person admin, Person adaeze)
    {
        var papers = $"/api/doctors/{adaeze.DoctorId}/credentials/";
        var licence = await adaeze.PostAsync(papers, new { type = "licence", title = "Practising licence", organization = "Medical and Dental Council", country = "NG", number = "MDCN-204418", started_on = Day(-345), ended_on = Day(20) });
        await admin.PostAsync($"{papers}{licence["id"]}/verify/", new { decision = "verified", note = "As the register says." });
        await adaeze.PostAsync(papers, new { type = "insurance", title = "Liability insurance", organization = "Lagoon Mutual", country = "NG", started_on = Day(-375), ended_on = Day(-10) });
        var course = await adaeze.PostAsync(papers, new { type = "certificate", title = "Advanced life support", organization = "Resuscitation Council", started_on = Day(-900) });
        await admin.PostAsync($"{papers}{course["id"]}/verify/", new { decision = "rejected", note = "The copy cannot be read." });
    }

    // One item is short, one expires soon, one has expired; of an order half came; a count found less than the book.
    private async Task KeepStockAsync(Person amina)
    {
        var stock = $"/api/eclinic/clinics/{_clinic}/inventory/";
        var items = new List<JsonNode>();
        var batches = new List<JsonNode>();
        foreach (var (name, unit, days, quantity) in new[] { ("Amlodipine 5 mg", "tablet", 400, 30), ("Salbutamol inhaler", "inhaler", 30, 12), ("Oral rehydration salts", "sachet", 1, 200) })
        {
            var item = (await amina.PostAsync(stock + "items/", new { name, sku = $"MFC-{items.Count + 1}", unit, currency = "NGN", sale_price_amount = 25_000, reorder_level = 100, reorder_quantity = 500 }))["id"]!;
            items.Add(item);
            batches.Add((await amina.PostAsync($"{stock}items/{item}/batches/", new { number = $"B-{items.Count}07", quantity, price_amount = 15_050, currency = "NGN", expires_on = Day(days) }))["id"]!);
        }

        var supplier = (await amina.PostAsync(stock + "suppliers/", new { name = "Lagoon Wholesale", contact = "+2340000000401, the desk by the gate" }))["id"];
        var order = await amina.PostAsync(stock + "orders/", new
        {
            supplier_id = supplier,
            currency = "NGN",
            expected_on = Day(5),
            note = "As last month",
            lines = items.Select(i => new { item_id = i, quantity = 500, price_amount = 14_000 }),
        });
        await amina.PostAsync($"{stock}orders/{order["id"]}/deliveries/", new { lines = new[] { new { line_id = order["lines"]![1]!["id"], quantity = 200, batch_number = "B-311", expires_on = Day(300) } }, note = "The rest next week" });
        await amina.PostAsync(stock + "counts/", new { lines = batches.Select((b, n) => new { batch_id = b, counted = n == 0 ? 27 : n == 1 ? 12 : 201 }), reason = "End of the month" });
        await amina.PostAsync(stock + "movements/", new { batch_id = batches[0], kind = "write_off", quantity = 2, reason = "The blister was torn" });
    }

    private static async Task GovernAsync(Person admin, Person amara)
    {
        var patient = (await admin.GetAsync("/api/patients/"))[0]!["id"];
        await admin.SendAsync(HttpMethod.Put, $"/api/patients/{patient}/legal-hold/", new { reason = "The court asks for it in case 7/2026." });
        await amara.PostAsync("/api/patients/me/data-requests/", new { kind = "correction", reason = "My street is Glover Road, not Grover Road." });
        var breach = await admin.PostAsync("/api/audit/breaches/", new
        {
            discovered_at = DateTimeOffset.UtcNow.AddHours(-20),
            occurred_from = DateTimeOffset.UtcNow.AddHours(-30),
            description = "A laptop was left in a taxi. The one who found it brought it back to the front desk the next morning; its disk was encrypted, as all disks of the clinic are.",
            people_categories = (string[])["patients"],
            data_categories = (string[])["names", "appointments"],
            people_estimate = 40,
            records_estimate = 120,
            risk_level = "low",
            was_encrypted = true,
            measures_taken = "Its keys were changed.",
            patient_ids = new[] { patient },
        });
        await admin.PostAsync($"/api/audit/breaches/{breach["id"]}/notify/", new { who = "authority", note = "By its form" });
        await admin.PostAsync("/api/audit/breaches/", new { discovered_at = DateTimeOffset.UtcNow.AddHours(-80), description = "A letter went to the wrong street." });
        var report = (await admin.PostAsync("/api/analytics/reports/", new
        {
            name = "Visits by doctor",
            description = "Who saw how many",
            question = new { dataset = "appointments", measures = (string[])["appointments", "no_shows", "average_duration"], dimensions = (string[])["doctor"], period = "this_month" },
        }))["id"];
        await admin.SendAsync(HttpMethod.Put, $"/api/analytics/reports/{report}/schedule/", new { frequency = "weekly", weekday = 1, time = "07:00:00", time_zone = "Africa/Lagos", format = "csv" });
        var export = (await admin.PostAsync("/api/analytics/exports/", new { format = "csv", report_id = report }))["id"];
        await UntilAsync(async () => (string)(await admin.GetAsync($"/api/analytics/exports/{export}/"))["status"]! == "ready");
    }

    // Something bad is measured, a result is critical, and the visit costs more.
    private static async Task TreatAsync(Person adaeze, Person fatima)
    {
        var visit = $"/api/consultations/{(await adaeze.GetAsync($"/api/consultations/?patient={fatima.PatientId}&status=in_progress"))[0]!["id"]}/";
        await adaeze.PostAsync(visit + "vital-signs/", new { systolic = 120, heart_rate = 111, temperature = 38.9, respiratory_rate = 22, oxygen_saturation = 91, consciousness = "alert", on_oxygen = true });
        var order = await adaeze.PostAsync(visit + "lab-orders/", new { tests = (string[])["K"], clinical_question = "Weak since yesterday" });
        await adaeze.PostAsync($"/api/labs/orders/{order["id"]}/results/", new { results = new[] { new { test = "K", value = 6.9, unit = "mmol/L", note = "Not haemolysed" } } });
        await adaeze.PostAsync(visit + "charges/", new { description = "Dressing", amount = 200_000, currency = "NGN" });
    }

    private static async Task<JsonNode> VisitAsync(Person patient, string status, string doctor) =>
        (await patient.GetAsync($"/api/appointments/?status={status}&page_size=50")).AsArray().First(a => ((string)a!["doctor"]!["name"]!).Contains(doctor, StringComparison.Ordinal))!;

    private static async Task<JsonNode> PlanAsync(Person admin, object plan) => (await admin.PostAsync("/api/payments/plans/", plan))["id"]!;

    private async Task<Person> SignInAsync(string name, string password = "careline-demo") =>
        new(_client, await Person.AskAsync(_client, HttpMethod.Post, "/api/auth/login/", new { username = name, password }, null));

    // What a job of the host does by itself.
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            await Task.Delay(tries < 120 ? 500 : throw new TimeoutException("The host did not do it within a minute."));
        }
    }

    private static string Day(int ahead) => DateTime.UtcNow.AddDays(ahead).ToString("yyyy-MM-dd", null);

    // Stands by itself between empty lines, in a text within JSON.
    [GeneratedRegex(@"accept with this token[^:]*:\\n\\n(\S+?)\\n\\n")]
    private static partial Regex Token();

    private sealed class Person(HttpClient client, JsonNode signIn)
    {
        public string? PatientId => (string?)signIn["user"]!["patient_id"];

        public string? DoctorId => (string?)signIn["user"]!["doctor_id"];

        public Task<JsonNode> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

        public Task<JsonNode> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body ?? new { });

        public Task<JsonNode> SendAsync(HttpMethod method, string path, object? body) => AskAsync(client, method, path, body, (string)signIn["access"]!);

        public static async Task<JsonNode> AskAsync(HttpClient client, HttpMethod method, string path, object? body, string? token)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = body is null ? null : JsonContent.Create(body);
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? JsonNode.Parse(text)!["data"]! : throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
        }
    }
}
