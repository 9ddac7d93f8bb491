namespace Careline.Doctors.Doctors;

/// <summary>How a doctor sees patients.</summary>
public enum Modality
{
    /// <summary>Picture and sound.</summary>
    Video,

    /// <summary>Sound only.</summary>
    Audio,

    /// <summary>Written.</summary>
    Chat,

    /// <summary>At a clinic.</summary>
    InPerson,
}
