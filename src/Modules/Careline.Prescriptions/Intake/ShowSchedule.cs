using Careline.Accounts.Contracts;

namespace Careline.Prescriptions.Intake;

/// <summary>A medicine that a patient takes now.</summary>
public sealed record ScheduledMedicine
{
    /// <summary>The line.</summary>
    public required Guid LineId { get; init; }

    /// <summary>Its prescription.</summary>
    public required Guid PrescriptionId { get; init; }

    /// <summary>As it was prescribed.</summary>
    public required MedicationOrder Order { get; init; }

    /// <summary>The times of the day; none where the prescription does not say them: then it is taken as written, and nobody is reminded.</summary>
    public required IReadOnlyList<DayTime> Times { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until when; null for until it is stopped.</summary>
    public required DateTimeOffset? Until { get; init; }

    /// <summary>When what was prescribed runs out, where it is taken for long.</summary>
    public required DateTimeOffset? RunsOutAt { get; init; }
}

internal static class ShowSchedule
{
    private const int MostLines = 200;

    public static void Map(RouteGroupBuilder prescriptions) => prescriptions.MapGet("/schedule/", Handle)
        .Named("ShowMedicationSchedule", "What a patient takes at this moment and when in the day: the caller's own, or of ?patient= whose record the caller reads.")
        .ForRoles(Roles.RecordReaders)
        .WithFilters("patient");

    private static async Task<Answer<IReadOnlyList<ScheduledMedicine>>> Handle(ListQuery query, Actor actor, CarelineDb db, IntakeDesk desk, CancellationToken ct)
    {
        query.Check();
        var patient = await desk.PatientAsync(actor, query.Id("patient"), ct);
        var lines = await desk.TakenBy(db.Set<Patients.Contracts.PatientRow>().Where(p => p.Id == patient).Select(p => p.Id), db.Now).Take(MostLines).ToListAsync(ct);
        return Answer.Ok<IReadOnlyList<ScheduledMedicine>>(
        [
            .. lines.Select(l => new ScheduledMedicine
            {
                LineId = l.Line.Id,
                PrescriptionId = l.PrescriptionId,
                Order = l.Line.Order,
                Times = l.Times,
                From = l.From,
                Until = l.Until,
                RunsOutAt = l.Line.RunsOutAt,
            }),
        ]);
    }
}
