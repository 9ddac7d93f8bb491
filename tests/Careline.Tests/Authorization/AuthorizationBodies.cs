using Careline.Tests.Architecture;
using Careline.Tests.Doctors;
using Careline.Tests.Files;
using Careline.Tests.Records;
using Careline.Tests.Scheduling;
using Careline.Tests.Vitals;

namespace Careline.Tests.Authorization;

/// <content>What is sent with each call.</content>
public sealed partial class AuthorizationWorld
{
    private readonly Dictionary<string, object?> _bodies = [];

    private object? BodyFor(string route, string path)
    {
        if (_bodies.TryGetValue(route, out var body))
        {
            return body is Func<object> anew ? anew() : body;
        }

        if (route.StartsWith("GET", StringComparison.Ordinal) || route.StartsWith("DELETE", StringComparison.Ordinal))
        {
            return null;
        }

        var list = route.StartsWith("POST", StringComparison.Ordinal) || !path.EndsWith("Id}/", StringComparison.Ordinal) ? path : path[..path.LastIndexOf('{')];
        return StrangersWorld.Bodies.Where(b => list.EndsWith(b.Key, StringComparison.Ordinal)).Select(b => b.Value).FirstOrDefault() ?? new { };
    }

    private void SayWhatIsSent()
    {
        var far = this.Day(60).Text();
        var rubbish = new { challenge_id = Guid.CreateVersion7(), credential = new { id = "AA", rawId = "AA", type = "public-key", response = new { } } };
        _bodies["POST /dev/clock/"] = new { advance_seconds = 1 };
        _bodies["POST /api/auth/login/"] = new { username = "nobody", password = "not the right one" };
        _bodies["POST /api/auth/refresh/"] = new { refresh = "nonsense" };
        _bodies["POST /api/auth/register/"] = _bodies["POST /api/users/"] = new { email = Patient.UserName + "@example.test", password = Password, first_name = "A", last_name = "B" };
        _bodies["POST /api/auth/send-otp/"] = new { phone = "+2348020001234" };
        _bodies["POST /api/auth/verify-otp/"] = new { phone = "+2348020001234", otp = "000000" };
        _bodies["POST /api/auth/mfa/verify/"] = new { mfa_token = "nonsense", code = "000000" };
        _bodies["POST /api/auth/mfa/totp/confirm/"] = new { code = "000000" };
        _bodies["POST /api/auth/passkeys/login/"] = _bodies["POST /api/auth/passkeys/"] = rubbish;
        _bodies["POST /api/auth/password-reset/"] = new { email = "nobody@example.test" };
        _bodies["POST /api/auth/password-reset/confirm/"] = new { token = "nonsense", new_password = Password + " new" };
        _bodies["POST /api/auth/verify-email/"] = new { token = "nonsense" };
        _bodies["POST /api/users/invitations/accept/"] = new { token = "nonsense", password = Password, first_name = "A", last_name = "B" };
        _bodies["POST /api/auth/step-up/"] = new { password = Password };
        _bodies["POST /api/auth/password-change/"] = new { old_password = "not the right one", new_password = Password + " new" };
        _bodies["PUT /api/auth/profile/"] = new { first_name = "Same", last_name = "Person" };
        _bodies["POST /api/users/invitations/"] = new { email = "invited@example.test", role = "nurse" };
        _bodies["POST /api/eclinic/clinics/"] = new { name = "Another Clinic", time_zone = "UTC" };
        _bodies["POST /api/specializations/"] = _bodies["PUT /api/specializations/{id}/"] = new { name = "Harbour medicine" };
        _bodies["POST /api/medicines/"] = _bodies["PUT /api/medicines/{id}/"] =
            (Func<object>)(() => new { name = $"Brand {Guid.CreateVersion7()}", kind = "brand", composition = new[] { new { ingredient = "ibuprofen" } } });
        _bodies["POST /api/medicines/imports/"] = new { csv = "name,kind,composition,atc,forms,strengths,routes,synonyms,maker,country,source\nOurs,brand,ibuprofen,,,,,,,,our list\n" };
        _bodies["POST /api/prescriptions/check-interactions/"] = new { medicines = new[] { new { medication_name = "Aspirin" } } };
        _bodies["POST /api/patients/"] = new { first_name = "Newly", last_name = "Registered" };
        _bodies["POST /api/patients/{id}/break-glass/"] = new { reason = "Found unconscious" };
        _bodies["POST /api/time-slots/"] = new { date = far, start_time = "09:00:00", end_time = "09:30:00" };
        _bodies["PUT /api/time-slots/{id}/"] = new { date = far, start_time = "15:00:00", end_time = "15:30:00" };
        _bodies["POST /api/time-slots/create_bulk_slots/"] = new { date = far, start_time = "11:00:00", end_time = "12:00:00" };
        _bodies["POST /api/appointments/{id}/reschedule/"] = new { start = this.Day(10).ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc) };
        _bodies["POST /api/appointments/series/"] = new
        {
            doctor_id = Doctor.DoctorId,
            patient_id = Patient.PatientId,
            start = this.Day(61).ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc),
            frequency = "weekly",
            count = 2,
        };
        _bodies["POST /api/appointment-requests/"] =
            new { doctor_id = Doctor.DoctorId, patient_id = Patient.PatientId, preferred_date = far, day_part = "morning", reason = "Cough" };
        _bodies["POST /api/audit/breaches/"] = _bodies["PATCH /api/audit/breaches/{id}/"] = Loss();
        _bodies["POST /api/audit/breaches/{id}/patients/"] = new { actor_id = Patient.UserId, from = Now.AddHours(-1), to = Now };
        _bodies["POST /api/notifications/push-subscriptions/"] = (Func<object>)(() => StrangersWorld.Browser($"{Guid.CreateVersion7()}"));
        _bodies["POST /api/audit/processing/"] = _bodies["PUT /api/audit/processing/{id}/"] = Activity();
        _bodies["POST /api/patients/me/data-requests/"] = new { kind = "restriction", reason = "Until it is corrected" };
        _bodies["POST /api/patients/me/consents/"] = new { kind = "privacy_notice", version = 1 };
        _bodies["POST /api/patients/me/consents/withdraw/"] = new { kind = "privacy_notice" };
        _bodies["POST /api/patients/me/dependants/"] = new { first_name = "Little", last_name = "One", date_of_birth = "2020-02-02", gender = "female", relation = "child" };
        _bodies["POST /api/patients/proxies/accept/"] = new { token = "nonsense" };
        _bodies["POST /api/patients/{id}/grants/"] = new { doctor_id = Doctor.DoctorId, until = Now.AddDays(1) };
        _bodies["POST /api/data-requests/"] = new { patient_id = _spare, kind = "correction", reason = "By letter" };
        _bodies["POST /api/data-requests/{id}/decide/"] = new { decision = "rejected", note = "Nothing to correct" };
        _bodies["POST /api/medical-files/"] = _bodies["POST /api/records/"] = (Func<object>)(() => Documents.Form(texts: ("patient_id", Patient.PatientId.ToString())));
        _bodies["POST /api/patients/{id}/documents/"] = _bodies["POST /api/medical-files/{id}/versions/"] = (Func<object>)(() => Documents.Form());
        _bodies["PUT /api/doctors/{id}/credentials/{lineId}/paper/"] = _bodies["PUT /api/auth/profile/picture/"] =
            (Func<object>)(() => CredentialTests.Form(Samples.Png(), "copy.png", "image/png"));
        _bodies["PUT /api/medical-files/{id}/"] = new { kind = "other" };
        _bodies["POST /api/medical-files/{id}/share/"] = new { link = true };
        _bodies["POST /api/alerts/{id}/hand-over/"] = new { user_id = People[6]!.UserId, reason = "Off duty" };
        _bodies["POST /api/devices/pair/"] = new { code = "nonsense", name = "Scales" };
        _bodies["POST /api/devices/readings/"] = DevicePairing.Reading("1", "weight", 70, "kg", Now);
        _bodies["POST /api/chats/"] = new { type = "support" };
        _bodies["POST /api/chats/{id}/participants/"] = new { user_id = People[7]!.UserId };
        _bodies["POST /api/chats/{id}/invitations/"] = new { user_id = _asked };
        _bodies["PUT /api/chats/{id}/messages/{messageId}/"] = new { content = "No cough" };
        _bodies["POST /api/consultations/{id}/addenda/"] = new { content = "And a cough" };
    }
}
