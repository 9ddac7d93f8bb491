using Careline.Patients.Contracts;
using Careline.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Careline.Tests.Patients;

/// <summary>What booking, granting and breaking the glass do to the care relationships.</summary>
internal static class Caring
{
    public static async Task<Guid> OpenCareAsync(
        this TestApp app, Guid patientId, Person carer, CareReason reason = CareReason.Appointment, DateTimeOffset? until = null, Guid? source = null)
    {
        var sourceId = source ?? Guid.CreateVersion7();
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ICareRelationships>()
            .OpenAsync(new CareRelationshipOpening(patientId, carer.UserId, reason, sourceId, until), CancellationToken.None);
        return sourceId;
    }

    public static async Task CloseCareAsync(this TestApp app, Guid sourceId)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ICareRelationships>().CloseAsync(sourceId, CancellationToken.None);
    }

    public static async Task EnlistAsync(this TestApp app, Guid patientId, Guid clinicId)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IPatientClinics>().EnlistAsync(patientId, clinicId, CancellationToken.None);
    }

    public static async Task<Guid> ClinicAsync(this TestApp app)
    {
        using var admin = await app.AdminAsync();
        return (await admin.PostAsync("/api/eclinic/clinics/", new { name = "Clinic", time_zone = "UTC" })).Id;
    }
}
