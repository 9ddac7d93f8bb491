using System.Net.Sockets;
using System.Text;
using Careline.Labs.Imports;
using Careline.Tests.Records;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Labs;

/// <summary>An application that listens for laboratories' messages and releases unreviewed results after three days.</summary>
public sealed class ListeningApp(TestCluster cluster) : TestApp(cluster)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Labs:Mllp:Port"] = "0",
        ["Labs:Mllp:MostBytes"] = "4096",
        ["Labs:AutoReleaseDays"] = "3",
    };
}

/// <summary>What needs a clock of its own, or a listener.</summary>
public sealed class LaboratoryClockTests(ListeningApp app) : IClassFixture<ListeningApp>
{
    private const string CallOut = "vitals.call-out";

    [Fact]
    public async Task A_critical_result_reaches_the_ordering_doctor_by_every_channel_once_until_it_is_acknowledged()
    {
        using var order = await app.OrderedAsync("K");
        var (doctor, phone) = (order.Doctor, $"+23481{Random.Shared.Next(10_000_000, 99_999_999)}");
        (await doctor.PatchAsync("/api/auth/profile/", new { phone })).Status.ShouldBe(200);

        // SMS beside mail and the list, as the doctor chose.
        (await doctor.PutAsync("/api/notifications/preferences/", new { choices = new[] { new { category = "alert", channel = "sms", is_on = true } } })).Status.ShouldBe(200);

        var result = await order.ResultAsync(new { test = "K", value = 6.8, unit = "mmol/L" });
        result.Flag().ShouldBe("critical_high");
        await app.DeliverEventsAsync();
        await Task.WhenAll(app.RunJobAsync(CallOut), app.RunJobAsync(CallOut));

        var alert = (await doctor.GetAsync("/api/alerts/?mine=true&status=open")).Rows.ShouldHaveSingleItem();
        alert.GetProperty("title").GetString().ShouldBe("critical_result");
        alert.GetProperty("source_id").GetGuid().ShouldBe(result.GetProperty("id").GetGuid());
        (await CallsAsync(phone), await CallsAsync($"{doctor.UserName}@example.test"), await ToldAsync(doctor)).ShouldBe((1, 1, 1));
        app.Advance(TimeSpan.FromMinutes(10));
        await Task.WhenAll(app.RunJobAsync(CallOut), app.RunJobAsync(CallOut));
        (await CallsAsync(phone), await CallsAsync($"{doctor.UserName}@example.test"), await ToldAsync(doctor)).ShouldBe((2, 2, 2));

        using var again = await app.SignInAsync(doctor.UserName);
        (await again.PostAsync($"/api/alerts/{alert.GetProperty("id").GetGuid()}/acknowledge/", new { note = "Calling her" })).Word("status").ShouldBe("acknowledged");
        app.Advance(TimeSpan.FromHours(2));
        await app.RunJobAsync(CallOut);
        (await CallsAsync(phone)).ShouldBe(2);
    }

    [Fact]
    public async Task An_alert_ends_when_the_result_turns_out_to_be_wrong()
    {
        using var order = await app.OrderedAsync("K");
        var result = await order.ResultAsync(new { test = "K", value = 2.1, unit = "mmol/L" });
        await app.DeliverEventsAsync();
        (await order.Doctor.GetAsync("/api/alerts/?mine=true&status=open")).Total.ShouldBe(1);

        var corrected = await order.Doctor.PostAsync(
            $"{Laboratory.Results}{result.GetProperty("id").GetGuid()}/correct/", new { reason = "Mixed up", result = new { test = "K", value = 4.1, unit = "mmol/L" } });

        corrected.Status.ShouldBe(200, corrected.Text);
        await app.DeliverEventsAsync();
        (await order.Doctor.GetAsync("/api/alerts/?mine=true&status=open")).Total.ShouldBe(0);
    }

    [Fact]
    public async Task What_nobody_reviews_for_three_days_is_released_unless_it_is_critical_or_not_judged()
    {
        using var order = await app.OrderedAsync("K", "NA", "CUL-URINE");
        await order.EnterAsync(
            new { test = "NA", value = 130, unit = "mmol/L" }, new { test = "K", value = 6.9, unit = "mmol/L" }, new { test = "CUL-URINE", text = "Growth" });
        await app.RunJobAsync("labs.release-unreviewed");
        (await order.Patient.GetAsync(Laboratory.Results)).Total.ShouldBe(0);

        app.Advance(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(1));
        await Task.WhenAll(app.RunJobAsync("labs.release-unreviewed"), app.RunJobAsync("labs.release-unreviewed"));

        using var patient = await app.SignInAsync(order.Patient.UserName);
        (await patient.GetAsync(Laboratory.Results)).Rows.Single().GetProperty("test_code").GetString().ShouldBe("NA");
    }

    [Fact]
    public async Task What_a_doctor_kept_back_and_what_has_a_report_is_not_released_by_itself()
    {
        using var order = await app.OrderedAsync("K", "NA", "CL");
        var kept = await order.ResultAsync(new { test = "NA", value = 130, unit = "mmol/L" });
        var reported = await order.ResultAsync(new { test = "K", value = 4.1, unit = "mmol/L" });
        await order.EnterAsync(new { test = "CL", value = 101, unit = "mmol/L" });
        (await order.Doctor.PostAsync($"{Laboratory.Results}{kept.GetProperty("id").GetGuid()}/review/", new { release = false })).Status.ShouldBe(200);
        (await order.Doctor.PutAsync($"{Laboratory.Results}{reported.GetProperty("id").GetGuid()}/report/", Documents.Form("Of somebody else"))).Status.ShouldBe(200);

        app.Advance(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(1));
        await app.RunJobAsync("labs.release-unreviewed");

        using var patient = await app.SignInAsync(order.Patient.UserName);
        (await patient.GetAsync(Laboratory.Results)).Rows.Select(r => r.GetProperty("test_code").GetString()).ShouldBe(["CL"]);
    }

