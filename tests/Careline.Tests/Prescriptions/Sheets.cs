using Careline.Tests.Scheduling;
using Careline.Tests.Support;

namespace Careline.Tests.Prescriptions;

/// <summary>A doctor and the patient whom she treats, and what they have on paper.</summary>
internal sealed record Ward(Person Doctor, Person Patient) : IDisposable
{
    public Task<Reply> WriteAsync(params object[] lines) => Doctor.PostAsync("/api/prescriptions/", new { patient_id = Patient.PatientId, lines });

    public async Task<Reply> SignedAsync(params object[] lines)
    {
        var draft = await WriteAsync(lines);
        draft.Status.ShouldBe(201, draft.Text);
        var signed = await Doctor.PostAsync($"/api/prescriptions/{draft.Id}/sign/");
        signed.Status.ShouldBe(200, signed.Text);
        return signed;
    }

    /// <summary>The doctor goes past all that a draft's check stops at.</summary>
    public async Task OverrideAllAsync(Guid draft, string reason)
    {
        var sheet = await Doctor.GetAsync($"/api/prescriptions/{draft}/");
        foreach (var finding in sheet.Data.GetProperty("safety").GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("interrupts").GetBoolean()))
        {
            var kept = await Doctor.PostAsync($"/api/prescriptions/{draft}/overrides/", new { finding = finding.GetProperty("finding").GetString(), reason });
            kept.Status.ShouldBe(201, kept.Text);
        }
    }

    public void Dispose()
    {
        Doctor.Dispose();
        Patient.Dispose();
    }
}

/// <summary>What the tests of prescriptions arrange in one phrase.</summary>
internal static class Sheets
{
    public static readonly object Paracetamol = new
    {
        medication_name = "Paracetamol",
        strength = "500 mg",
        form = "tablet",
        route = "oral",
        dosage = "500 mg",
        frequency = "thrice_daily",
        duration_days = 5,
        quantity = 15,
        instructions = "After meals",
    };

    public static readonly object FolicAcid = new { medication_name = "Folic acid", strength = "5 mg", dosage = "5 mg", frequency = "once_daily", route = "oral", quantity = 30 };

    public static async Task<Ward> WardAsync(this TestApp app)
    {
        var doctor = await app.BookableDoctorAsync();
        var patient = await app.PatientAsync();
        var slots = await doctor.OfferAsync(app.Day(), 1);
        await patient.BookedAsync(slots[0]);
        return new Ward(doctor, patient);
    }

    /// <summary>A pharmacy and its pharmacist.</summary>
    public static async Task<(Guid Clinic, Person Pharmacist)> PharmacyAsync(this TestApp app, string name = "Harbour Pharmacy", object? location = null)
    {
        using var admin = await app.AdminAsync();
        var clinic = await admin.PostAsync("/api/eclinic/clinics/", new { name, time_zone = "UTC", is_pharmacy = true, location });
        clinic.Status.ShouldBe(201, clinic.Text);
        return (clinic.Id, await app.StaffAsync("pharmacist", clinic.Id));
    }

    public static string Code(this Reply prescription) => prescription.Data.GetProperty("verify_code").GetString()!;

    public static Guid Line(this Reply prescription, int position = 1) => prescription.Data.GetProperty("lines")[position - 1].GetProperty("id").GetGuid();
}
