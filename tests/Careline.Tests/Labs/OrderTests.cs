using Careline.Labs.Contracts;
using Careline.Labs.Orders;
using Careline.Tests.Records;
using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Labs;

public sealed class OrderTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_doctor_orders_a_panel_and_a_test_for_a_patient_in_her_care()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await app.TreatAsync(doctor, patient);

        var order = await doctor.PostAsync(Laboratory.Orders, new
        {
            patient_id = patient.PatientId,
            panels = new[] { "ue" },
            tests = new[] { "K", "HBA1C" },
            priority = "stat",
            clinical_question = "Tired for weeks ",
        });

        order.Status.ShouldBe(201, order.Text);
        order.Word("number").ShouldStartWith("LAB-");
        order.Word("priority").ShouldBe("emergency");
        order.Word("clinical_question").ShouldBe("Tired for weeks ");
        order.Data.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("test_code").GetString())
            .ShouldBe(["NA", "K", "CL", "HCO3", "UREA", "CREA", "EGFR", "HBA1C"]);
        (await patient.GetAsync(Laboratory.Orders)).Rows.Single().GetProperty("id").GetGuid().ShouldBe(order.Id);
    }

    [Fact]
    public async Task Nobody_orders_for_a_patient_outside_her_care()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();

        (await doctor.PostAsync(Laboratory.Orders, new { patient_id = patient.PatientId, tests = new[] { "K" } })).Status.ShouldBe(404);
        (await patient.PostAsync(Laboratory.Orders, new { patient_id = patient.PatientId, tests = new[] { "K" } })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_malformed_order_is_refused_by_field()
    {
        using var doctor = await app.BookableDoctorAsync();
        using var patient = await app.PatientAsync();
        await app.TreatAsync(doctor, patient);
        foreach (var (rest, field) in new[]
        {
            ("""{"tests": []}""", "tests"),
            ("""{"tests": ["NO-SUCH"]}""", "tests"),
            ("""{"panels": ["NO-SUCH"]}""", "panels"),
            ("""{"tests": ["K"], "priority": "soon"}""", "priority"),
            ("""{"tests": ["K"], "urgent": true}""", "urgent"),
        })
        {
            var reply = await doctor.PostAsync(Laboratory.Orders, $$"""{"patient_id": "{{patient.PatientId}}", {{rest[1..]}}""");

            reply.Status.ShouldBe(400, reply.Text);
            reply.ErrorDetails.TryGetProperty(field, out _).ShouldBeTrue(reply.Text);
        }
    }

    [Fact]
    public async Task A_cancelled_order_says_why_and_takes_no_results()
    {
        using var order = await app.OrderedAsync("K");

        (await order.Patient.PostAsync($"{order.Path}cancel/", new { reason = "No" })).Status.ShouldBe(403);
        (await order.Doctor.PostAsync($"{order.Path}cancel/", new { reason = "Ordered twice" })).Word("cancel_reason").ShouldBe("Ordered twice");

        (await order.EnterAsync(new { test = "K", value = 4.1, unit = "mmol/L" })).ErrorCode.ShouldBe("ORDER_CANCELLED");
        (await order.Doctor.PostAsync($"{order.Path}cancel/", new { reason = "Again" })).ErrorCode.ShouldBe("ORDER_MOVE_REFUSED");
    }

    [Fact]
    public void Only_the_moves_of_the_table_are_allowed()
    {
        string[] table =
        [
            "ordered: collected partially_resulted completed cancelled",
            "collected: ordered received partially_resulted completed cancelled",
            "received: ordered in_progress partially_resulted completed cancelled",
            "in_progress: ordered partially_resulted completed",
            "partially_resulted: completed",
            "completed:",
            "cancelled:",
        ];

        var found = Enum.GetValues<LabOrderStatus>().Select(from =>
            $"{Word(from)}: {string.Join(' ', Enum.GetValues<LabOrderStatus>().Where(to => OrderMoves.Allows(from, to)).Select(Word))}".TrimEnd());

        found.ShouldBe(table);

        static string Word(LabOrderStatus status) => Careline.Platform.Data.EnumText<LabOrderStatus>.Of(status);
    }
}
