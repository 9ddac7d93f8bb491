namespace Careline.Host.Demo.Small;

// Everybody of the demo practice who can act, and the records of those who cannot.
internal sealed class Practice(DemoCaller administrator)
{
    private readonly Dictionary<string, DemoCaller> _people = [];

    public DemoCaller Administrator { get; } = administrator;

    // Clinics by name.
    public Dictionary<string, Guid> Clinics { get; } = [];

    // Patient records by user name, also of patients without an account.
    public Dictionary<string, Guid> Patients { get; } = [];

    public IEnumerable<DemoCaller> Everybody => _people.Values;

    public DemoCaller this[string userName]
    {
        get => _people[userName];
        set => _people[userName] = value;
    }

    public DemoCaller? Find(string userName) => _people.GetValueOrDefault(userName);
}
