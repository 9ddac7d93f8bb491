namespace Careline.Labs;

/// <summary>Section <c>Labs</c> of the settings.</summary>
public sealed class LabsOptions
{
    /// <summary>After how many days an unreviewed result that is judged and not critical is shown to the patient; absent means never.</summary>
    public int? AutoReleaseDays { get; set; }

    /// <summary>After how many days what could not be matched, and nobody settled, is set aside and forgotten: it may be of anybody.</summary>
    public int QuarantineDays { get; set; } = 90;

    /// <summary>The listener for messages of laboratories' systems.</summary>
    public MllpOptions Mllp { get; set; } = new();
}

/// <summary>Section <c>Labs:Mllp</c>: HL7 v2 messages over TCP (MLLP). Without encryption: keep it on this machine, or behind a tunnel.</summary>
public sealed class MllpOptions
{
    /// <summary>The port; absent means that nobody listens.</summary>
    public int? Port { get; set; }

    /// <summary>The address to listen on.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The clinic whose nurses see what could not be matched; without it administrators alone do.</summary>
    public Guid? ClinicId { get; set; }

    /// <summary>The longest message, in bytes.</summary>
    public int MostBytes { get; set; } = 1024 * 1024;

    /// <summary>Seconds of silence, or of one message coming, after which a connection is closed.</summary>
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Connections at once.</summary>
    public int MostConnections { get; set; } = 16;

    internal bool IsSound => Port is null or (>= 0 and <= 65535) && System.Net.IPAddress.TryParse(Address, out _)
        && MostBytes is >= 1024 and <= 64 * 1024 * 1024 && TimeoutSeconds is >= 1 and <= 3600 && MostConnections is >= 1 and <= 1000;
}
