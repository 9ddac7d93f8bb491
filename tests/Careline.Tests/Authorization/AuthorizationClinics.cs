using Careline.Tests.Clinics;
using Careline.Tests.Doctors;
using Careline.Tests.Files;
using Careline.Tests.Scheduling;

namespace Careline.Tests.Authorization;

/// <content>Clinics: what everybody reads of them, what is for those who work there, and what those decide who run them.</content>
internal static partial class AuthorizationTable
{
    private const string Places =
        """


        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/eclinic/clinics/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/eclinic/clinics/nearby/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/
        401  403  403  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/eclinic/clinics/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | PUT /api/eclinic/clinics/{id:guid}/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | PATCH /api/eclinic/clinics/{id:guid}/
        401  404  404  403  404  404  403  403  404  403  403  ok   ok  | POST /api/eclinic/clinics/{id:guid}/verify/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | PUT /api/eclinic/clinics/{id:guid}/opening-hours/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/pictures/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/pictures/{pictureId:guid}/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/pictures/{pictureId:guid}/thumbnail/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | POST /api/eclinic/clinics/{id:guid}/pictures/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | PUT /api/eclinic/clinics/{id:guid}/pictures/{pictureId:guid}/cover/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | DELETE /api/eclinic/clinics/{id:guid}/pictures/{pictureId:guid}/
        401  404  404  ok   404  404  ok   ok   404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/staff/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | POST /api/eclinic/clinics/{id:guid}/staff/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | POST /api/eclinic/clinics/{id:guid}/staff/{staffId:guid}/role/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | DELETE /api/eclinic/clinics/{id:guid}/staff/{staffId:guid}/
        401  404  404  ok   404  404  ok   ok   404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/staff/{staffId:guid}/hours/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | PUT /api/eclinic/clinics/{id:guid}/staff/{staffId:guid}/hours/
        401  404  404  ok   404  404  ok   ok   404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/rooms/
        401  404  404  ok   404  404  ok   ok   404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/rooms/{roomId:guid}/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | POST /api/eclinic/clinics/{id:guid}/rooms/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | PUT /api/eclinic/clinics/{id:guid}/rooms/{roomId:guid}/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | DELETE /api/eclinic/clinics/{id:guid}/rooms/{roomId:guid}/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/services/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/services/{serviceId:guid}/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | POST /api/eclinic/clinics/{id:guid}/services/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | PUT /api/eclinic/clinics/{id:guid}/services/{serviceId:guid}/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | PATCH /api/eclinic/clinics/{id:guid}/services/{serviceId:guid}/
        401  404  404  403  404  404  403  403  404  ok   403  ok   ok  | DELETE /api/eclinic/clinics/{id:guid}/services/{serviceId:guid}/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/reviews/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/reviews/{reviewId:guid}/
        401  ok   403  403  403  403  403  403  403  403  403  403  403 | POST /api/eclinic/clinics/{id:guid}/reviews/
        401  ok   403  403  403  403  403  403  403  403  403  403  403 | PUT /api/eclinic/clinics/{id:guid}/reviews/{reviewId:guid}/
        401  ok   403  403  403  403  403  403  403  403  403  403  403 | DELETE /api/eclinic/clinics/{id:guid}/reviews/{reviewId:guid}/
        401  404  404  403  404  404  403  403  404  ok   403  403  403 | PUT /api/eclinic/clinics/{id:guid}/reviews/{reviewId:guid}/reply/
        401  404  404  403  404  404  403  403  404  ok   403  403  403 | DELETE /api/eclinic/clinics/{id:guid}/reviews/{reviewId:guid}/reply/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/eclinic/clinics/{id:guid}/reviews/{reviewId:guid}/report/
        401  404  404  403  404  404  403  403  404  403  403  ok   ok  | POST /api/eclinic/clinics/{id:guid}/reviews/{reviewId:guid}/hide/
        401  404  404  403  404  404  403  403  404  403  403  ok   ok  | POST /api/eclinic/clinics/{id:guid}/reviews/{reviewId:guid}/restore/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/eclinic/clinics/reviews/
        401  404  404  ok   404  404  ok   ok   404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/patients/
        401  404  404  ok   404  404  ok   ok   404  ok   ok   ok   ok  | GET /api/eclinic/clinics/{id:guid}/appointments/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/doctors/{id:guid}/clinics/
        401  404  404  ok   404  404  403  403  404  ok   403  ok   ok  | PUT /api/doctors/{id:guid}/clinics/{clinicId:guid}/
        401  404  404  ok   404  404  403  403  404  ok   403  ok   ok  | DELETE /api/doctors/{id:guid}/clinics/{clinicId:guid}/
        """;
}

