namespace Careline.Doctors.Doctors;

/// <summary>Whether an administrator has looked at the licence.</summary>
public enum Verification
{
    /// <summary>Not yet.</summary>
    Pending,

    /// <summary>Found right.</summary>
    Verified,

    /// <summary>Found wanting.</summary>
    Rejected,
}
