namespace Careline.Tests.Authorization;

internal static partial class AuthorizationTable
{
    /// <summary>
    /// Who asks, in the order of the columns. The thing that a path names is the own patient's, or the assigned doctor's where it is a doctor's thing.
    /// Former: a doctor whose visit was called off, who
    /// reads what he wrote then and nothing else. Nurse, desk and clinic administrator work at the clinic where the patient is checked in, the one elsewhere runs another; the
    /// account of a clinic administrator is a receptionist's, as none has that role platform-wide.
    /// </summary>
    public static readonly IReadOnlyList<string> Principals =
    [
        "anonymous", "own patient", "other patient", "assigned doctor", "unassigned doctor", "former doctor", "nurse", "receptionist",
        "clinic administrator elsewhere", "clinic administrator", "pharmacist", "admin", "superadmin",
    ];

    /// <summary>
    /// What each route answers to each of them: what was promised, written by hand and never taken from the server. Whoever adds a route adds a
    /// line, whoever changes a cell has thought about it. A line is thirteen cells, a bar, the method, and the pattern as it is mapped:
    /// <c>ok</c> let in (2xx, a redirect, or a rule's 409 or 412), <c>401</c> sign in first, <c>403</c> yours to see but not to do, <c>404</c> does not exist
    /// for you. A second bar quotes the error that somebody let in gets for the body that the test sends, where no harmless body would succeed.
    /// Bodies, and things that a call uses up, are in AuthorizationWorld.
    /// </summary>
    public static string Reviewed => Practice + Medicines + Money + Plans + Figures + Reports + Places + Stock + Running;

