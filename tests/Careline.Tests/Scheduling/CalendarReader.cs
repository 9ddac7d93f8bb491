using System.Text;

namespace Careline.Tests.Scheduling;

/// <summary>Reads a calendar file as RFC 5545 says, apart from the code that writes it. A line that breaks the form fails the test.</summary>
internal static class CalendarReader
{
    /// <summary>The properties of the calendar itself and of each of its events, by name; parameters are left out of the names.</summary>
    public static (Dictionary<string, string> Calendar, List<Dictionary<string, string>> Events) Read(string file)
    {
        var (calendar, events) = (new Dictionary<string, string>(), new List<Dictionary<string, string>>());
        var open = new Stack<string>();
        foreach (var line in Lines(file))
        {
            var at = line.IndexOf(':', StringComparison.Ordinal);
            at.ShouldBeGreaterThan(0, line);
            var (name, value) = (line[..at].Split(';')[0], line[(at + 1)..]);
            switch (name)
            {
                case "BEGIN":
                    open.Push(value);
                    if (value == "VEVENT")
                    {
                        events.Add([]);
                    }

                    break;
                case "END":
                    open.Pop().ShouldBe(value);
                    break;
                default:
                    (open.Peek() == "VEVENT" ? events[^1] : calendar).Add(name, Unescape(value));
                    break;
            }
        }

        open.ShouldBeEmpty();
        return (calendar, events);
    }

    public static Dictionary<string, string> ReadOne(string file)
    {
        var (calendar, events) = Read(file);
        var one = events.ShouldHaveSingleItem();
        one["METHOD"] = calendar["METHOD"];
        return one;
    }

    private static string[] Lines(string file)
    {
        file.ShouldEndWith("\r\n");
        file.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain('\n');
        var lines = file.Split("\r\n");
        lines.ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        return string.Join("\r\n", lines).Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Unescape(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            text.Append(value[i] != '\\' ? value[i] : value[++i] is 'n' or 'N' ? '\n' : value[i]);
        }

        return text.ToString();
    }
}
