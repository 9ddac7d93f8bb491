using Careline.Tests.Support;

namespace Careline.Tests.Patients;

public sealed class ListPatientsTests(SharedApp app) : IClassFixture<SharedApp>
{
    private const string Path = "/api/patients/";

    [Fact]
    public async Task Staff_search_filter_and_order()
    {
        using var desk = await app.StaffAsync("nurse");
        var primary = Guid.CreateVersion7();
        await desk.PostAsync(Path, new { first_name = "Zed", last_name = "Findme", gender = "male", phone = "+233201234567" });
        await desk.PostAsync(Path, new { first_name = "Ann", last_name = "Findme", gender = "female", email = "ann@post.test", primary_doctor_id = primary });
        var number = (await desk.PostAsync(Path, new { first_name = "Bob", last_name = "Other%" })).Data.GetProperty("number").GetString();

        (await NamesAsync(desk, "search=findme")).ShouldBe("Ann,Zed");
        (await NamesAsync(desk, "search=FIND zed")).ShouldBe("Zed");
        (await NamesAsync(desk, "search=20123")).ShouldBe("Zed");
        (await NamesAsync(desk, "search=post.test")).ShouldBe("Ann");
        (await NamesAsync(desk, $"search={number}")).ShouldBe("Bob");
        (await NamesAsync(desk, "search=other%25")).ShouldBe("Bob");
        (await NamesAsync(desk, "search=%25%25%25")).ShouldBe("");
        (await NamesAsync(desk, "gender=female")).ShouldBe("Ann");
        (await NamesAsync(desk, $"doctor={primary}")).ShouldBe("Ann");
        (await NamesAsync(desk, "is_active=false")).ShouldBe("");
        (await NamesAsync(desk, "ordering=-name")).ShouldBe("Zed,Bob,Ann");
        (await NamesAsync(desk, "ordering=created_at")).ShouldBe("Zed,Ann,Bob");
        (await NamesAsync(desk, "ordering=number&page_size=1&page=2")).ShouldBe("Ann");
    }

    [Theory]
    [InlineData("gender=unsaid")]
    [InlineData("is_active=perhaps")]
    [InlineData("doctor=1")]
    [InlineData("clinic=x")]
    [InlineData("ordering=medical_history")]
    [InlineData("page=-1")]
    public async Task A_filter_that_cannot_be_read_is_refused_by_name(string query)
    {
        using var patient = await app.PatientAsync();

        var reply = await patient.GetAsync($"{Path}?{query}");

        reply.Status.ShouldBe(400);
        reply.ErrorDetails.TryGetProperty(query.Split('=')[0], out _).ShouldBeTrue(reply.Text);
    }

    [Fact]
    public async Task A_doctors_own_filter_lists_everybody_in_care()
    {
        using var patient = await app.PatientAsync();
        using var doctor = await app.DoctorAsync();
        await app.OpenCareAsync(patient.PatientId, doctor);

        (await doctor.GetAsync($"{Path}?doctor={doctor.DoctorId}")).Total.ShouldBe(1);
        (await doctor.GetAsync($"{Path}?doctor={Guid.CreateVersion7()}")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task The_older_doubled_path_answers_too()
    {
        using var patient = await app.PatientAsync();

        (await patient.GetAsync($"/api/patients/api/patients/{patient.PatientId}")).Id.ShouldBe(patient.PatientId);
    }

    private static async Task<string> NamesAsync(Person staff, string query) =>
        string.Join(',', (await staff.GetAsync($"{Path}?{query}")).Rows.Select(r => r.GetProperty("first_name").GetString()));
}