    private const string Practice =
        """
        anon own  oth  asg  una  fmr  nur  rec  cae  cad  pha  adm  sup
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/schema/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /health/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /health/database/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /health/redis/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /dev/inbox/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /dev/clock/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /health/detailed/

        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/login/ | INVALID_CREDENTIALS
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/refresh/ | INVALID_TOKEN
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/register/ | Already registered.
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/send-otp/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/verify-otp/ | OTP_INVALID
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/mfa/verify/ | INVALID_TOKEN
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/passkeys/login/ | INVALID_CREDENTIALS
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/passkeys/login/options/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/password-reset/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/password-reset/confirm/ | Is not valid any more.
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/verify-email/ | Is not valid any more.
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/users/ | Already registered.
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/users/invitations/accept/ | Is not valid any more.
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/logout/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/step-up/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/step-up/options/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/password-change/ | Is not your password.
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/verify-email/send/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/mfa/totp/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/mfa/totp/confirm/ | Is not the code that the app shows now.
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/mfa/recovery-codes/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/passkeys/ | Was not accepted.
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/auth/passkeys/options/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | DELETE /api/auth/mfa/totp/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/auth/passkeys/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/auth/profile/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | PUT /api/auth/profile/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | PATCH /api/auth/profile/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | PUT /api/auth/profile/picture/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/auth/profile/picture/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/auth/profile/picture/thumbnail/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | DELETE /api/auth/profile/picture/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/auth/sessions/
        401  ok   404  404  404  404  404  404  404  404  404  404  404 | DELETE /api/auth/passkeys/{id:guid}/
        401  ok   404  404  404  404  404  404  404  404  404  404  404 | DELETE /api/auth/sessions/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/users/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/users/invitations/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/users/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PATCH /api/users/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/audit/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/audit/export/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/audit/exposure/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/audit/breaches/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/audit/breaches/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/audit/breaches/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PATCH /api/audit/breaches/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/audit/breaches/{id:guid}/patients/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/audit/breaches/{id:guid}/notify/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/audit/breaches/{id:guid}/close/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/audit/breaches/{id:guid}/notice/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/audit/processing/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/audit/processing/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/audit/processing/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PUT /api/audit/processing/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PATCH /api/audit/processing/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | DELETE /api/audit/processing/{id:guid}/


        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/doctors/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/doctors/{id:guid}/
        401  403  403  ok   ok   ok   403  403  403  403  403  403  403 | GET /api/doctors/me/
        401  403  403  ok   ok   ok   403  403  403  403  403  403  403 | PUT /api/doctors/me/
        401  403  403  ok   ok   ok   403  403  403  403  403  403  403 | PATCH /api/doctors/me/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/doctors/{id:guid}/verify/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/doctors/{id:guid}/education/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/doctors/{id:guid}/education/{lineId:guid}/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | POST /api/doctors/{id:guid}/education/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | PUT /api/doctors/{id:guid}/education/{lineId:guid}/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | PATCH /api/doctors/{id:guid}/education/{lineId:guid}/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | DELETE /api/doctors/{id:guid}/education/{lineId:guid}/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/doctors/{id:guid}/experience/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/doctors/{id:guid}/experience/{lineId:guid}/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | POST /api/doctors/{id:guid}/experience/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | PUT /api/doctors/{id:guid}/experience/{lineId:guid}/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | PATCH /api/doctors/{id:guid}/experience/{lineId:guid}/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | DELETE /api/doctors/{id:guid}/experience/{lineId:guid}/
        401  403  403  ok   403  403  403  403  403  403  403  ok   ok  | GET /api/doctors/{id:guid}/credentials/
        401  403  403  ok   403  403  403  403  403  403  403  ok   ok  | GET /api/doctors/{id:guid}/credentials/{lineId:guid}/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | POST /api/doctors/{id:guid}/credentials/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | PUT /api/doctors/{id:guid}/credentials/{lineId:guid}/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | PATCH /api/doctors/{id:guid}/credentials/{lineId:guid}/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | DELETE /api/doctors/{id:guid}/credentials/{lineId:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/doctors/credentials/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/doctors/{id:guid}/credentials/{lineId:guid}/verify/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | PUT /api/doctors/{id:guid}/credentials/{lineId:guid}/paper/
        401  403  403  ok   403  403  403  403  403  403  403  ok   ok  | GET /api/doctors/{id:guid}/credentials/{lineId:guid}/paper/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | DELETE /api/doctors/{id:guid}/credentials/{lineId:guid}/paper/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/doctors/{id:guid}/reviews/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/doctors/{id:guid}/reviews/{reviewId:guid}/
        401  ok   403  403  403  403  403  403  403  403  403  403  403 | POST /api/doctors/{id:guid}/reviews/
        401  ok   403  403  403  403  403  403  403  403  403  403  403 | PUT /api/doctors/{id:guid}/reviews/{reviewId:guid}/
        401  ok   403  403  403  403  403  403  403  403  403  403  403 | PATCH /api/doctors/{id:guid}/reviews/{reviewId:guid}/
        401  ok   403  403  403  403  403  403  403  403  403  403  403 | DELETE /api/doctors/{id:guid}/reviews/{reviewId:guid}/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | PUT /api/doctors/{id:guid}/reviews/{reviewId:guid}/reply/
        401  403  403  ok   403  403  403  403  403  403  403  403  403 | DELETE /api/doctors/{id:guid}/reviews/{reviewId:guid}/reply/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/doctors/{id:guid}/reviews/{reviewId:guid}/report/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/doctors/{id:guid}/reviews/{reviewId:guid}/hide/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/doctors/{id:guid}/reviews/{reviewId:guid}/restore/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/doctors/reviews/
        401  403  403  ok   ok   ok   403  403  403  403  403  403  403 | GET /api/doctors/me/presence/
        401  403  403  ok   ok   ok   403  403  403  403  403  403  403 | PUT /api/doctors/me/presence/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/specializations/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/specializations/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/specializations/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PUT /api/specializations/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | DELETE /api/specializations/{id:guid}/

        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/patients/
        401  403  403  ok   ok   ok   ok   ok   ok   ok   403  ok   ok  | POST /api/patients/
        401  403  403  ok   ok   ok   403  403  403  403  403  403  403 | GET /api/patients/lookup/
        401  ok   ok   404  404  404  404  404  404  404  404  404  404 | GET /api/patients/me/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | GET /api/patients/{id:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | PUT /api/patients/{id:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | PATCH /api/patients/{id:guid}/
        401  403  404  403  404  404  403  403  404  403  404  ok   ok  | DELETE /api/patients/{id:guid}/
        401  ok   404  403  404  404  403  403  404  403  404  ok   ok  | GET /api/patients/{id:guid}/access-log/
        401  403  403  ok   ok   ok   403  403  403  403  403  ok   ok  | POST /api/patients/{id:guid}/break-glass/
        401  ok   404  ok   404  ok   ok   403  403  403  403  403  403 | GET /api/patients/{id:guid}/consultations/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/patients/{id:guid}/summary/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | GET /api/patients/{id:guid}/allergies/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | POST /api/patients/{id:guid}/allergies/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | GET /api/patients/{id:guid}/allergies/{entryId:guid}/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | PUT /api/patients/{id:guid}/allergies/{entryId:guid}/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | PATCH /api/patients/{id:guid}/allergies/{entryId:guid}/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | DELETE /api/patients/{id:guid}/allergies/{entryId:guid}/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | GET /api/patients/{id:guid}/medications/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | POST /api/patients/{id:guid}/medications/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | GET /api/patients/{id:guid}/medications/{entryId:guid}/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | PUT /api/patients/{id:guid}/medications/{entryId:guid}/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | PATCH /api/patients/{id:guid}/medications/{entryId:guid}/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | DELETE /api/patients/{id:guid}/medications/{entryId:guid}/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | GET /api/patients/{id:guid}/conditions/
        401  403  404  ok   404  404  ok   403  404  403  404  403  403 | POST /api/patients/{id:guid}/conditions/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | GET /api/patients/{id:guid}/conditions/{entryId:guid}/
        401  403  404  ok   404  404  ok   403  404  403  404  403  403 | PUT /api/patients/{id:guid}/conditions/{entryId:guid}/
        401  403  404  ok   404  404  ok   403  404  403  404  403  403 | PATCH /api/patients/{id:guid}/conditions/{entryId:guid}/
        401  403  404  ok   404  404  ok   403  404  403  404  403  403 | DELETE /api/patients/{id:guid}/conditions/{entryId:guid}/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | GET /api/patients/{id:guid}/immunisations/
        401  403  404  ok   404  404  ok   403  404  403  404  403  403 | POST /api/patients/{id:guid}/immunisations/
        401  ok   404  ok   404  404  ok   403  404  403  404  403  403 | GET /api/patients/{id:guid}/immunisations/{entryId:guid}/
        401  403  404  ok   404  404  ok   403  404  403  404  403  403 | PUT /api/patients/{id:guid}/immunisations/{entryId:guid}/
        401  403  404  ok   404  404  ok   403  404  403  404  403  403 | PATCH /api/patients/{id:guid}/immunisations/{entryId:guid}/
        401  403  404  ok   404  404  ok   403  404  403  404  403  403 | DELETE /api/patients/{id:guid}/immunisations/{entryId:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | GET /api/patients/{id:guid}/emergency-contacts/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/patients/{id:guid}/emergency-contacts/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | GET /api/patients/{id:guid}/emergency-contacts/{entryId:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | PUT /api/patients/{id:guid}/emergency-contacts/{entryId:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | PATCH /api/patients/{id:guid}/emergency-contacts/{entryId:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | DELETE /api/patients/{id:guid}/emergency-contacts/{entryId:guid}/
        401  403  404  ok   404  404  ok   403  404  403  404  403  403 | GET /api/patients/{id:guid}/notes/
        401  403  404  ok   404  404  ok   403  404  403  404  403  403 | POST /api/patients/{id:guid}/notes/
        401  403  404  ok   404  404  ok   403  404  403  404  403  403 | GET /api/patients/{id:guid}/notes/{entryId:guid}/
        401  403  404  ok   404  404  403  403  404  403  404  403  403 | PUT /api/patients/{id:guid}/notes/{entryId:guid}/
        401  403  404  ok   404  404  403  403  404  403  404  403  403 | PATCH /api/patients/{id:guid}/notes/{entryId:guid}/
        401  403  404  ok   404  404  403  403  404  403  404  403  403 | DELETE /api/patients/{id:guid}/notes/{entryId:guid}/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/patients/me/export/
        401  ok   ok   404  404  404  404  404  404  404  404  404  404 | GET /api/patients/me/data-requests/
        401  ok   ok   404  404  404  404  404  404  404  404  404  404 | POST /api/patients/me/data-requests/
        401  ok   ok   404  404  404  404  404  404  404  404  404  404 | GET /api/patients/me/consents/
        401  ok   ok   404  404  404  404  404  404  404  404  404  404 | POST /api/patients/me/consents/
        401  ok   ok   404  404  404  404  404  404  404  404  404  404 | POST /api/patients/me/consents/withdraw/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/patients/me/dependants/
        401  ok   ok   403  403  403  403  403  403  403  403  403  403 | POST /api/patients/me/dependants/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/patients/proxies/accept/ | Is not valid any more.
        401  ok   404  403  404  404  403  403  404  403  404  ok   ok  | GET /api/patients/{id:guid}/proxies/
        401  ok   404  403  404  404  403  403  404  403  404  403  403 | POST /api/patients/{id:guid}/proxies/
        401  ok   404  403  404  404  403  403  404  403  404  403  403 | PATCH /api/patients/{id:guid}/proxies/{proxyId:guid}/
        401  ok   404  403  404  404  403  403  404  403  404  403  403 | DELETE /api/patients/{id:guid}/proxies/{proxyId:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/patients/{id:guid}/proxies/{proxyId:guid}/end/
        401  ok   404  403  404  404  403  403  404  403  404  403  403 | GET /api/patients/{id:guid}/grants/
        401  ok   404  403  404  404  403  403  404  403  404  403  403 | POST /api/patients/{id:guid}/grants/
        401  ok   404  403  404  404  403  403  404  403  404  403  403 | DELETE /api/patients/{id:guid}/grants/{grantId:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | GET /api/patients/{id:guid}/insurance/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/patients/{id:guid}/insurance/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | GET /api/patients/{id:guid}/insurance/{entryId:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | PUT /api/patients/{id:guid}/insurance/{entryId:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | PATCH /api/patients/{id:guid}/insurance/{entryId:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | DELETE /api/patients/{id:guid}/insurance/{entryId:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/patients/{id:guid}/legal-hold/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PUT /api/patients/{id:guid}/legal-hold/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | DELETE /api/patients/{id:guid}/legal-hold/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/consents/texts/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | GET /api/data-requests/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/data-requests/
        401  ok   404  404  404  404  404  404  404  404  404  ok   ok  | GET /api/data-requests/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/data-requests/{id:guid}/decide/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/data-requests/{id:guid}/close/

        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/time-slots/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/doctor-availability/
        401  404  404  ok   404  404  404  ok   404  ok   404  ok   ok  | GET /api/doctors/{id:guid}/availability/
        401  404  404  ok   404  404  404  ok   404  ok   404  ok   ok  | PUT /api/doctors/{id:guid}/availability/
        401  404  404  ok   404  404  404  ok   404  ok   404  ok   ok  | GET /api/doctors/{id:guid}/availability/exceptions/
        401  404  404  ok   404  404  404  ok   404  ok   404  ok   ok  | POST /api/doctors/{id:guid}/availability/exceptions/
        401  404  404  ok   404  404  404  ok   404  ok   404  ok   ok  | GET /api/doctors/{id:guid}/availability/exceptions/{exceptionId:guid}/
        401  404  404  ok   404  404  404  ok   404  ok   404  ok   ok  | PUT /api/doctors/{id:guid}/availability/exceptions/{exceptionId:guid}/
        401  404  404  ok   404  404  404  ok   404  ok   404  ok   ok  | PATCH /api/doctors/{id:guid}/availability/exceptions/{exceptionId:guid}/
        401  404  404  ok   404  404  404  ok   404  ok   404  ok   ok  | DELETE /api/doctors/{id:guid}/availability/exceptions/{exceptionId:guid}/
        401  403  403  ok   ok   ok   403  403  403  403  403  403  403 | POST /api/time-slots/
        401  403  403  ok   ok   ok   403  403  403  403  403  403  403 | POST /api/time-slots/create_bulk_slots/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | GET /api/time-slots/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | PUT /api/time-slots/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | PATCH /api/time-slots/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | DELETE /api/time-slots/{id:guid}/

        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/appointments/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/appointments/statistics/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/appointments/today/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/appointments/upcoming/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | GET /api/appointments/{id:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | PUT /api/appointments/{id:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | PATCH /api/appointments/{id:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | DELETE /api/appointments/{id:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | GET /api/appointments/{id:guid}/history/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/{id:guid}/cancel/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/{id:guid}/reschedule/
        401  ok   404  403  404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/{id:guid}/check-in/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/{id:guid}/ready/
        401  ok   404  403  404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/{id:guid}/leave/
        401  403  404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/{id:guid}/confirm/
        401  403  404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/{id:guid}/no-show/
        401  403  404  ok   404  404  403  403  404  403  404  403  403 | POST /api/appointments/{id:guid}/start/
        401  403  404  ok   404  404  403  403  404  403  404  403  403 | POST /api/appointments/{id:guid}/complete/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/holds/
        401  ok   404  404  404  404  404  404  404  404  404  404  404 | DELETE /api/appointments/holds/{id:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/series/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | GET /api/appointments/{id:guid}/invite.ics/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | GET /api/appointments/{id:guid}/reschedule-proposal/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/{id:guid}/reschedule-proposal/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | DELETE /api/appointments/{id:guid}/reschedule-proposal/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/{id:guid}/reschedule-proposal/accept/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointments/{id:guid}/reschedule-proposal/decline/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/calendar/feeds/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/calendar/feeds/
        401  ok   404  404  404  404  404  404  404  404  404  404  404 | POST /api/calendar/feeds/{id:guid}/renew/
        401  ok   404  404  404  404  404  404  404  404  404  404  404 | DELETE /api/calendar/feeds/{id:guid}/
        404  404  404  404  404  404  404  404  404  404  404  404  404 | GET /api/calendar/feeds/{token}.ics/
        401  403  403  ok   ok   ok   403  403  403  403  403  403  403 | GET /api/calendar/outside/
        401  403  403  ok   ok   ok   403  403  403  403  403  403  403 | POST /api/calendar/outside/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | GET /api/calendar/outside/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | DELETE /api/calendar/outside/{id:guid}/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/waitlist/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/waitlist/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | GET /api/waitlist/{id:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | DELETE /api/waitlist/{id:guid}/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/waitlist/{id:guid}/accept/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/waitlist/{id:guid}/decline/

        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/queue/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/appointment-requests/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointment-requests/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | GET /api/appointment-requests/{id:guid}/
        401  403  404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointment-requests/{id:guid}/accept/
        401  403  404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointment-requests/{id:guid}/reject/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | POST /api/appointment-requests/{id:guid}/cancel/

        401  ok   ok   ok   ok   ok   ok   403  403  403  403  403  403 | GET /api/consultations/
        401  ok   ok   ok   ok   ok   ok   403  403  403  403  403  403 | GET /api/consultations/statistics/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/consultations/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | PUT /api/consultations/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | PATCH /api/consultations/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | DELETE /api/consultations/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/consultations/{id:guid}/start/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/consultations/{id:guid}/complete/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/consultations/{id:guid}/cancel/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/consultations/{id:guid}/addenda/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/consultations/{id:guid}/diagnoses/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/consultations/{id:guid}/prescriptions/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/consultations/{id:guid}/lab-orders/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | POST /api/consultations/{id:guid}/notes/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | POST /api/consultations/{id:guid}/vital-signs/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/consultations/{id:guid}/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/consultations/{id:guid}/diagnoses/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/consultations/{id:guid}/notes/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/consultations/{id:guid}/prescriptions/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/consultations/{id:guid}/lab-orders/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/consultations/{id:guid}/vital-signs/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | GET /api/consultations/{id:guid}/history/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | POST /api/consultations/{id:guid}/session/
        401  ok   404  403  404  404  404  404  404  404  404  404  404 | POST /api/consultations/{id:guid}/session/confirmation/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | GET /api/consultations/{id:guid}/session/events/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | GET /api/consultations/{id:guid}/session/guests/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | POST /api/consultations/{id:guid}/session/guests/
        401  404  404  404  404  404  404  404  404  404  404  404  404 | POST /api/consultations/{id:guid}/session/guests/accept/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | DELETE /api/consultations/{id:guid}/session/guests/{guestId:guid}/
        401  ok   ok   ok   ok   ok   ok   403  403  403  ok   403  403 | GET /api/medical-files/
        401  ok   ok   ok   ok   ok   ok   403  403  403  ok   403  403 | GET /api/records/
        401  ok   404  ok   404  404  ok   403  403  403  404  403  403 | GET /api/patients/{id:guid}/documents/
        401  ok   404  ok   404  404  ok   403  403  403  404  403  403 | POST /api/medical-files/
        401  ok   404  ok   404  404  ok   403  403  403  404  403  403 | POST /api/records/
        401  ok   404  ok   404  404  ok   403  403  403  404  403  403 | POST /api/patients/{id:guid}/documents/
        401  ok   404  ok   404  404  ok   403  403  403  404  403  403 | GET /api/medical-files/{id:guid}/
        401  ok   404  ok   404  404  ok   403  403  403  404  403  403 | GET /api/medical-files/{id:guid}/content/
        401  ok   404  ok   404  404  ok   403  403  403  404  403  403 | GET /api/medical-files/{id:guid}/versions/
        401  ok   404  ok   404  404  ok   403  403  403  404  403  403 | GET /api/medical-files/{id:guid}/versions/{number:int}/content/
        401  404  404  404  404  404  404  403  403  403  404  403  403 | GET /api/medical-files/{id:guid}/thumbnail/
        401  ok   404  ok   404  404  ok   403  403  403  404  404  404 | POST /api/medical-files/{id:guid}/links/
        401  ok   404  403  404  404  403  403  403  403  404  404  404 | PUT /api/medical-files/{id:guid}/
        401  ok   404  403  404  404  403  403  403  403  404  404  404 | PATCH /api/medical-files/{id:guid}/
        401  ok   404  403  404  404  403  403  403  403  404  404  404 | DELETE /api/medical-files/{id:guid}/
        401  ok   404  403  404  404  403  403  403  403  404  404  404 | POST /api/medical-files/{id:guid}/versions/
        401  ok   404  403  404  404  403  403  403  403  404  404  404 | POST /api/medical-files/{id:guid}/share/
        401  ok   404  403  404  404  403  403  403  403  404  403  403 | GET /api/medical-files/{id:guid}/shares/
        401  ok   404  403  404  404  403  403  403  403  404  404  404 | DELETE /api/medical-files/{id:guid}/shares/{shareId:guid}/
        401  ok   404  ok   404  404  ok   403  403  403  404  404  404 | GET /api/medical-files/packet/
        404  404  404  404  404  404  404  404  404  404  404  404  404 | GET /api/medical-files/links/{link}/
        404  404  404  404  404  404  404  404  404  404  404  404  404 | GET /api/medical-files/shared/{token}/
        401  ok   ok   ok   ok   ok   ok   403  403  403  ok   ok   ok  | OPTIONS /api/medical-files/uploads/
        401  ok   ok   ok   ok   ok   ok   403  403  403  ok   ok   ok  | POST /api/medical-files/uploads/
        401  ok   404  404  404  404  404  403  403  403  404  404  404 | HEAD /api/medical-files/uploads/{id:guid}/
        401  ok   404  404  404  404  404  403  403  403  404  404  404 | PATCH /api/medical-files/uploads/{id:guid}/
        401  ok   404  404  404  404  404  403  403  403  404  404  404 | DELETE /api/medical-files/uploads/{id:guid}/

        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/notifications/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/notifications/unread-count/
        401  ok   404  404  404  404  404  404  404  404  404  404  404 | POST /api/notifications/{id:guid}/read/
        401  ok   404  404  404  404  404  404  404  404  404  404  404 | DELETE /api/notifications/{id:guid}/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/notifications/read-all/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/notifications/preferences/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | PUT /api/notifications/preferences/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | PATCH /api/notifications/preferences/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/notifications/push-key/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/notifications/push-subscriptions/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/notifications/push-subscriptions/
        401  ok   404  404  404  404  404  404  404  404  404  404  404 | DELETE /api/notifications/push-subscriptions/{id:guid}/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/reminders/
        401  404  404  404  404  404  404  404  404  ok   404  ok   ok  | GET /api/eclinic/clinics/{id:guid}/reminders/
        401  404  404  404  404  404  404  404  404  ok   404  ok   ok  | PUT /api/eclinic/clinics/{id:guid}/reminders/

        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/realtime/tickets/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /ws/chat/ | UPGRADE_REQUIRED
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /ws/chat/{chatId}/ | UPGRADE_REQUIRED
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /ws/notifications/ | UPGRADE_REQUIRED
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /ws/consultations/{consultationId}/ | UPGRADE_REQUIRED
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/chats/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/chats/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/chats/search/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | GET /api/chats/{id:guid}/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | PATCH /api/chats/{id:guid}/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | GET /api/chats/{id:guid}/messages/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | POST /api/chats/{id:guid}/messages/
        401  ok   404  403  404  404  404  404  404  404  404  404  404 | PUT /api/chats/{id:guid}/messages/{messageId:guid}/
        401  ok   404  403  404  404  404  404  404  404  404  404  404 | DELETE /api/chats/{id:guid}/messages/{messageId:guid}/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | POST /api/chats/{id:guid}/read/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | GET /api/chats/{id:guid}/participants/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | POST /api/chats/{id:guid}/participants/
        401  ok   404  403  404  404  404  404  404  404  404  404  404 | DELETE /api/chats/{id:guid}/participants/{userId:guid}/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | GET /api/chats/{id:guid}/invitations/
        401  403  404  ok   404  404  404  404  404  404  404  404  404 | POST /api/chats/{id:guid}/invitations/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | POST /api/chats/{id:guid}/invitations/accept/
        401  ok   404  ok   404  404  404  404  404  404  404  404  404 | POST /api/chats/{id:guid}/invitations/decline/

        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/labs/tests/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/labs/tests/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/labs/tests/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PUT /api/labs/tests/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PATCH /api/labs/tests/{id:guid}/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/labs/panels/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/labs/panels/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/labs/panels/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PUT /api/labs/panels/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PATCH /api/labs/panels/{id:guid}/
        401  ok   ok   ok   ok   ok   ok   403  403  403  403  403  403 | GET /api/labs/orders/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/labs/orders/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/labs/orders/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/labs/orders/{id:guid}/cancel/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | POST /api/labs/orders/{id:guid}/start/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | POST /api/labs/orders/{id:guid}/results/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/labs/orders/{id:guid}/results/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/labs/orders/{id:guid}/review/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | GET /api/labs/orders/{id:guid}/samples/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | POST /api/labs/orders/{id:guid}/samples/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | POST /api/labs/orders/{id:guid}/samples/{sampleId:guid}/receive/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | POST /api/labs/orders/{id:guid}/samples/{sampleId:guid}/reject/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | GET /api/labs/orders/{id:guid}/samples/{sampleId:guid}/label/
        401  ok   ok   ok   ok   ok   ok   403  403  403  403  403  403 | GET /api/labs/results/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/labs/results/trends/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/labs/results/{id:guid}/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/labs/results/{id:guid}/versions/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/labs/results/{id:guid}/report/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | PUT /api/labs/results/{id:guid}/report/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | POST /api/labs/results/{id:guid}/correct/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | POST /api/labs/results/{id:guid}/cancel/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/labs/results/{id:guid}/review/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/labs/collections/
        401  ok   404  404  404  404  ok   ok   404  ok   404  404  404 | POST /api/labs/collections/
        401  ok   404  ok   404  404  ok   ok   404  ok   404  ok   ok  | GET /api/labs/collections/{id:guid}/
        401  ok   404  403  404  404  ok   ok   404  ok   404  ok   ok  | POST /api/labs/collections/{id:guid}/move/
        401  ok   404  403  404  404  ok   ok   404  ok   404  ok   ok  | POST /api/labs/collections/{id:guid}/cancel/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/labs/collection-times/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/labs/clinics/{id:guid}/collection-hours/
        401  403  403  403  403  403  403  ok   403  ok   403  ok   ok  | PUT /api/labs/clinics/{id:guid}/collection-hours/
        401  403  403  403  403  403  ok   403  403  403  403  ok   ok  | GET /api/labs/imports/
        401  403  403  403  403  403  ok   403  403  403  403  ok   ok  | POST /api/labs/imports/
        401  403  403  403  403  403  ok   403  403  403  403  ok   ok  | GET /api/labs/quarantine/
        401  403  403  403  403  403  ok   403  403  403  403  ok   ok  | GET /api/labs/quarantine/{id:guid}/
        401  403  403  403  403  403  ok   403  403  403  403  ok   ok  | POST /api/labs/quarantine/{id:guid}/resolve/
        401  403  403  403  403  403  ok   403  403  403  403  ok   ok  | POST /api/labs/quarantine/{id:guid}/dismiss/

        """;

    /// <summary>
    /// Where the product does not keep its promise yet: principal, what it answers instead of the table's cell, the routes (a star for any text), why.
    /// A line that is no longer true fails.
    /// </summary>
    public const string Differences = "";
}
