using Careline.Platform.Events;

namespace Careline.Prescriptions.Intake;

/// <summary>Plans the patient's doses anew, since there is something new to take. What is stopped is noticed when a dose of it is due.</summary>
internal sealed class OnMedicinesChanged(CarelineDb db) : IHandle<PrescriptionSigned>
{
    public Task HandleAsync(PrescriptionSigned happened, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"UPDATE prescriptions.reminder_settings SET planned_until = NULL, version = version + 1 WHERE patient_id = {happened.PatientId}", ct);
}
