using Careline.Host.Demo.Small.Cast;

namespace Careline.Host.Demo.Small;

// A patient with high blood pressure measures at home for two weeks, and slowly gets better; her doctor has set a target.
internal sealed class HomeReadings(DemoStage stage, Practice practice, Agenda agenda, CancellationToken ct)
{
    public void Tell(DemoVisit visit) => agenda.Add(agenda.Today.AddHours(-3), TimeSpan.FromHours(2), async () =>
    {
        var (patient, path) = (practice[visit.Patient], $"/api/patients/{practice.Patients[visit.Patient]}/");
        await practice[visit.Doctor].PostAsync(path + "vital-targets/", new { Measure = "systolic", Low = 100, High = 140 }, ct);

        // A code serves once: what an earlier telling paired has sent.
        if ((await patient.GetAsync(path + "devices/", ct)).GetArrayLength() == 0)
        {
            var code = (await patient.PostAsync(path + "devices/pairing-code/", ct)).GetProperty("code").GetString();
            await DemoCaller.SendAsDeviceAsync(stage, new { Code = code, Name = "Blood pressure monitor" }, new { Readings = Readings() }, ct);
        }
    });

    // In the morning, a little earlier from day to day: one on each day, at whatever hour the practice is told.
    private IEnumerable<object> Readings() =>
        from day in Enumerable.Range(0, 14)
        from value in new[] { ("systolic", 151 - day - (day % 3), "mm[Hg]"), ("diastolic", 94 - (day / 2) - (day % 2), "mm[Hg]"), ("heart_rate", 78 - (day % 5), "/min") }
        select new { Id = $"{day}-{value.Item1}", Measure = value.Item1, Value = value.Item2, Unit = value.Item3, At = new DateTimeOffset(agenda.Today.UtcDateTime.Date.AddDays(day - 14).AddHours(6), TimeSpan.Zero).AddMinutes(-(day * 7 % 50)) };
}
