using Careline.Prescriptions.Contracts;
using Careline.Prescriptions.Medicines;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Prescriptions;

public sealed class MedicinesTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/medicines/";
    private const string Header = "name,kind,composition,atc,forms,strengths,routes,synonyms,maker,country,source\n";

    [Fact]
    public async Task A_medicine_is_found_as_it_is_typed()
    {
        using var patient = await app.PatientAsync();
        (string Typed, string Name)[] cases =
        [
            ("amoxi", "amoxicillin"), ("amoxicilin", "amoxicillin"), ("paracetmol", "paracetamol"), ("acetaminophen", "paracetamol"), ("augmentin", "Augmentin"),
            ("ventoln", "Ventolin"), ("co-amoxiclav", "amoxicillin/clavulanic acid"),
        ];
        foreach (var (typed, name) in cases)
        {
            var reply = await patient.GetAsync($"{Path}?search={Uri.EscapeDataString(typed)}");

            reply.Status.ShouldBe(200, reply.Text);
            reply.Rows.First().GetProperty("name").GetString().ShouldBe(name);
        }
    }

    [Fact]
    public async Task A_generic_is_found_with_its_brands_and_narrowed_by_code_form_and_kind()
    {
        using var doctor = await app.DoctorAsync();

        var losartan = await doctor.GetAsync($"{Path}?search=losartan&page_size=100");
        losartan.Rows.Select(r => r.GetProperty("name").GetString()).ShouldContain("Cozaar");
        losartan.Rows.First().GetProperty("name").GetString().ShouldBe("losartan");
        (await doctor.GetAsync($"{Path}?atc=J01CA04")).Rows.Single().GetProperty("name").GetString().ShouldBe("amoxicillin");
        (await doctor.GetAsync($"{Path}?atc=C09AA&page_size=100")).Rows.ShouldAllBe(r => r.GetProperty("atc_codes").EnumerateArray().Any(c => c.GetString()!.StartsWith("C09AA", StringComparison.Ordinal)));
        (await doctor.GetAsync($"{Path}?form=inhaler&kind=generic&page_size=100")).Total.ShouldBeInRange(10, 60);
        (await doctor.GetAsync($"{Path}?kind=generic")).Total.ShouldBeGreaterThanOrEqualTo(500);
        (await doctor.GetAsync($"{Path}?form=pill")).Status.ShouldBe(400);
        (await doctor.GetAsync($"{Path}?search=%25%25")).Status.ShouldBe(200);
        var one = (await doctor.GetAsync($"{Path}?search=coartem")).Rows.First();
        one.GetProperty("composition").EnumerateArray().Select(p => p.GetProperty("ingredient").GetString()).ShouldBe(["artemether", "lumefantrine"]);
        (await doctor.GetAsync($"{Path}{one.GetProperty("id").GetGuid()}/")).Data.GetRawText().ShouldBe(one.GetRawText());
        (await doctor.GetAsync($"{Path}{Guid.CreateVersion7()}/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_administrator_adds_corrects_and_removes_a_medicine_and_checks_follow()
    {
        using var admin = await app.AdminAsync();
        var added = await admin.PostAsync(Path, new { name = "Painaway Plus", kind = "brand", composition = new[] { new { ingredient = "ibuprofen", strength = "400 mg" } }, country = "NG" });
        added.Status.ShouldBe(201, added.Text);
        (await IngredientsAsync("painaway plus")).ShouldBe(["ibuprofen"]);

        var patched = await admin.PatchAsync($"{Path}{added.Id}/", new { composition = new[] { new { ingredient = "diclofenac" } } }, ("If-Match", added.ETag!));

        patched.Status.ShouldBe(200, patched.Text);
        patched.Data.GetProperty("country").GetString().ShouldBe("NG");
        (await IngredientsAsync("painaway plus")).ShouldBe(["diclofenac"]);
        (await admin.PutAsync($"{Path}{added.Id}/", new { name = "Painaway", kind = "brand", composition = new[] { new { ingredient = "ketoprofen" } } }, ("If-Match", added.ETag!))).Status.ShouldBe(412);
        (await admin.PutAsync($"{Path}{added.Id}/", new { name = "Painaway", kind = "brand", composition = new[] { new { ingredient = "ketoprofen" } } })).Status.ShouldBe(200);
        (await IngredientsAsync("painaway plus")).ShouldBeEmpty();
        (await IngredientsAsync("painaway")).ShouldBe(["ketoprofen"]);
        (await admin.DeleteAsync($"{Path}{added.Id}/")).Status.ShouldBe(204);
        (await IngredientsAsync("painaway")).ShouldBeEmpty();
        (await admin.GetAsync($"{Path}{added.Id}/")).Status.ShouldBe(404);
        (await admin.DeleteAsync($"{Path}{added.Id}/")).Status.ShouldBe(404);
        (await admin.PostAsync(Path, new { name = "Paracetamol" })).ErrorCode.ShouldBe("MEDICINE_EXISTS");
    }

    [Fact]
    public async Task A_malformed_medicine_is_refused()
    {
        using var admin = await app.AdminAsync();
        string[] bodies =
        [
            """{"name": ""}""",
            """{"name": "..."}""",
            """{"name": "X", "kind": "brand"}""",
            """{"name": "X", "atc_codes": ["J01"]}""",
            """{"name": "X", "country": "xx"}""",
            """{"name": "X", "composition": [{"ingredient": ""}]}""",
            """{"name": "X", "price": 1}""",
            """{"name": "X", "synonyms": [null]}""",
        ];
        foreach (var body in bodies)
        {
            (await admin.PostAsync(Path, body)).Status.ShouldBe(400, body);
        }
    }

    [Fact]
    public async Task A_brand_that_stands_for_several_compositions_is_not_guessed()
    {
        using var admin = await app.AdminAsync();
        foreach (var ingredient in new[] { "omeprazole", "ranitidine" })
        {
            (await admin.PostAsync(Path, new { name = "Gastrocalm", kind = "brand", composition = new[] { new { ingredient } } })).Status.ShouldBe(201);
        }

        var resolved = await ResolveAsync("Gastrocalm");

        resolved.Ingredients.ShouldBeEmpty();
        resolved.Doubt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_sites_list_is_taken_in_whole_or_not_at_all()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync();
        var bad = await admin.PostAsync($"{Path}imports/", new
        {
            csv = Header + "Localcillin,brand,amoxicillin=500 mg,,capsule,,,,Local,NG,our list\n"
                + "Wrongpill,brand,amoxicilin,,capsule,,,,,,our list\nThird,other,paracetamol,X,pill,,,,,,our list\nFourth,brand\n",
        });

        bad.Status.ShouldBe(400, bad.Text);
        var faults = bad.ErrorDetails.GetProperty("csv").EnumerateArray().Select(f => f.GetString()!).ToList();
        faults.ShouldContain(f => f.Contains("'amoxicilin'", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("medicines:4:", StringComparison.Ordinal) && f.Contains("no kind", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("medicines:4:", StringComparison.Ordinal) && f.Contains("no form", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("medicines:5:", StringComparison.Ordinal));
        (await IngredientsAsync("Localcillin")).ShouldBeEmpty();

        var good = await admin.PostAsync($"{Path}imports/", new
        {
            csv = Header + "Localcillin,brand,amoxicillin=500 mg,,capsule,,,,Local,NG,our list\nnewdrugine,generic,,,tablet,10 mg,oral,,,,our list\nNewbrand,brand,newdrugine,,,,,,,,our list\n",
        });

        good.Status.ShouldBe(201, good.Text);
        good.Data.GetProperty("rows").GetInt32().ShouldBe(3);
        (await IngredientsAsync("Localcillin")).ShouldBe(["amoxicillin"]);
        (await IngredientsAsync("Newbrand")).ShouldBe(["newdrugine"]);
        (await doctor.PostAsync($"{Path}imports/", new { csv = Header })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_newer_release_never_overwrites_what_the_site_wrote_corrected_or_removed()
    {
        using var admin = await app.AdminAsync();
        var corrected = (await admin.GetAsync($"{Path}?search=nimesulide")).Rows.First().GetProperty("id").GetGuid();
        var removed = (await admin.GetAsync($"{Path}?search=tenoxicam")).Rows.First().GetProperty("id").GetGuid();
        (await admin.PatchAsync($"{Path}{corrected}/", new { strengths = new[] { "7 mg" } })).Status.ShouldBe(200);
        (await admin.DeleteAsync($"{Path}{removed}/")).Status.ShouldBe(204);
        await app.SqlAsync("UPDATE prescriptions.medicines SET strengths = '{}' WHERE name = 'piroxicam'");
        await app.SqlAsync("DELETE FROM prescriptions.medicine_releases");
        var before = (await admin.GetAsync(Path)).Total;

        foreach (var _ in new[] { 1, 2 })
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IMedicineCatalogue>().LoadStarterAsync(CancellationToken.None);
        }

        (await admin.GetAsync(Path)).Total.ShouldBe(before);
        (await admin.GetAsync($"{Path}{corrected}/")).Data.GetProperty("strengths")[0].GetString().ShouldBe("7 mg");
        (await admin.GetAsync($"{Path}{removed}/")).Status.ShouldBe(404);
        (await admin.GetAsync($"{Path}?search=piroxicam")).Rows.First().GetProperty("strengths").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_sites_own_rules_are_taken_in_whole_or_not_at_all_and_count_at_once()
    {
        using var doctor = await app.DoctorAsync();
        const string header = "code,a,b,severity,mechanism,advice,source\n";
        var question = new { medicines = new[] { new { medication_name = "cetirizine" }, new { medication_name = "loratadine" } } };

        var bad = await ImportRulesAsync(header + "S1,cetirizine,loratadine,major,m,a,licensed\nS2,cetirizin,@no-such,dire,m,a,\n");
        var good = await ImportRulesAsync(header + "S1,cetirizine,loratadine,major,\"Sleep, twice.\",Choose one.,licensed\n");
        var reply = await doctor.PostAsync("/api/prescriptions/check-interactions/", question);

        bad.Rows.ShouldBe(0);
        bad.Faults.Count(f => f.StartsWith("interactions:3:", StringComparison.Ordinal)).ShouldBe(4, string.Join('\n', bad.Faults));
        good.Faults.ShouldBeEmpty();
        reply.Data.GetProperty("findings").EnumerateArray().ShouldContain(f => f.GetProperty("code").GetString() == "S1" && f.GetProperty("mechanism").GetString() == "Sleep, twice.");
        reply.Data.GetProperty("data_version").GetString().ShouldStartWith(Shelf.Tables.Version + "+");
        (await ImportRulesAsync(header)).Faults.ShouldBeEmpty();
        (await doctor.PostAsync("/api/prescriptions/check-interactions/", question)).Data.GetProperty("data_version").GetString().ShouldBe(Shelf.Tables.Version);
    }

    private async Task<TableImport> ImportRulesAsync(string csv)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISafetyStock>().ImportInteractionsAsync(new StringReader(csv), CancellationToken.None);
    }

    private async Task<IEnumerable<string>> IngredientsAsync(string name) => (await ResolveAsync(name)).Ingredients.Select(i => i.Name);

    private Task<ResolvedMedicine> ResolveAsync(string name) => app.LookAsync(async db => (await new MedicineResolver(db).ResolveAsync([new NamedMedicine(null, null, null, name)], CancellationToken.None))[0]);
}
