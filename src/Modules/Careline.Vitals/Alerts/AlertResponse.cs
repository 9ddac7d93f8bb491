using Careline.Notifications.Contracts;
using Careline.Patients.Contracts;

namespace Careline.Vitals.Alerts;

/// <summary>An alert. Who was called without being in charge of the patient is shown that there is one, whose it is and how far the ladder has come.</summary>
public sealed record AlertResponse : IVersioned
{
    /// <summary>The alert.</summary>
    public required Guid Id { get; init; }

    /// <summary>The patient; null where the caller may not know.</summary>
    public required AlertPatient? Patient { get; init; }

    /// <summary>What it is; null where the caller may not know.</summary>
    public required AlertTitle? Title { get; init; }

    /// <summary>The same for people.</summary>
    public required string? TitleDisplay { get; init; }

    /// <summary>The kind of thing it comes from; null where the caller may not know.</summary>
    public required AlertSource? Source { get; init; }

    /// <summary>The thing; null where the caller may not know.</summary>
    public required Guid? SourceId { get; init; }

    /// <summary>How grave it is.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>The same for people.</summary>
    public required string SeverityDisplay { get; init; }

    /// <summary>Where it stands.</summary>
    public required AlertStatus Status { get; init; }

    /// <summary>The same for people.</summary>
    public required string StatusDisplay { get; init; }

    /// <summary>When it was raised.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>Whose it is; null where nobody is responsible.</summary>
    public required AlertPerson? Responsible { get; init; }

    /// <summary>The step of the ladder that was taken last.</summary>
    public required AlertStep? Step { get; init; }

    /// <summary>The step to come.</summary>
    public required AlertStep? NextStep { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset? NextStepAt { get; init; }

    /// <summary>Who took it.</summary>
    public required AlertPerson? AcknowledgedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When it was over.</summary>
    public required DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Raised by every change.</summary>
    public required int Version { get; init; }

    /// <summary>What was done about it, the oldest first; empty where the caller may not know. Not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AlertActResponse>? Acts { get; init; }

    /// <summary>The newest hundred calls, the newest first. Not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AlertCallResponse>? Calls { get; init; }

    internal static AlertResponse From(ClinicalAlert alert, PatientRow? patient, IReadOnlyDictionary<Guid, string> names) => new()
    {
        Id = alert.Id,
        Patient = patient is null ? null : new AlertPatient(patient.Id, patient.Number, patient.Name),
        Title = patient is null ? null : alert.Title,
        TitleDisplay = patient is null ? null : EnumText<AlertTitle>.Display(alert.Title),
        Source = patient is null ? null : alert.Source,
        SourceId = patient is null ? null : alert.SourceId,
        Severity = alert.Severity,
        SeverityDisplay = EnumText<AlertSeverity>.Display(alert.Severity),
        Status = alert.Status,
        StatusDisplay = EnumText<AlertStatus>.Display(alert.Status),
        RaisedAt = alert.RaisedAt,
        Responsible = AlertPerson.Of(alert.ResponsibleId, names),
        Step = alert.Step,
        NextStep = alert.NextStep,
        NextStepAt = alert.NextStepAt,
        AcknowledgedBy = AlertPerson.Of(alert.AcknowledgedBy, names),
        AcknowledgedAt = alert.AcknowledgedAt,
        ResolvedAt = alert.ResolvedAt,
        Version = alert.Version,
    };
}

/// <summary>The patient of an alert.</summary>
/// <param name="Id">The patient.</param>
/// <param name="Number">The human number.</param>
/// <param name="Name">The name.</param>
public sealed record AlertPatient(Guid Id, string Number, string Name);

/// <summary>Somebody who has to do with an alert.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">What the person is called at present.</param>
public sealed record AlertPerson(Guid Id, string? Name)
{
    internal static AlertPerson? Of(Guid? id, IReadOnlyDictionary<Guid, string> names) => id is { } account ? new AlertPerson(account, names.GetValueOrDefault(account)) : null;
}

/// <summary>Something that was done about an alert.</summary>
/// <param name="Action">What.</param>
/// <param name="ActionDisplay">The same for people.</param>
/// <param name="At">When.</param>
/// <param name="By">Who did it; null where it followed from what was measured.</param>
/// <param name="To">Whose it became.</param>
/// <param name="Note">What was said with it.</param>
public sealed record AlertActResponse(AlertAction Action, string ActionDisplay, DateTimeOffset At, AlertPerson? By, AlertPerson? To, string? Note);

/// <summary>A call by one channel.</summary>
/// <param name="Step">The step of the ladder.</param>
/// <param name="Who">Who was called.</param>
/// <param name="Channel">How.</param>
/// <param name="At">When it was sent off.</param>
public sealed record AlertCallResponse(AlertStep Step, AlertPerson Who, NoticeChannel Channel, DateTimeOffset At);
