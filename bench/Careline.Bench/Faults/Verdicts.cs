namespace Careline.Bench.Faults;

/// <summary>Says what was seen, and whether all of it is as promised.</summary>
internal sealed class Verdicts
{
    private int _broken;

    public int ExitCode => _broken == 0 ? 0 : 1;

    public void Expect(bool isKept, string seen)
    {
        _broken += isKept ? 0 : 1;
        Console.WriteLine((isKept ? "held    " : "BROKEN  ") + seen);
    }
}
