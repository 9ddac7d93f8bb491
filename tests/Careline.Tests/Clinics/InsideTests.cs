using Careline.Tests.Support;

namespace Careline.Tests.Clinics;

/// <summary>What is for those who work at a clinic: each other, hours, rooms.</summary>
public sealed class InsideTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Staff_see_each_others_names_and_nobody_else_does()
    {
        var clinic = await app.OpenedClinicAsync();
        using var boss = await app.BossAsync(clinic);
        using var receptionist = await app.StaffAsync("receptionist", clinic);
        using var elsewhere = await app.BossAsync(await app.OpenedClinicAsync("Elsewhere"));
        var path = $"{Running.Path}{clinic}/staff/";

        var seen = await receptionist.GetAsync(path);

        seen.Rows.Select(r => r.GetProperty("name").GetString()).ShouldBe([$"Staff {boss.UserName}", $"Staff {receptionist.UserName}"]);
        foreach (var (method, at, body) in new (string, string, object?)[]
        {
            ("GET", path, null), ("POST", path, new { account_id = elsewhere.UserId, role = "administrator" }),
            ("DELETE", $"{path}{seen.Rows.First().GetProperty("id").GetGuid()}/", null), ("GET", $"{Running.Path}{clinic}/rooms/", null),
            ("POST", $"{Running.Path}{clinic}/rooms/", new { name = "Theirs" }), ("PUT", $"{path}{seen.Rows.First().GetProperty("id").GetGuid()}/hours/", new { hours = Array.Empty<object>() }),
        })
        {
            (await elsewhere.Client.SendAsync(method, at, body)).Status.ShouldBe(404, $"{method} {at}");
        }
    }

    [Fact]
    public async Task Another_role_ends_the_former_one_at_once_and_keeps_the_hours()
    {
        var clinic = await app.OpenedClinicAsync();
        using var boss = await app.BossAsync(clinic);
        using var nurse = await app.StaffAsync("nurse");
        var path = $"{Running.Path}{clinic}/staff/";
        var joined = await boss.PostAsync(path, new { account_id = nurse.UserId, role = "nurse" });
        (await nurse.GetAsync("/api/notifications/?mark_read=false")).Text.ShouldContain("You were added to a clinic");
        var hours = new { hours = new[] { new { weekday = "monday", start_time = "08:00", end_time = "16:00" } } };
        (await nurse.PutAsync($"{path}{joined.Id}/hours/", hours)).Status.ShouldBe(200);

        (await nurse.PostAsync($"{path}{joined.Id}/role/", new { role = "administrator" })).Status.ShouldBe(403);
        (await boss.PostAsync($"{path}{joined.Id}/role/", new { role = "nurse" })).ErrorCode.ShouldBe("ALREADY_STAFF");
        var changed = await boss.PostAsync($"{path}{joined.Id}/role/", new { role = "administrator" });

        changed.Status.ShouldBe(200, changed.Text);
        changed.Id.ShouldNotBe(joined.Id);
        (await nurse.PostAsync($"{Running.Path}{clinic}/rooms/", new { name = "Mine now" })).Status.ShouldBe(201);
        (await nurse.GetAsync($"{path}{changed.Id}/hours/")).Data.GetProperty("hours").GetArrayLength().ShouldBe(1);
        (await boss.PostAsync($"{path}{joined.Id}/role/", new { role = "doctor" })).Status.ShouldBe(404);
        (await app.SqlAsync("SELECT count(*) FROM clinics.staff WHERE account_id = $1 AND left_at IS NOT NULL AND role = 'nurse'", nurse.UserId)).ShouldBe(1L);
    }

    [Fact]
    public async Task Who_leaves_has_no_right_there_from_that_moment()
    {
        var clinic = await app.OpenedClinicAsync();
        using var nurse = await app.StaffAsync("nurse", clinic);
        var path = $"{Running.Path}{clinic}/staff/";
        var mine = (await nurse.GetAsync(path)).Rows.Single().GetProperty("id").GetGuid();

        (await nurse.DeleteAsync($"{path}{mine}/")).Status.ShouldBe(204);

        (await nurse.GetAsync(path)).Status.ShouldBe(404);
        (await nurse.GetAsync($"{Running.Path}{clinic}/rooms/")).Status.ShouldBe(404);
        (await nurse.PutAsync($"{path}{mine}/hours/", new { hours = Array.Empty<object>() })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Of_two_administrators_who_leave_at_once_one_stays()
    {
        var clinic = await app.OpenedClinicAsync();
        using var one = await app.BossAsync(clinic);
        using var other = await app.BossAsync(clinic);
        var path = $"{Running.Path}{clinic}/staff/";
        var members = (await one.GetAsync(path)).Rows.ToDictionary(r => r.GetProperty("account_id").GetGuid(), r => r.GetProperty("id").GetGuid());

        var replies = await Task.WhenAll(one.DeleteAsync($"{path}{members[one.UserId]}/"), other.DeleteAsync($"{path}{members[other.UserId]}/"));

        replies.Select(r => r.Status).Order().ShouldBe([204, 409]);
        replies.Single(r => r.Status == 409).ErrorCode.ShouldBe("LAST_ADMINISTRATOR");
        using var admin = await app.AdminAsync();
        var last = (await admin.GetAsync(path)).Rows.Single().GetProperty("id").GetGuid();
        (await admin.DeleteAsync($"{path}{last}/")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task Rooms_are_kept_by_administrators_and_seen_by_staff()
    {
        var clinic = await app.OpenedClinicAsync();
        using var boss = await app.BossAsync(clinic);
        using var nurse = await app.StaffAsync("nurse", clinic);
        var path = $"{Running.Path}{clinic}/rooms/";

        var added = await boss.PostAsync(path, new { name = "Theatre 1", kind = "operating", capacity = 6, equipment = new[] { "Lamp", "Lamp", "Table" } });

        added.Status.ShouldBe(201, added.Text);
        added.Data.GetProperty("equipment").GetArrayLength().ShouldBe(2);
        (await boss.PostAsync(path, new { name = " theatre 1" })).ErrorCode.ShouldBe("ROOM_EXISTS");
        (await boss.PostAsync(path, new { name = "  " })).Status.ShouldBe(400);
        (await boss.PostAsync(path, new { name = "X", capacity = 0 })).Status.ShouldBe(400);
        (await boss.PostAsync(path, new { name = "X", equipment = new[] { (string?)null } })).Status.ShouldBe(400);
        (await nurse.PostAsync(path, new { name = "Nook" })).Status.ShouldBe(403);
        (await nurse.GetAsync(path + "?kind=operating")).Has(added.Id).ShouldBeTrue();
        (await nurse.GetAsync(path + "?kind=ward")).Total.ShouldBe(0);
        (await boss.PutAsync($"{path}{added.Id}/", new { name = "Theatre 2", kind = "operating" }, ("If-Match", "\"9\""))).Status.ShouldBe(412);
        (await boss.PutAsync($"{path}{added.Id}/", new { name = "Theatre 2", kind = "operating" })).Data.GetProperty("capacity").GetInt32().ShouldBe(1);
        (await boss.DeleteAsync($"{path}{added.Id}/")).Status.ShouldBe(204);
        (await nurse.GetAsync($"{path}{added.Id}/")).Status.ShouldBe(404);
        (await boss.PostAsync(path, new { name = "Theatre 2" })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_service_is_priced_by_the_clinic_and_read_by_everybody()
    {
        var clinic = await app.OpenedClinicAsync();
        using var boss = await app.BossAsync(clinic);
        using var nurse = await app.StaffAsync("nurse", clinic);
        using var elsewhere = await app.BossAsync(await app.OpenedClinicAsync("Elsewhere"));
        var path = $"{Running.Path}{clinic}/services/";
        var scan = new { name = "Scan", category = "Imaging", price = new { amount = 12_000, currency = "NGN" }, duration_minutes = 45, preparation = "Drink a litre of water." };

        (await nurse.PostAsync(path, scan)).Status.ShouldBe(403);
        (await elsewhere.PostAsync(path, scan)).Status.ShouldBe(404);
        var id = await boss.SoldAsync(clinic, scan);
        var resting = await boss.SoldAsync(clinic, new { name = "Old scan", price = new { amount = 1, currency = "NGN" }, is_active = false });

        (await boss.PostAsync(path, new { name = "SCAN", scan.price })).ErrorCode.ShouldBe("SERVICE_EXISTS");
        var read = (await app.Anonymous.AskAsync($"{path}{id}/")).Data;
        (read.GetProperty("price").GetProperty("amount").GetInt64(), read.GetProperty("preparation").GetString()).ShouldBe((12_000, "Drink a litre of water."));
        (await app.Anonymous.AskAsync(path)).Rows.Count().ShouldBe(1);
        (await app.Anonymous.AskAsync($"{path}{resting}/")).Status.ShouldBe(404);
        (await nurse.GetAsync(path)).Rows.Count().ShouldBe(2);
        (await app.Anonymous.AskAsync(path + "?max_price=100&currency=NGN")).Total.ShouldBe(0);
        (await boss.PatchAsync($"{path}{id}/", new { price = new { amount = 9_000 } })).Data.GetProperty("price").GetProperty("currency").GetString().ShouldBe("NGN");
        (await boss.PatchAsync($"{path}{id}/", new { price = new { amount = -1 } })).Status.ShouldBe(400);
        (await boss.PatchAsync($"{path}{id}/", new { clinic_id = Guid.CreateVersion7() })).Status.ShouldBe(400);
        (await boss.DeleteAsync($"{path}{id}/")).Status.ShouldBe(204);
        (await app.Anonymous.AskAsync(path)).Total.ShouldBe(0);
        (await boss.PutAsync($"{path}{id}/", scan)).Status.ShouldBe(404);
    }
}
