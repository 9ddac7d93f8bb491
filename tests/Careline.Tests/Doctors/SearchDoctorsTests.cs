using Careline.Doctors.Doctors;
using Careline.Doctors.Listing;
using Careline.Doctors.Search;
using Careline.Platform.Data;
using Careline.Platform.Signals;
using Careline.Platform.Web;
using Careline.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Doctors;

/// <summary>Finding doctors by what people type, and near where they are; the index and the tables answer alike.</summary>
public sealed class SearchDoctorsTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly SemaphoreSlim _once = new(1, 1);

    [Theory]
    [InlineData("adebayo", "Adébáyọ̀")]
    [InlineData("ADÉBÁYỌ̀", "Adébáyọ̀")]
    [InlineData("Sade", "Ṣadé")]
    [InlineData("chinonso", "Chịnọ́nsọ")]
    [InlineData("nwa", "Ṅwa")]
    [InlineData("dankande", "Ɗanƙande")]
    [InlineData("maaji", "Ma'aji")]
    [InlineData("ma’aji", "Ma'aji")]
    [InlineData("francois", "François")]
    [InlineData("zoe", "Zoé")]
    [InlineData("krsna", "Kṛṣṇa")]
    [InlineData("शर्मा", "शर्मा")]
    public async Task A_name_is_found_as_it_is_typed_without_marks(string typed, string name)
    {
        await PeopleAsync();

        Names(await FindAsync($"search={Uri.EscapeDataString(typed)}&specialization=neurology")).ShouldBe([name]);
    }

    [Theory]
    [InlineData("adebajo")]
    [InlineData("adebayoo")]
    [InlineData("aedbayo")]
    [InlineData("neurologits adebayo")]
    [InlineData("neurlogy adebayo")]
    [InlineData("adebayo french")]
    public async Task A_word_that_is_nobodys_is_taken_for_misspelt(string typed)
    {
        await PeopleAsync();

        Names(await FindAsync($"search={typed}&specialization=neurology")).ShouldBe(["Adébáyọ̀"]);
    }

    [Theory]
    [InlineData("zzzzzzzz")]
    [InlineData("xq")]
    [InlineData("adebayo hindi")]
    public async Task What_is_said_of_nobody_finds_nobody(string typed)
    {
        await PeopleAsync();

        (await FindAsync($"search={typed}&specialization=neurology")).Total.ShouldBe(0);
    }

    [Theory]
    [InlineData("near=6.45,3.40&radius_km=20", "Adébáyọ̀:2.22,Ṣadé:11.12")]
    [InlineData("near=6.45,3.40&radius_km=5", "Adébáyọ̀:2.22")]
    [InlineData("near=6.45,3.40&radius_km=20&ordering=-distance", "Ṣadé:11.12,Adébáyọ̀:2.22")]
    [InlineData("near=6.45,3.40&page_size=2&search=near", "Adébáyọ̀:2.22,Ṣadé:11.12")]
    [InlineData("near=-17,-179.9&radius_km=50", "Zoé:21.27")]
    [InlineData("near=89.9,10&radius_km=300", "Kṛṣṇa:11.12")]
    public async Task Doctors_are_found_near_a_place_with_their_distance(string query, string found)
    {
        await PeopleAsync();

        string.Join(',', (await FindAsync(query + "&specialization=neurology")).Rows
            .Select(r => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{First(r)}:{r.GetProperty("distance_km").GetDouble()}"))).ShouldBe(found);
    }

    [Fact]
    public async Task Without_a_radius_everybody_is_found_and_those_without_a_place_come_last()
    {
        await PeopleAsync();

        var all = await FindAsync("near=6.45,3.40&specialization=neurology");

        all.Total.ShouldBe(11);
        Names(all).Take(2).ShouldBe(["Adébáyọ̀", "Ṣadé"]);
        all.Rows.Last().GetProperty("distance_km").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_clinic_is_a_place_of_its_doctors_while_it_is_open()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync(specialization: "Oncology", firstName: "Harbour");
        var clinic = (await admin.PostAsync("/api/eclinic/clinics/", new
        {
            name = "Harbour",
            time_zone = "Africa/Lagos",
            location = new { latitude = 4.05, longitude = 9.70 },
        })).Id;
        await app.JoinClinicAsync(doctor.UserId, clinic, "doctor");
        (await doctor.PatchAsync("/api/doctors/me/", new { clinic_ids = new[] { clinic } })).Status.ShouldBe(200);

        (await FindAsync("near=4.05,9.70&radius_km=1")).Rows.Single().GetProperty("distance_km").GetDouble().ShouldBe(0);

        (await admin.PatchAsync($"/api/eclinic/clinics/{clinic}/", new { location = new { latitude = 5.05, longitude = 9.70 }, name = "Hill" })).Status.ShouldBe(200);
        await Eventually.HoldsAsync(async () => (await FindAsync("near=5.05,9.70&radius_km=1")).Total == 1);
        (await FindAsync("near=5.05,9.70&radius_km=1")).Rows.Single().GetProperty("clinics")[0].GetProperty("name").GetString().ShouldBe("Hill");

        (await admin.PatchAsync($"/api/eclinic/clinics/{clinic}/", new { status = "inactive" })).Status.ShouldBe(200);
        await Eventually.HoldsAsync(async () => (await FindAsync("near=5.05,9.70&radius_km=1")).Total == 0);
    }

    [Fact]
    public async Task A_doctors_own_place_is_shown_to_nobody_else()
    {
        using var doctor = await app.DoctorAsync(specialization: "Oncology");
        var place = new { latitude = 51.5, longitude = -0.12 };
        (await doctor.PatchAsync("/api/doctors/me/", new { location = place })).Data.GetProperty("location").GetProperty("latitude").GetDouble().ShouldBe(51.5);

        (await app.Anonymous.AskAsync($"/api/doctors/{doctor.DoctorId}/")).Data.GetProperty("location").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await FindAsync("near=51.5,-0.12&radius_km=1")).Rows.Single().GetProperty("location").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await doctor.PatchAsync("/api/doctors/me/", new { location = new { latitude = 91, longitude = 0 } })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task What_this_host_committed_is_in_the_next_answer()
    {
        using var admin = await app.AdminAsync();
        using var doctor = await app.DoctorAsync(specialization: "Urology", firstName: "Fresh");
        await app.IndexAsync();
        for (var years = 1; years < 20; years++)
        {
            (await doctor.PatchAsync("/api/doctors/me/", new { experience_years = years, bio = $"After{years}" })).Status.ShouldBe(200);
            (await FindAsync($"search=after{years}&min_experience={years}")).Total.ShouldBe(1);
            (await FindAsync($"search=fresh&min_experience={years + 1}")).Total.ShouldBe(0);
        }

        (await admin.PostAsync($"/api/doctors/{doctor.DoctorId}/verify/", new { decision = "rejected" })).Status.ShouldBe(200);
        (await FindAsync("search=fresh")).Total.ShouldBe(0);
        (await admin.PostAsync($"/api/doctors/{doctor.DoctorId}/verify/")).Status.ShouldBe(200);
        (await FindAsync("search=fresh")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task What_another_wrote_is_told_by_the_database()
    {
        using var doctor = await app.DoctorAsync(specialization: "Urology", firstName: "Elsewhere");
        await app.IndexAsync();

        await app.SqlAsync("UPDATE doctors.doctors SET bio = 'Told by signal.' WHERE id = $1", doctor.DoctorId);

        await Eventually.HoldsAsync(async () => (await FindAsync("search=signal")).Total == 1);
    }

    [Fact]
    public async Task When_the_signal_line_broke_everybody_is_loaded_anew()
    {
        using var doctor = await app.DoctorAsync(specialization: "Urology", firstName: "Unheard");
        await app.IndexAsync();
        var (index, signals, lost) = (app.Services.GetRequiredService<DoctorIndex>(), app.Services.GetRequiredService<SignalLine>(), new TaskCompletionSource());
        signals.Lost += () => lost.TrySetResult();

        // Told to nobody, and committed before the line can stand again.
        await app.SqlAsync(
            $"""
            SET session_replication_role = replica;
            UPDATE doctors.doctors SET languages = ARRAY['sw'] WHERE id = '{doctor.DoctorId}';
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'careline signals' AND datname = current_database()
            """);

        // Whoever comes after this test finds the line whole.
        await lost.Task.WaitAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => signals.IsUp);
        await Eventually.HoldsAsync(async () => index.IsTrusted && (await FindAsync("search=unheard&language=sw")).Total == 1);
    }

    [Fact]
    public async Task While_the_index_is_not_loaded_the_tables_answer()
    {
        await PeopleAsync();
        await app.IndexAsync();
        app.Services.GetRequiredService<DoctorIndex>().Distrust();

        (await FindAsync("specialization=neurology&near=6.45,3.40&radius_km=5&search=near")).Rows.Single().GetProperty("distance_km").GetDouble().ShouldBe(2.22);
    }

    [Theory]
    [InlineData("specialization=neurology")]
    [InlineData("specialization=neurology&min_rating=3.5")]
    [InlineData("specialization=brain&min_rating=0&page_size=3&page=2")]
    [InlineData("specialization=neurology&page=99")]
    [InlineData("max_fee=3000&ordering=fee")]
    [InlineData("max_fee=3000&ordering=-fee&page_size=3&page=2")]
    [InlineData("min_experience=4&ordering=experience")]
    [InlineData("min_experience=4&ordering=-experience&page_size=4&page=2")]
    [InlineData("ordering=next_available")]
    [InlineData("ordering=-next_available")]
    [InlineData("ordering=rating&page_size=5")]
    [InlineData("language=fr&modality=video")]
    [InlineData("available_on=2031-05-03&ordering=next_available")]
    [InlineData("near=6.45,3.40&ordering=distance&page_size=4")]
    [InlineData("near=6.45,3.40&ordering=-distance&page_size=4&page=2")]
    [InlineData("near=6.45,3.40&radius_km=6000&ordering=fee")]
    [InlineData("search=near&language=fr")]
    [InlineData("specialization=alchemy")]
    public async Task The_index_and_the_tables_answer_alike(string query)
    {
        await PeopleAsync();
        await app.IndexAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, Request = { QueryString = new QueryString("?" + query) } };
        http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new ListFilters(DoctorQuestion.Filters.ToHashSet())), "list"));
        var asked = await ListQuery.BindAsync(http);
        var question = DoctorQuestion.Read(asked);
        asked.Check();

        var fromIndex = await scope.ServiceProvider.GetRequiredService<DoctorIndex>().AnswerAsync(question, asked, CancellationToken.None);
        var fromTables = await DoctorTables.AnswerAsync(
            scope.ServiceProvider.GetRequiredService<CarelineDb>(), question, null, asked, CancellationToken.None);

        fromIndex.ShouldNotBeNull().Total.ShouldBe(fromTables.Total);
        Words(fromIndex).ShouldBe(Words(fromTables));

        static IEnumerable<string> Words(Page<DoctorResponse> page) => page.Rows.Select(r => System.Text.Json.JsonSerializer.Serialize(r));
    }

    private Task<Reply> FindAsync(string query) => app.Anonymous.AskAsync("/api/doctors/?" + query);

    private static IEnumerable<string> Names(Reply reply) => reply.Rows.Select(First);

    private static string First(System.Text.Json.JsonElement row) => row.GetProperty("name").GetString()!.Split(' ')[0];

    private async Task PeopleAsync()
    {
        await _once.WaitAsync();
        try
        {
            if ((await app.Anonymous.AskAsync("/api/doctors/?specialization=neurology")).Total > 0)
            {
                await Eventually.HoldsAsync(() => app.Services.GetRequiredService<DoctorIndex>().IsTrusted);
                return;
            }

            await MakeAsync("Adébáyọ̀", 0, new { languages = new[] { "fr", "en" }, location = new { latitude = 6.47, longitude = 3.40 }, bio = "I am near you." });
            await MakeAsync("Ṣadé", 1, new { location = new { latitude = 6.55, longitude = 3.40 }, bio = "Near.", fee = new { amount = 1000, currency = "NGN" } });
            await MakeAsync("Chịnọ́nsọ", 2, new { languages = new[] { "fr" }, modalities = new[] { "video" }, experience_years = 4 });
            await MakeAsync("Ṅwa", 3, new { fee = new { amount = 3000, currency = "NGN" }, experience_years = 4 });
            await MakeAsync("Ɗanƙande", 4, new { fee = new { amount = 9000, currency = "NGN" }, experience_years = 9 });
            await MakeAsync("Ma'aji", 5, new { languages = new[] { "fr" }, modalities = new[] { "video", "chat" } });
            await MakeAsync("François", 6, new { location = new { latitude = 48.85, longitude = 2.35 } });
            await MakeAsync("Zoé", 7, new { location = new { latitude = -17.0, longitude = 179.9 } });
            await MakeAsync("Kṛṣṇa", 8, new { languages = new[] { "hi" }, location = new { latitude = 89.8, longitude = 10.0 } });
            await MakeAsync("शर्मा", 9, new { languages = new[] { "hi" }, experience_years = 30 });
            await MakeAsync("Plain", 10, new { });
            await app.IndexAsync();
        }
        finally
        {
            _once.Release();
        }
    }

    private async Task MakeAsync(string name, int place, object profile)
    {
        using var doctor = await app.DoctorAsync(firstName: name, specialization: "Neurology");
        var reply = await doctor.PatchAsync("/api/doctors/me/", profile);
        reply.Status.ShouldBe(200, reply.Text);
        await app.SqlAsync(
            """
            WITH day AS (INSERT INTO doctors.free_days SELECT $1, date '2031-05-01' + $3 % 4, timestamptz '2031-05-01 09:00Z' + $3 % 4 * interval '1 day' WHERE $3 % 3 > 0)
            UPDATE doctors.doctors SET rating = $2, review_count = 3,
                next_free_at = CASE WHEN $3 % 3 > 0 THEN timestamptz '2031-05-01 09:00Z' + $3 % 4 * interval '1 day' END WHERE id = $1
            """,
            doctor.DoctorId, 3m + (place % 5 / 2m), place);
    }
}
