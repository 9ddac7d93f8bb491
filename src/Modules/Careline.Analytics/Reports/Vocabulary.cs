using NpgsqlTypes;

namespace Careline.Analytics.Reports;

/// <summary>What a value is, in answers and in files.</summary>
public enum ValueKind
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A number with a fraction.</summary>
    Number,

    /// <summary>Minor units of the row's currency.</summary>
    Money,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A moment.</summary>
    Instant,

    /// <summary>The id of something.</summary>
    Id,
}

/// <summary>Tables that a statement about facts joins where it needs them.</summary>
[Flags]
internal enum Joins
{
    None = 0,
    Doctor = 1,
    Patient = 2,
    Clinic = 4,
}

/// <summary>
/// Something that is counted. Its SQL is written here and nowhere else: parts, which are sums and counts over facts, so that those of each patient can be added up to
/// those of a group, and what is made of them, in which {0} and {1} are the parts.
/// </summary>
internal sealed record Measure(string Name, string Meaning, ValueKind Kind, string Whole, params string[] Parts)
{
    public string? Unit { get; init; }

    /// <summary>It counts patients with at least one such fact, and has one part: the facts.</summary>
    public bool CountsPatients { get; init; }
}

/// <summary>Something by which facts are told apart and narrowed. Its SQL is an expression over one fact, written here and nowhere else.</summary>
internal sealed record Dimension(string Name, string Meaning, ValueKind Kind, string Sql)
{
    public Joins Needs { get; init; }

    /// <summary>All that it can be, where that is a fixed list.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>It says what patients are like: small groups of them are not shown.</summary>
    public bool DescribesPatients { get; init; }

    /// <summary>The rows whose name is shown beside an id.</summary>
    public string? NamedBy { get; init; }

    public NpgsqlDbType Type => Kind switch
    {
        ValueKind.Count => NpgsqlDbType.Integer,
        ValueKind.Day => NpgsqlDbType.Date,
        ValueKind.Id => NpgsqlDbType.Uuid,
        _ => NpgsqlDbType.Text,
    };
}

/// <summary>A column of a list of facts.</summary>
internal sealed record ListColumn(string Name, ValueKind Kind, string Sql)
{
    /// <summary>It names somebody: shown only where that was asked for.</summary>
    public bool IsName { get; init; }
}

/// <summary>Facts that can be asked about.</summary>
internal sealed record Dataset(string Name, string Meaning)
{
    public required string From { get; init; }

    /// <summary>The local day of a fact, by the zone that was asked for ($6) or else its own.</summary>
    public required string Day { get; init; }

    /// <summary>The moment of a fact, by which an index finds a period.</summary>
    public required string Moment { get; init; }

    /// <summary>What the day itself needs.</summary>
    public Joins Needs { get; init; }

    /// <summary>What a list leaves out that figures count.</summary>
    public string Listed { get; init; } = "true";

    public required IReadOnlyList<Measure> Measures { get; init; }

    public required IReadOnlyList<Dimension> Dimensions { get; init; }

    public required IReadOnlyList<ListColumn> Columns { get; init; }

    public Measure? MeasureOf(string name) => Measures.FirstOrDefault(m => m.Name == name);

    public Dimension? DimensionOf(string name) => Dimensions.FirstOrDefault(d => d.Name == name);

    /// <summary>The parts of the calendar, which every dataset has.</summary>
    public static IReadOnlyList<Dimension> Calendar(string day, string hour, Joins needs) =>
    [
        new("day", "The local day.", ValueKind.Day, day) { Needs = needs },
        new("week", "The Monday of the local week.", ValueKind.Day, $"({day} - (extract(isodow FROM {day})::int - 1))") { Needs = needs },
        new("month", "The first day of the local month.", ValueKind.Day, $"date_trunc('month', ({day})::timestamp)::date") { Needs = needs },
        new("quarter", "The first day of the local quarter.", ValueKind.Day, $"date_trunc('quarter', ({day})::timestamp)::date") { Needs = needs },
        new("weekday", "The local day of the week, from 1 (Monday) to 7.", ValueKind.Count, $"extract(isodow FROM {day})::int") { Needs = needs },
        new("hour", "The hour of the local clock, from 0 to 23.", ValueKind.Count, hour) { Needs = needs },
    ];

    /// <summary>Who and where, which every dataset has.</summary>
    public static IReadOnlyList<Dimension> Places { get; } =
    [
        new("doctor", "The doctor.", ValueKind.Id, "f.doctor_id") { NamedBy = "doctors.doctor_rows" },
        new("clinic", "The clinic.", ValueKind.Id, "f.clinic_id") { NamedBy = "clinics.clinic_rows" },
        new("specialty", "The first of the doctor's specialties.", ValueKind.Text, "d.specializations[1]") { Needs = Joins.Doctor },
    ];

    public static IReadOnlyList<Dataset> All { get; } = [AppointmentFacts.Dataset, PaymentFacts.Dataset];

    public static Dataset? Of(string name) => All.FirstOrDefault(d => d.Name == name);
}