/// <content>The clinic has something of every kind; what a call uses up is made anew.</content>
public sealed partial class AuthorizationWorld
{
    private async Task FurnishAsync()
    {
        const string Clinic = "/api/eclinic/clinics/";
        _ids[("{roomId}", "/")] = await AtClinicAsync("rooms");
        _ids[("{serviceId}", "/")] = await AtClinicAsync("services");
        _ids[("{pictureId}", "/")] = await PictureAsync();
        _ids[("{reviewId}", Clinic)] = await this.ReviewedClinicAsync(Patient, _clinic);
        _ids[("{clinicId}", "/")] = _clinic;
        _bodies["PUT /api/doctors/{id}/clinics/{clinicId}/"] = new { accepts_patients = true };
        _bodies["POST /api/eclinic/clinics/{id}/rooms/"] = (Func<object>)(() => AnyOf("rooms"));
        _bodies["POST /api/eclinic/clinics/{id}/services/"] = (Func<object>)(() => AnyOf("services"));
        _bodies["POST /api/eclinic/clinics/{id}/pictures/"] = (Func<object>)(() => CredentialTests.Form(Samples.Png(), "hall.png", "image/png"));
        _bodies["POST /api/eclinic/clinics/{id}/staff/{staffId}/role/"] = new { role = "nurse" };
        _bodies["POST /api/eclinic/clinics/{id}/reviews/"] = new { appointment_id = await this.VisitedClinicAsync(Patient, _clinic), rating = 4 };
    }

    private static object AnyOf(string kind) => kind == "rooms"
        ? new { name = $"Room {Guid.CreateVersion7()}" } : new { name = $"Service {Guid.CreateVersion7()}", price = new { amount = 100, currency = "NGN" } };

    private async Task<Guid> AtClinicAsync(string kind) => Made(await People[11]!.PostAsync($"/api/eclinic/clinics/{_clinic}/{kind}/", AnyOf(kind)), kind);

    private async Task<Guid> PictureAsync()
    {
        var reply = await People[11]!.PostAsync($"/api/eclinic/clinics/{_clinic}/pictures/", CredentialTests.Form(Samples.Png(), "hall.png", "image/png"));
        return Made(reply, "picture");
    }

    // A clinic of its own for each, which the doctor works at and the clinic's administrator runs.
    private async Task<Guid> PracticeAsync()
    {
        var clinic = await this.ClinicAsync();
        await JoinClinicAsync(Doctor.UserId, clinic, "doctor");
        await JoinClinicAsync(People[9]!.UserId, clinic, "administrator");
        (await Doctor.PutAsync($"/api/doctors/{Doctor.DoctorId}/clinics/{clinic}/", new { })).Status.ShouldBe(200);
        return clinic;
    }

    private async Task<string?> FreshAtClinicAsync(string path)
    {
        foreach (var (name, make) in new (string, Func<Task<Guid>>)[]
        {
            ("{roomId}", () => AtClinicAsync("rooms")), ("{serviceId}", () => AtClinicAsync("services")), ("{pictureId}", PictureAsync),
            ("{reviewId}", () => this.ReviewedClinicAsync(Patient, _clinic)), ("{clinicId}", PracticeAsync),
        })
        {
            if (path.Contains(name, StringComparison.Ordinal))
            {
                return path.Replace(name, (await make()).ToString(), StringComparison.Ordinal);
            }
        }

        return null;
    }
}
