namespace Careline.Doctors.Contracts;

/// <summary>How doctor and patient meet.</summary>
public enum Modality
{
    /// <summary>Picture and sound.</summary>
    Video,

    /// <summary>Sound only.</summary>
    Audio,

    /// <summary>Written.</summary>
    Chat,

    /// <summary>At the practice.</summary>
    InPerson,
}
