using Careline.Tests.Support;

namespace Careline.Tests.Accounts;

public sealed class SignInTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("user name")]
    [InlineData("e-mail")]
    [InlineData("e-mail in capitals")]
    [InlineData("phone")]
    public async Task A_person_signs_in_by_any_of_their_names(string by)
    {
        var id = Guid.CreateVersion7().ToString("N");
        var phone = "+23480" + Random.Shared.NextInt64(10_000_000, 99_999_999);
        (await app.Anonymous.PostAsync("/api/auth/register/", new
        {
            username = $"Ada{id}",
            email = $"Ada{id}@Example.test",
            password = TestApp.Password,
            first_name = "Ada",
            last_name = "Obi",
            phone,
        })).Status.ShouldBe(201);
        var name = by switch
        {
            "user name" => $"ada{id}",
            "e-mail" => $"Ada{id}@Example.test",
            "e-mail in capitals" => $"ADA{id}@EXAMPLE.TEST",
            _ => phone,
        };

        var reply = await app.Anonymous.PostAsync("/api/auth/login/", new { username = name, password = TestApp.Password });

        reply.Status.ShouldBe(200, reply.Text);
        reply.Data.GetProperty("token_type").GetString().ShouldBe("Bearer");
        reply.Data.GetProperty("expires_in").GetInt32().ShouldBe(900);
        reply.Data.GetProperty("user").GetProperty("email").GetString().ShouldBe($"Ada{id}@Example.test");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_are_answered_alike()
    {
        using var person = await app.PatientAsync();

        var wrong = await app.Anonymous.PostAsync("/api/auth/login/", new { username = person.UserName, password = "not the right one" });
        var unknown = await app.Anonymous.PostAsync("/api/auth/login/", new { username = "nobody-at-all", password = "not the right one" });

        (wrong.Status, wrong.ErrorCode).ShouldBe((401, "INVALID_CREDENTIALS"));
        (unknown.Status, unknown.ErrorCode).ShouldBe((401, "INVALID_CREDENTIALS"));
        unknown.Json.GetProperty("message").GetString().ShouldBe(wrong.Json.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("superadmin")]
    [InlineData("nurse")]
    [InlineData("receptionist")]
    [InlineData("")]
    public async Task Only_patient_and_doctor_can_be_chosen(string role)
    {
        var reply = await app.Anonymous.PostAsync("/api/auth/register/", Someone(new() { ["user_type"] = role }));

        reply.Status.ShouldBe(400);
        reply.ErrorDetails.GetProperty("user_type").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_role_that_contradicts_the_user_type_is_refused() =>
        (await app.Anonymous.PostAsync("/api/auth/register/", Someone(new() { ["user_type"] = "patient", ["role"] = "doctor" })))
            .ErrorDetails.TryGetProperty("role", out _).ShouldBeTrue();

    [Fact]
    public async Task Every_fault_of_a_registration_is_named_at_once()
    {
        var reply = await app.Anonymous.PostAsync("/api/auth/register/", Someone(new()
        {
            ["email"] = "nobody",
            ["username"] = "has space",
            ["phone"] = "12",
            ["date_of_birth"] = "2999-01-01",
        }));

        reply.Status.ShouldBe(400);
        reply.ErrorDetails.EnumerateObject().Select(p => p.Name).Order().ShouldBe(["date_of_birth", "email", "phone", "username"]);
    }

    [Fact]
    public async Task A_taken_address_is_refused_without_regard_to_case()
    {
        var first = Someone([]);
        (await app.Anonymous.PostAsync("/api/auth/register/", first)).Status.ShouldBe(201);

        var reply = await app.Anonymous.PostAsync(
            "/api/auth/register/", Someone(new() { ["email"] = ((string)first["email"]!).ToUpperInvariant() }));

        reply.ErrorDetails.GetProperty("email")[0].GetString().ShouldBe("Already registered.");
    }

    [Fact]
    public async Task Two_registrations_of_one_name_at_the_same_time_make_one_account()
    {
        var body = Someone([]);

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Anonymous.PostAsync("/api/auth/register/", body)));

        replies.Count(r => r.Status == 201).ShouldBe(1);
        replies.Count(r => r.Status == 400).ShouldBe(7);
    }

    [Fact]
    public async Task Signing_out_works_at_once()
    {
        using var person = await app.PatientAsync();
        (await person.GetAsync("/api/auth/profile/")).Status.ShouldBe(200);

        (await person.PostAsync("/api/auth/logout/", new { })).Status.ShouldBe(200);

        (await person.GetAsync("/api/auth/profile/")).ErrorCode.ShouldBe("INVALID_TOKEN");
        (await app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = person.Refresh })).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Signing_out_needs_no_body()
    {
        using var person = await app.PatientAsync();

        (await person.PostAsync("/api/auth/logout/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_refresh_token_serves_once_and_its_reuse_ends_the_family()
    {
        using var person = await app.PatientAsync();
        var next = await app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = person.Refresh });
        next.Status.ShouldBe(200, next.Text);
        (await app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = person.Refresh })).ErrorCode.ShouldBe("REFRESH_IN_PROGRESS");
        app.Advance(TimeSpan.FromSeconds(11));

        (await app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = person.Refresh })).Status.ShouldBe(401);

        (await app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = next.Data.GetProperty("refresh").GetString() })).Status.ShouldBe(401);
        (await person.GetAsync("/api/auth/profile/")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Parallel_refreshes_with_one_token_make_one_successor()
    {
        using var person = await app.PatientAsync();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(_ => app.Anonymous.PostAsync("/api/auth/refresh/", new { refresh = person.Refresh })));

        replies.Count(r => r.Status == 200).ShouldBe(1);
        replies.Count(r => r.Status == 409).ShouldBe(31);
    }

    [Fact]
    public async Task An_access_token_dies_after_fifteen_minutes()
    {
        using var person = await app.PatientAsync();

        app.Advance(TimeSpan.FromMinutes(15));

        (await person.GetAsync("/api/auth/profile/")).ErrorCode.ShouldBe("INVALID_TOKEN");
    }

    [Fact]
    public async Task The_word_Token_is_accepted_for_Bearer()
    {
        using var person = await app.PatientAsync();
        using var client = app.NewClient(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Token {person.Access}");

        (await client.AskAsync("/api/auth/profile/")).Status.ShouldBe(200);
    }

    internal static Dictionary<string, object?> Someone(Dictionary<string, object?> changed)
    {
        var id = Guid.CreateVersion7().ToString("N");
        var fields = new Dictionary<string, object?>
        {
            ["username"] = "someone" + id,
            ["email"] = $"someone{id}@example.test",
            ["password"] = TestApp.Password,
            ["first_name"] = "Some",
            ["last_name"] = "One",
        };
        foreach (var (name, value) in changed)
        {
            fields[name] = value;
        }

        return fields;
    }
}
