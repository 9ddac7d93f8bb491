namespace Careline.Prescriptions.Contracts;

/// <summary>How bad a finding is. Only the last two interrupt the prescriber.</summary>
public enum SafetySeverity
{
    /// <summary>Seldom matters.</summary>
    Minor,

    /// <summary>To be known and watched.</summary>
    Moderate,

    /// <summary>Harm is likely unless something is done.</summary>
    Major,

    /// <summary>Not to be given.</summary>
    Contraindicated,
}

/// <summary>What is looked at.</summary>
public enum SafetyKind
{
    /// <summary>Everything: the medicine itself is not known.</summary>
    Everything,

    /// <summary>Two medicines that do not go together.</summary>
    Interaction,

    /// <summary>What the patient does not tolerate.</summary>
    Allergy,

    /// <summary>The same twice.</summary>
    Duplicate,

    /// <summary>Too much at a time, a day or a week.</summary>
    Dose,

    /// <summary>Too young or too old.</summary>
    Age,

    /// <summary>Kidneys that do not excrete enough.</summary>
    Kidney,

    /// <summary>Harm to an unborn child.</summary>
    Pregnancy,

    /// <summary>Harm to a breast-fed child.</summary>
    BreastFeeding,
}
