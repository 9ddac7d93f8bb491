namespace Careline.Accounts.Contracts;

/// <summary>The platform-wide roles.</summary>
public static class Roles
{
    /// <summary>Receives care.</summary>
    public const string Patient = "patient";

    /// <summary>Gives care.</summary>
    public const string Doctor = "doctor";

    /// <summary>Cares for patients checked in at her clinic.</summary>
    public const string Nurse = "nurse";

    /// <summary>Dispenses what was sent to her clinic.</summary>
    public const string Pharmacist = "pharmacist";

    /// <summary>Runs a clinic's calendar; nothing clinical.</summary>
    public const string Receptionist = "receptionist";

    /// <summary>Runs the platform; nothing clinical without a recorded reason.</summary>
    public const string Admin = "admin";

    /// <summary>An administrator who may also make administrators.</summary>
    public const string SuperAdmin = "superadmin";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Patient, Doctor, Nurse, Pharmacist, Receptionist, Admin, SuperAdmin];

    /// <summary>Those who run the platform.</summary>
    public static string[] Administrators { get; } = [Admin, SuperAdmin];

    /// <summary>Those who may come upon the record of a visit; whose records, and what of them, each query says.</summary>
    public static string[] RecordReaders { get; } = [Patient, Doctor, Nurse, Admin, SuperAdmin];

    /// <summary>Whether one of the roles works with other people's data.</summary>
    public static bool AreStaff(IEnumerable<string> roles) => roles.Any(role => role != Patient);
}

/// <summary>Reads an actor as this product's roles speak.</summary>
public static class ActorRoles
{
    extension(Actor actor)
    {
        /// <summary>Administrator of the platform, of either kind.</summary>
        public bool IsAdmin => actor.Is(Roles.Admin) || actor.Is(Roles.SuperAdmin);

        /// <summary>The actor's own patient record, if any.</summary>
        public Guid? PatientId => actor.ProfileOf(Roles.Patient);

        /// <summary>The actor's own doctor profile, if any.</summary>
        public Guid? DoctorId => actor.ProfileOf(Roles.Doctor);
    }
}
