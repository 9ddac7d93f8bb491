namespace Careline.Host.Demo.Small.Cast;

// Invented people. Their telephone numbers cannot be dialled: the ranges kept for films, or a zero where no number begins with one.
internal record DemoPerson(string FirstName, string LastName, string Phone, string Address)
{
    public string UserName => $"{FirstName}.{LastName}".ToLowerInvariant();

    public string Email => UserName + "@example.com";
}

internal sealed record DemoDoctor(string FirstName, string LastName, string Phone, string Address)
    : DemoPerson(FirstName, LastName, Phone, Address)
{
    public required string Specialty { get; init; }

    public required string Zone { get; init; }

    public required string Country { get; init; }

    public required string License { get; init; }

    public required string[] Languages { get; init; }

    public required int Years { get; init; }

    public required (long Amount, string Currency) Fee { get; init; }

    public required string Bio { get; init; }

    // The name of the clinic where the doctor sees patients, if any.
    public string? Clinic { get; init; }

    // Offers times at any hour of today and tomorrow, so that somebody always sees patients now.
    public bool IsOnDuty { get; init; }
}

internal sealed record DemoStaff(string FirstName, string LastName, string Phone, string Address)
    : DemoPerson(FirstName, LastName, Phone, Address)
{
    public required string Clinic { get; init; }

    // The role at the clinic.
    public required string ClinicRole { get; init; }

    // The role on the platform: running a clinic is not one.
    public string[] Roles => ClinicRole == "administrator" ? ["receptionist"] : [ClinicRole];
}

internal sealed record DemoClinic(string Name, string Zone, string Address, string City, string Country, string Phone)
{
    public required (double Latitude, double Longitude) Place { get; init; }

    public required string Email { get; init; }
}

internal sealed record DemoPatient(string FirstName, string LastName, string Phone, string Address)
    : DemoPerson(FirstName, LastName, Phone, Address)
{
    public required DateOnly Born { get; init; }

    public required string Gender { get; init; }

    public required string BloodGroup { get; init; }

    public required string Language { get; init; }

    public required string City { get; init; }

    public required string Country { get; init; }

    // A patient without an account was registered at this clinic's desk.
    public string? RegisteredAt { get; init; }

    public (string Substance, string Reaction, string Severity)[] Allergies { get; init; } = [];

    public (string Name, string Dosage, string Frequency)[] Medications { get; init; } = [];

    public (string Text, string Code, int Since)[] Conditions { get; init; } = [];

    public (string Vaccine, DateOnly On)[] Immunisations { get; init; } = [];

    public required (string Name, string Relation, string Phone) Contact { get; init; }
}
