namespace Careline.Analytics;

/// <summary>The section <c>Analytics</c> of the settings.</summary>
public sealed class AnalyticsOptions
{
    /// <summary>Where people reach Careline, such as <c>https://careline.clinic.example</c>: mails about files begin their link with it.</summary>
    public string? Address { get; set; }

    /// <summary>For how many seconds a report that is answered at once may keep the database busy.</summary>
    public int ReportSeconds { get; set; } = 20;

    /// <summary>For how many hours an export's file is kept.</summary>
    public int ExportHours { get; set; } = 72;
}
