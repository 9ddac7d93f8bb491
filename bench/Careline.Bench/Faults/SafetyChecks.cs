using System.Diagnostics;
using System.Globalization;
using Careline.Prescriptions.Safety;

namespace Careline.Bench.Faults;

/// <summary>Checks 20 new lines against 20 current medicines, the same again and again: how long one takes once it is warm, and whether memory stays flat.</summary>
internal static class SafetyChecks
{
    private const double MostMilliseconds = 2;
    private const long MostBytes = 8 << 20;

    public static int Run(int checks)
    {
        var tables = SafetyTables.Load(Path.Combine(AppContext.BaseDirectory, "tables"));
        var known = tables.Interactions.Keys.SelectMany(pair => new[] { (int)(pair >> 32), (int)pair }).GroupBy(id => id)
            .OrderByDescending(g => g.Count()).Take(40).Select(g => tables.Names[g.Key]).ToList();
        var facts = new PatientFacts
        {
            Today = new DateOnly(2030, 1, 1),
            BirthDate = new DateOnly(1960, 1, 1),
            WeightKg = 70,
            KidneyFunction = 40,
            IsPregnant = false,
            IsBreastFeeding = false,
            Allergies = [new AllergyFact("penicillin", []), new AllergyFact("aspirin", [])],
        };

        // The forty with the most rules: no practice will ask for worse.
        var (lines, current) = (Lines(known[..20]), Lines(known[20..]));
        var findings = 0;
        for (var i = 0; i < Math.Min(checks, 2000); i++)
        {
            findings = SafetyEngine.Check(facts, lines, current, tables).Findings.Count;
        }

        var before = Heap();
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var times = new double[checks];
        for (var i = 0; i < checks; i++)
        {
            var start = Stopwatch.GetTimestamp();
            findings = SafetyEngine.Check(facts, lines, current, tables).Findings.Count;
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        process.Refresh();
        var spent = (process.TotalProcessorTime - processor).TotalMilliseconds / checks;
        var grown = Heap() - before - (sizeof(double) * (long)checks);
        Array.Sort(times);
        var (median, slow) = (times[checks / 2], times[(int)(checks * 0.99)]);

        // On a machine that others use too, the slowest wait for a core: the processor's own time is what a check costs.
        var isGood = median < MostMilliseconds && spent < MostMilliseconds && grown < MostBytes;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(isGood ? "ok  " : "BAD ")} {checks} checks of 20 lines against 20 medicines, {findings} findings each: median {median:0.000} ms, {spent:0.000} ms of processor each, 99 in 100 under {slow:0.000} ms; the heap grew by {grown / 1024} KiB."));
        return isGood ? 0 : 1;
    }

    private static List<MedicineLine> Lines(IEnumerable<string> names) =>
    [
        .. names.Select(name => new MedicineLine
        {
            Name = name,
            Ingredients = [new LineIngredient(name)],
            Strength = "500 mg",
            Dosage = "1-0-1",
            Frequency = "twice_daily",
            Route = "oral",
        }),
    ];

    private static long Heap() => GC.GetTotalMemory(forceFullCollection: true);
}
