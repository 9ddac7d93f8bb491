using Careline.Accounts.Contracts;
using Careline.Audit.Contracts;
using Careline.Consultations.Consultations;
using Careline.Consultations.Diagnoses;
using Careline.Patients.Contracts;
using Careline.Prescriptions.Contracts;
using Careline.Vitals.Contracts;

namespace Careline.Consultations.Charts;

/// <summary>A patient's record at a glance: the newest of each.</summary>
public sealed record PatientSummaryResponse
{
    /// <summary>The patient.</summary>
    public ConsultationPatient Patient { get; init; } = new();

    /// <summary>The ten newest visits.</summary>
    public IReadOnlyList<ConsultationOverview> Consultations { get; init; } = [];

    /// <summary>The twenty newest diagnoses.</summary>
    public IReadOnlyList<DiagnosisResponse> Diagnoses { get; init; } = [];

    /// <summary>The twenty newest medicines of prescriptions in force.</summary>
    public IReadOnlyList<PrescriptionLineRow> Prescriptions { get; init; } = [];

    /// <summary>The five newest sets of vital signs.</summary>
    public IReadOnlyList<VitalSetRow> VitalSigns { get; init; } = [];
}

internal static class GetPatientSummary
{
    public static void Map(RouteGroupBuilder patients) => patients.MapGet("/{id:guid}/summary/", Handle)
        .Named("GetPatientSummary", "Shows a patient's record at a glance.")
        .ForRoles(Roles.RecordReaders)
        .VisibleAs<PatientChart>();

    private static async Task<Answer<PatientSummaryResponse>> Handle(
        Guid id, Actor actor, CarelineDb db, ConsultationReader reader, IVitals vitals, IPrescriptions prescriptions, AuditTrail trail, CancellationToken ct)
    {
        var chart = await PatientChart.VisibleTo(db, actor).FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw ClinicalCare.Refuse(actor);
        trail.About("patient", id).Concerns(id);
        var visits = Consultation.VisibleTo(db, actor).Where(c => c.PatientId == id);
        var begun = visits.Where(c => c.StartedAt != null).Select(c => c.Id);
        return Answer.Ok(new PatientSummaryResponse
        {
            Patient = new ConsultationPatient { Id = chart.Id, Number = chart.Number, Name = chart.Name, DateOfBirth = chart.DateOfBirth },
            Consultations = await reader.Overviews(visits, actor)
                .OrderByDescending(c => c.AppointmentStart).ThenByDescending(c => c.Id).Take(10).ToListAsync(ct),
            Diagnoses = await DiagnosisResponse.From(
                db, db.Set<ConsultationDiagnosis>().Where(d => d.PatientId == id && begun.Contains(d.ConsultationId))).Take(20).ToListAsync(ct),
            Prescriptions = await prescriptions.Lines.Where(l => l.PatientId == id && l.PrescriptionStatus == PrescriptionStatus.Active)
                .OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Id).Take(20).ToListAsync(ct),
            VitalSigns = await vitals.Sets.Where(s => s.PatientId == id)
                .OrderByDescending(s => s.RecordedAt).ThenByDescending(s => s.Id).Take(5).ToListAsync(ct),
        });
    }
}