    [Fact]
    public async Task A_critical_result_that_is_corrected_to_another_critical_one_calls_again_who_had_taken_it()
    {
        using var order = await app.OrderedAsync("K");
        var result = await order.ResultAsync(new { test = "K", value = 6.8, unit = "mmol/L" });
        await app.DeliverEventsAsync();
        await app.RunJobAsync(CallOut);
        var alert = (await order.Doctor.GetAsync("/api/alerts/?mine=true&status=open")).Rows.Single().GetProperty("id").GetGuid();
        (await order.Doctor.PostAsync($"/api/alerts/{alert}/acknowledge/", new { })).Word("status").ShouldBe("acknowledged");
        var before = await CallsAsync($"{order.Doctor.UserName}@example.test");

        (await order.Doctor.PostAsync(
            $"{Laboratory.Results}{result.GetProperty("id").GetGuid()}/correct/", new { reason = "Diluted", result = new { test = "K", value = 8.9, unit = "mmol/L" } })).Status.ShouldBe(200);
        await app.DeliverEventsAsync();
        await app.RunJobAsync(CallOut);

        (await order.Doctor.GetAsync("/api/alerts/?mine=true&status=open")).Rows.Single().GetProperty("id").GetGuid().ShouldBe(alert);
        (await CallsAsync($"{order.Doctor.UserName}@example.test")).ShouldBe(before + 1);
    }

    [Fact]
    public async Task What_nobody_settles_is_not_kept_for_ever()
    {
        using var admin = await app.AdminAsync();
        var control = Guid.CreateVersion7().ToString("N");
        (await admin.SendAsync(new Oru(control).Patient("NOBODY-1").Order("ELSE-1").Result("2823-3", "4.4", "mmol/L"))).Text.Segments("MSA").Single()[1].ShouldBe("AE");
        async Task<object?> StateAsync() => await app.SqlAsync(
            "SELECT q.status || ' ' || (q.content IS NULL) FROM labs.quarantined_results q JOIN labs.imported_messages m ON m.id = q.message_id WHERE m.control_id = $1", control);

        await app.RunJobAsync("labs.forget-quarantine");
        (await StateAsync()).ShouldBe("open false");
        app.Advance(TimeSpan.FromDays(91));
        await app.RunJobAsync("labs.forget-quarantine");

        (await StateAsync()).ShouldBe("dismissed true");
    }

    [Fact]
    public async Task A_laboratorys_system_sends_over_its_line_and_is_answered_on_it()
    {
        using var order = await app.OrderedAsync("K", "NA");
        var patient = (await order.Doctor.GetAsync(order.Path)).Data.GetProperty("patient").GetProperty("number").GetString()!;
        string message = new Oru().Patient(patient).Order(order.Number).Result("2823-3", "4.4", "mmol/L").Result("2951-2", "140", "mmol/L");
        using var line = await ConnectAsync();

        var first = await AskAsync(line, message);
        var again = await AskAsync(line, message);
        var refused = await AskAsync(line, "MSH|^~\\&|rubbish");

        first.Segments("MSA").Single()[1].ShouldBe("AA");
        again.ShouldBe(first);
        refused.Segments("MSA").Single()[1].ShouldBe("AR");
        (await order.Doctor.GetAsync($"{order.Path}results/")).Rows.Select(r => r.GetProperty("versions").GetInt32()).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task Whoever_sends_no_frame_or_too_much_is_hung_up_on_and_others_are_served()
    {
        foreach (var rubbish in new[] { "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), [0x0B, .. Enumerable.Repeat((byte)'A', 5000)], [0x0B, (byte)'M', 0x0B] })
        {
            using var bad = await ConnectAsync();
            await bad.GetStream().WriteAsync(rubbish, TestContext.Current.CancellationToken);
            (await ReadAsync(bad)).ShouldBe("");
        }

        using var good = await ConnectAsync();
        (await AskAsync(good, "hello")).Segments("MSA").Single()[1].ShouldBe("AR");
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var listener = app.Services.GetRequiredService<MllpListenerService>();
        await Eventually.HoldsAsync(() => Task.FromResult(listener.Listening is not null));
        var client = new TcpClient();
        await client.ConnectAsync(listener.Listening!);
        return client;
    }

    private static async Task<string> AskAsync(TcpClient line, string message)
    {
        await line.GetStream().WriteAsync((byte[])[0x0B, .. Encoding.UTF8.GetBytes(message), 0x1C, 0x0D]);
        return await ReadAsync(line);
    }

    private static async Task<string> ReadAsync(TcpClient line)
    {
        var (read, one) = (new List<byte>(), new byte[1]);
        try
        {
            while (await line.GetStream().ReadAsync(one) == 1)
            {
                read.Add(one[0]);
                if (read is [.., 0x1C, 0x0D])
                {
                    read[0].ShouldBe((byte)0x0B);
                    return Encoding.UTF8.GetString([.. read[1..^2]]);
                }
            }
        }
        catch (IOException)
        {
            // Hung up with bytes on the way.
        }

        return Encoding.UTF8.GetString([.. read]);
    }

    private async Task<int> CallsAsync(string to) => (await app.InboxAsync(to)).Count(text => text.Contains("alert", StringComparison.OrdinalIgnoreCase));

    private async Task<int> ToldAsync(Person person)
    {
        using var again = await app.SignInAsync(person.UserName);
        return (await again.GetAsync("/api/notifications/?category=alert&mark_read=false")).Rows.Count();
    }
}
