namespace Careline.Scheduling.Contracts;

/// <summary>Why somebody comes.</summary>
public enum VisitType
{
    /// <summary>A visit like any other.</summary>
    General,

    /// <summary>After an earlier visit.</summary>
    FollowUp,

    /// <summary>Cannot wait.</summary>
    Emergency,

    /// <summary>Nothing hurts.</summary>
    RoutineCheckup,

    /// <summary>For a specialist's opinion.</summary>
    Specialist,
}

/// <summary>How soon somebody must be seen.</summary>
public enum Urgency
{
    /// <summary>Can wait.</summary>
    Low,

    /// <summary>As usual.</summary>
    Medium,

    /// <summary>Soon.</summary>
    High,

    /// <summary>At once.</summary>
    Emergency,
}
