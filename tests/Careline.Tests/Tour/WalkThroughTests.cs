using Careline.Tests.Support;

namespace Careline.Tests.Tour;

/// <summary>The four calls by which an older interface is documented: bodies as there, the date ahead.</summary>
public sealed class WalkThroughTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task The_documented_walk_through_works_on_a_fresh_start()
    {
        var doctor = await app.Anonymous.PostAsync("/api/auth/register/", """
            {
                "username": "doctor1",
                "email": "doctor@example.com",
                "password": "securepassword",
                "first_name": "Dr. John",
                "last_name": "Smith",
                "user_type": "doctor",
                "medical_license_number": "MD123456",
                "specialization": "Cardiology"
              }
            """);
        var patient = await app.Anonymous.PostAsync("/api/auth/register/", """
            {
                "username": "patient1",
                "email": "patient@example.com",
                "password": "securepassword",
                "first_name": "Jane",
                "last_name": "Doe",
                "user_type": "patient"
              }
            """);
        var login = await app.Anonymous.PostAsync("/api/auth/login/", """{ "username": "doctor1", "password": "securepassword" }""");
        using var client = app.NewClient(login.Data.GetProperty("access").GetString());
        var date = app.Now.AddDays(10).ToString("yyyy-MM-dd", null);
        var slot = await client.PostAsync("/api/appointments/api/time-slots/", $$"""
            { "date": "{{date}}", "start_time": "09:00:00", "end_time": "09:30:00" }
            """);

        (doctor.Status, patient.Status, login.Status, slot.Status).ShouldBe((201, 201, 200, 201), slot.Text);
        slot.Data.GetProperty("date").GetString().ShouldBe(date);
        slot.Data.GetProperty("start_time").GetString().ShouldBe("09:00:00");
    }
}
