using System.Text;
using Careline.Tests.Labs;
using Careline.Tests.Records;
using Careline.Tests.Scheduling;

namespace Careline.Tests.Authorization;

/// <content>What the laboratory has to do for the patient.</content>
public sealed partial class AuthorizationWorld
{
    private const string Laboratory = "/api/labs";

    private async Task AskTheLaboratoryAsync()
    {
        var order = new { patient_id = Patient.PatientId, tests = new[] { "K", "NA" }, clinic_id = _clinic };
        var placed = await Doctor.PostAsync($"{Laboratory}/orders/", order);
        var path = $"{Laboratory}/orders/{Made(placed)}/";
        _ids[("{id}", $"{Laboratory}/orders/")] = Made(placed);
        _ids[("{sampleId}", "/")] = Made(await Doctor.PostAsync($"{path}samples/", new { specimen = "serum" }));
        var result = (await Doctor.PostAsync($"{path}results/", new { results = new[] { new { test = "K", value = 4.4, unit = "mmol/L" } } })).Rows.Single().GetProperty("id").GetGuid();
        (await Doctor.PutAsync($"{Laboratory}/results/{result}/report/", Documents.Form())).Status.ShouldBe(200);
        (await Doctor.PostAsync($"{Laboratory}/results/{result}/review/", new { })).Status.ShouldBe(200);
        _ids[("{id}", $"{Laboratory}/results/")] = result;

        var waiting = await Doctor.PostAsync($"{Laboratory}/orders/", order);
        (await People[7]!.PutAsync($"{Laboratory}/clinics/{_clinic}/collection-hours/", CollectionTests.Hours(5))).Status.ShouldBe(200);
        var start = (await Patient.GetAsync($"{Laboratory}/collection-times/?clinic={_clinic}&date={this.Day(3).Text()}")).Rows.First().GetProperty("start").GetString();
        object Collection() => new { order = waiting.Word("number"), clinic_id = _clinic, start };
        _ids[("{id}", $"{Laboratory}/collections/")] = Made(await Patient.PostAsync($"{Laboratory}/collections/", Collection()));
        _ids[("{id}", $"{Laboratory}/clinics/")] = _clinic;
        _ids[("{id}", $"{Laboratory}/tests/")] = (await Patient.GetAsync($"{Laboratory}/tests/")).Rows.First().GetProperty("id").GetGuid();
        _ids[("{id}", $"{Laboratory}/panels/")] = (await Patient.GetAsync($"{Laboratory}/panels/")).Rows.First().GetProperty("id").GetGuid();
        (await People[6]!.SendAsync(new Oru().Patient(_number).Order(placed.Word("number")).Result("99999-0", "1", "mmol/L"), _clinic)).Status.ShouldBe(200);
        _ids[("{id}", $"{Laboratory}/quarantine/")] = (await People[6]!.GetAsync($"{Laboratory}/quarantine/")).Rows.Single().GetProperty("id").GetGuid();

        object Test() => new { code = $"T{Guid.CreateVersion7():N}"[..20].ToUpperInvariant(), name = "A test", category = "other", kind = "text", specimen = "urine" };
        object Panel() => new { code = $"P{Guid.CreateVersion7():N}"[..20].ToUpperInvariant(), name = "A panel", category = "other", test_ids = new[] { _ids[("{id}", $"{Laboratory}/tests/")] } };
        _bodies[$"POST {Laboratory}/tests/"] = _bodies[$"PUT {Laboratory}/tests/{{id}}/"] = (Func<object>)Test;
        _bodies[$"POST {Laboratory}/panels/"] = _bodies[$"PUT {Laboratory}/panels/{{id}}/"] = (Func<object>)Panel;
        _bodies[$"POST {Laboratory}/orders/"] = order;
        _bodies[$"POST {Laboratory}/orders/{{id}}/cancel/"] = _bodies[$"POST {Laboratory}/results/{{id}}/cancel/"] = _bodies[$"POST {Laboratory}/quarantine/{{id}}/dismiss/"] = new { reason = "A mistake" };
        _bodies[$"POST {Laboratory}/orders/{{id}}/results/"] = new { results = new[] { new { test = "NA", value = 140, unit = "mmol/L", state = "preliminary" } } };
        _bodies[$"POST {Laboratory}/orders/{{id}}/samples/"] = new { specimen = "serum" };
        _bodies[$"POST {Laboratory}/orders/{{id}}/samples/{{sampleId}}/reject/"] = new { reason = "clotted" };
        _bodies[$"PUT {Laboratory}/results/{{id}}/report/"] = (Func<object>)(() => Documents.Form());
        _bodies[$"POST {Laboratory}/results/{{id}}/correct/"] = new { reason = "Mixed up", result = new { test = "K", value = 4.5, unit = "mmol/L" } };
        _bodies[$"POST {Laboratory}/collections/"] = Collection();
        _bodies[$"POST {Laboratory}/collections/{{id}}/move/"] = new { start };
        _bodies[$"PUT {Laboratory}/clinics/{{id}}/collection-hours/"] = CollectionTests.Hours(5);
        _bodies[$"POST {Laboratory}/imports/"] = (Func<object>)(() => new StringContent(new Oru(), Encoding.UTF8, "application/hl7-v2"));
        _bodies[$"POST {Laboratory}/quarantine/{{id}}/resolve/"] = new { order = placed.Word("number"), test = "NA" };
        _bodies["POST /api/consultations/{id}/lab-orders/"] = new { tests = new[] { "K" } };
    }
}
