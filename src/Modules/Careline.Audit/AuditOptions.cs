namespace Careline.Audit;

/// <summary>The section <c>Audit</c> of the settings.</summary>
public sealed class AuditOptions
{
    /// <summary>
    /// Where the end of the chain is noted once a day, so that cutting off its tail is found; <c>audit-anchors.log</c> in the data folder unless
    /// set. Without one, no anchors are kept.
    /// </summary>
    public string? AnchorFile { get; set; }
}
