using System.Text;
using Careline.Tests.Support;

namespace Careline.Tests.Labs;

/// <summary>An HL7 v2 message ORU^R01, built segment by segment.</summary>
internal sealed class Oru
{
    private readonly StringBuilder _text = new();
    private int _order;
    private int _observation;

    public Oru(string? controlId = null, string processing = "P", string version = "2.5.1", string type = "ORU^R01^ORU_R01")
    {
        ControlId = controlId ?? Guid.CreateVersion7().ToString("N");
        _text.Append(null, $"MSH|^~\\&|ANALYSER|HARBOUR LAB|CARELINE|CARELINE|20261129101500||{type}|{ControlId}|{processing}|{version}||||||UNICODE UTF-8\r");
    }

    public string ControlId { get; }

    public Oru Patient(string number, string birth = "")
    {
        _text.Append(null, $"PID|1||OLD-7^^^OTHER~{number}^^^CARELINE^MR||Doe^Jane||{birth}|F\r");
        (_order, _observation) = (0, 0);
        return this;
    }

    public Oru Order(string number, string filler = "")
    {
        _text.Append(null, $"OBR|{++_order}|{number}|{filler}|24323-8^Panel^LN|||20261129080000+0000\r");
        _observation = 0;
        return this;
    }

    public Oru Result(string loinc, string value, string unit, string flags = "", string status = "F", string type = "NM", string range = "")
    {
        _text.Append(null, $"OBX|{++_observation}|{type}|{loinc}^Name^LN||{value}|{unit}|{range}|{flags}|||{status}|||20261129083000+0000\r");
        return this;
    }

    public Oru Line(string segment)
    {
        _text.Append(segment).Append('\r');
        return this;
    }

    public override string ToString() => _text.ToString();

    public static implicit operator string(Oru message) => message.ToString();
}

/// <summary>How messages reach the laboratory in tests.</summary>
internal static class Sending
{
    public static Task<Reply> SendAsync(this Person person, string message, Guid? clinic = null) => person.PostAsync(
        "/api/labs/imports/" + (clinic is { } id ? $"?clinic={id}" : ""), new StringContent(message, Encoding.UTF8, "application/hl7-v2"));

    public static string[][] Segments(this string answer, string name) =>
        [.. answer.Split('\r', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('|')).Where(s => s[0] == name)];
}
