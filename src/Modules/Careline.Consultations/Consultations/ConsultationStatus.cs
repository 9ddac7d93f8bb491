namespace Careline.Consultations.Consultations;

/// <summary>Where the document of a visit stands.</summary>
public enum ConsultationStatus
{
    /// <summary>Prepared; the visit has not begun.</summary>
    Planned,

    /// <summary>The visit is going on, or is being written up.</summary>
    InProgress,

    /// <summary>Closed and locked.</summary>
    Completed,

    /// <summary>The visit did not take place.</summary>
    Cancelled,

    /// <summary>Closed, with an addendum.</summary>
    Amended,
}
