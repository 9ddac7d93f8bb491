using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Careline.Tests.Support;

namespace Careline.Tests.Platform;

/// <summary>One shape for every answer, whatever went wrong and wherever.</summary>
public sealed class EnvelopeTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_success_is_readable_by_clients_of_both_styles()
    {
        using var person = await app.PatientAsync();

        var json = (await person.GetAsync("/api/auth/profile/")).Json;

        json.EnumerateObject().Select(p => p.Name).ShouldBe(["success", "status", "message", "data", "timestamp"]);
        (json.GetProperty("success").GetBoolean(), json.GetProperty("status").GetString()).ShouldBe((true, "success"));
        json.GetProperty("timestamp").GetString()!.ShouldEndWith("Z");
    }

    [Fact]
    public async Task A_list_says_where_its_page_lies()
    {
        using var admin = await app.AdminAsync();
        using var one = await app.PatientAsync();
        using var two = await app.PatientAsync();

        var first = await admin.GetAsync("/api/users/?page_size=1&ordering=username");
        var meta = first.Json.GetProperty("meta");

        meta.EnumerateObject().Select(p => p.Name).ShouldBe(["page", "page_size", "total", "total_pages", "next", "previous"]);
        meta.GetProperty("total_pages").GetInt64().ShouldBe(first.Total);
        meta.GetProperty("previous").ValueKind.ShouldBe(JsonValueKind.Null);
        var second = await admin.GetAsync(meta.GetProperty("next").GetString()!);
        second.Json.GetProperty("meta").GetProperty("page").GetInt32().ShouldBe(2);
        second.Rows.Single().GetProperty("id").GetGuid().ShouldNotBe(first.Rows.Single().GetProperty("id").GetGuid());
        (await admin.GetAsync(second.Json.GetProperty("meta").GetProperty("previous").GetString()!)).Rows.Single().ToString().ShouldBe(first.Rows.Single().ToString());
        (await admin.GetAsync("/api/users/?page=1000")).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_error_is_readable_by_clients_of_both_styles()
    {
        var reply = await app.Anonymous.PostAsync("/api/auth/login/", new { });

        var json = reply.Json;
        json.EnumerateObject().Select(p => p.Name).ShouldBe(["success", "status", "message", "errors", "error", "timestamp", "trace_id"]);
        (json.GetProperty("success").GetBoolean(), json.GetProperty("status").GetString()).ShouldBe((false, "error"));
        json.GetProperty("error").GetProperty("message").GetString().ShouldBe(json.GetProperty("message").GetString());
        json.GetProperty("error").GetProperty("details").ToString().ShouldBe(json.GetProperty("errors").ToString());
        json.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order().ShouldBe(["password", "username"]);
        reply.Headers.GetValues("X-Request-Id").Single().ShouldBe(json.GetProperty("trace_id").GetString());
    }

    [Theory]
    [InlineData("GET", "/api/nothing/here/", 404, "NOT_FOUND")]
    [InlineData("GET", "/nothing", 404, "NOT_FOUND")]
    [InlineData("GET", "/api/users/not-a-uuid/", 404, "NOT_FOUND")]
    [InlineData("GET", "/api/auth/profile/", 401, "AUTHENTICATION_REQUIRED")]
    [InlineData("DELETE", "/api/auth/login/", 405, "METHOD_NOT_ALLOWED")]
    [InlineData("GET", "/api/auth/login/", 405, "METHOD_NOT_ALLOWED")]
    [InlineData("PROPFIND", "/api/auth/login/", 405, "METHOD_NOT_ALLOWED")]
    public async Task A_call_that_reaches_no_handler_is_answered_in_the_envelope(string method, string path, int status, string code)
    {
        var reply = await app.Anonymous.SendAsync(method, path);

        (reply.Status, reply.ErrorCode).ShouldBe((status, code), reply.Text);
    }

    [Theory]
    [InlineData("{", "MALFORMED_JSON")]
    [InlineData("", "VALIDATION_ERROR")]
    [InlineData("null", "VALIDATION_ERROR")]
    [InlineData("[]", "MALFORMED_JSON")]
    [InlineData("\"text\"", "MALFORMED_JSON")]
    [InlineData("""{"username":"a","password":"b"} {}""", "MALFORMED_JSON")]
    [InlineData("""{"username":"a","password":"b",}""", "MALFORMED_JSON")]
    [InlineData("""{"username":"a","password":"b" /* c */}""", "MALFORMED_JSON")]
    [InlineData("""{"username":"a","username":"b","password":"c"}""", "VALIDATION_ERROR")]
    [InlineData("""{"username":1,"password":"b"}""", "VALIDATION_ERROR")]
    [InlineData("""{"username":null,"password":"b"}""", "VALIDATION_ERROR")]
    [InlineData("""{"Username":"a","password":"b"}""", "VALIDATION_ERROR")]
    [InlineData("""{"username":"a\u0000","password":"b"}""", "VALIDATION_ERROR")]
    [InlineData("""{"username":"\ud800","password":"b"}""", "VALIDATION_ERROR")]
    public async Task A_body_that_is_not_what_was_asked_for_is_refused(string body, string code)
    {
        var reply = await app.Anonymous.PostAsync("/api/auth/login/", body);

        reply.Status.ShouldBe(400, reply.Text);
        reply.ErrorCode.ShouldBeOneOf(code, "MALFORMED_JSON", "VALIDATION_ERROR");
        reply.Text.ShouldNotContain("System.");
        reply.Text.ShouldNotContain("Careline.");
    }

    [Theory]
    [InlineData("POST", "/api/auth/login/", "text/plain")]
    [InlineData("POST", "/api/auth/login/", "application/x-www-form-urlencoded")]
    [InlineData("PUT", "/api/auth/profile/", "application/xml")]
    [InlineData("PATCH", "/api/auth/profile/", "text/plain")]
    public async Task Another_kind_of_content_is_refused(string method, string path, string contentType)
    {
        using var person = await app.PatientAsync();

        var client = path.EndsWith("/login/", StringComparison.Ordinal) ? app.Anonymous : person.Client;
        var reply = await client.SendAsync(method, path, new StringContent("username=a", new MediaTypeHeaderValue(contentType)));

        (reply.Status, reply.ErrorCode).ShouldBe((415, "UNSUPPORTED_MEDIA_TYPE"), reply.Text);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/merge-patch+json")]
    [InlineData("application/merge-patch+json; charset=utf-8")]
    public async Task A_merge_patch_is_accepted_under_both_its_names(string contentType)
    {
        using var person = await app.PatientAsync();

        var reply = await person.Client.SendAsync(
            "PATCH", "/api/auth/profile/", new StringContent("""{"bio":"x"}""", MediaTypeHeaderValue.Parse(contentType)));

        reply.Status.ShouldBe(200, reply.Text);
    }

    [Fact]
    public async Task Ten_megabytes_are_too_large_for_a_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login/")
        {
            Content = new StringContent("{\"username\":\"" + new string('x', 10 * 1024 * 1024) + "\"}", Encoding.UTF8, "application/json"),
        };
        request.Headers.ExpectContinue = true;

        using var response = await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(413);
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement
            .GetProperty("error").GetProperty("code").GetString().ShouldBe("PAYLOAD_TOO_LARGE");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health/")]
    [InlineData("/api/schema/")]
    [InlineData("/api/docs/index.html")]
    [InlineData("/api/auth/profile/")]
    [InlineData("/nothing")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        var headers = (await app.Anonymous.AskAsync(path)).Headers;

        Value("X-Content-Type-Options").ShouldBe("nosniff");
        Value("X-Frame-Options").ShouldBe("DENY");
        Value("Referrer-Policy").ShouldBe("no-referrer");
        Value("Content-Security-Policy").ShouldContain("frame-ancestors 'none'");
        Value("Content-Security-Policy").ShouldNotContain("http");
        Value("X-Request-Id").Length.ShouldBe(32);
        headers.Server.ShouldBeEmpty();
        if (!path.StartsWith("/api/docs", StringComparison.Ordinal))
        {
            headers.CacheControl!.NoStore.ShouldBeTrue();
        }

        string Value(string name) => headers.GetValues(name).Single();
    }

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c", false)]
    [InlineData("\"; DROP TABLE", false)]
    public async Task A_request_has_the_id_of_its_callers_trace_if_that_is_one(string parent, bool isOne)
    {
        var reply = await app.Anonymous.SendAsync("GET", "/nothing", null, ("traceparent", parent));

        var id = reply.Headers.GetValues("X-Request-Id").Single();
        (id == "0af7651916cd43dd8448eb211c80319c").ShouldBe(isOne);
        (reply.Status, id.Length, reply.Json.GetProperty("trace_id").GetString()).ShouldBe((404, 32, id));
    }

    [Fact]
    public async Task The_front_door_is_a_page_for_people_and_data_for_programs()
    {
        var page = await app.Anonymous.SendAsync("GET", "/", null, ("Accept", "text/html"));
        var data = await app.Anonymous.SendAsync("GET", "/", null, ("Accept", "application/json"));

        page.Text.ShouldStartWith("<!DOCTYPE html>");
        data.Data.GetProperty("modules").EnumerateArray().Select(m => m.GetString()).ShouldContain("scheduling");
        (await app.Anonymous.SendAsync("GET", "/admin/", null, ("Accept", "text/html"))).Status.ShouldBe(303);
    }
}
