namespace Careline.Tests.Authorization;

/// <content>Prescriptions, medicines, and what is measured and called out beside them.</content>
internal static partial class AuthorizationTable
{
    private const string Medicines =
        """


        401  ok   ok   ok   ok   ok   ok   403  403  403  ok   403  403 | GET /api/prescriptions/
        401  ok   404  ok   404  404  ok   403  403  403  404  403  403 | GET /api/prescriptions/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/prescriptions/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | PUT /api/prescriptions/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | PATCH /api/prescriptions/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | DELETE /api/prescriptions/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/prescriptions/{id:guid}/overrides/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/prescriptions/{id:guid}/sign/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/prescriptions/{id:guid}/cancel/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/prescriptions/{id:guid}/supersede/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | POST /api/prescriptions/{id:guid}/repeat/
        401  ok   404  ok   404  404  403  403  403  403  403  403  403 | POST /api/prescriptions/{id:guid}/send/
        401  ok   404  ok   404  404  ok   403  403  403  404  403  403 | GET /api/prescriptions/{id:guid}/document.pdf/
        401  ok   404  ok   404  404  ok   403  403  403  404  403  403 | GET /api/prescriptions/{id:guid}/dispenses/
        401  403  403  403  403  403  403  403  403  403  404  403  403 | POST /api/prescriptions/{id:guid}/dispense/
        401  403  403  403  403  403  403  403  403  403  404  403  403 | POST /api/prescriptions/{id:guid}/dispenses/{dispenseId:guid}/reverse/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/prescriptions/verify/{code}/
        401  403  403  403  403  403  403  403  403  403  ok   403  403 | POST /api/prescriptions/verify/{code}/dispense/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/prescriptions/keys/
        401  403  403  ok   ok   ok   403  403  403  403  403  ok   ok  | GET /api/prescriptions/analytics/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/prescriptions/schedule/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/prescriptions/reminders/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/prescriptions/reminders/settings/
        401  ok   404  403  404  404  403  403  403  403  403  403  403 | PUT /api/prescriptions/reminders/settings/
        401  ok   404  403  404  404  403  403  403  403  403  404  404 | POST /api/prescriptions/reminders/{id:guid}/taken/
        401  ok   404  403  404  404  403  403  403  403  403  404  404 | POST /api/prescriptions/reminders/{id:guid}/skipped/
        401  403  403  ok   ok   ok   403  403  403  403  403  403  403 | GET /api/prescriptions/templates/
        401  403  403  ok   ok   ok   403  403  403  403  403  403  403 | POST /api/prescriptions/templates/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | GET /api/prescriptions/templates/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | PUT /api/prescriptions/templates/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | PATCH /api/prescriptions/templates/{id:guid}/
        401  403  403  ok   404  404  403  403  403  403  403  403  403 | DELETE /api/prescriptions/templates/{id:guid}/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/pharmacies/

        401  403  403  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/alerts/
        401  403  403  ok   404  404  ok   404  404  404  404  404  404 | GET /api/alerts/{id:guid}/
        401  403  403  ok   404  404  ok   404  404  404  404  404  404 | POST /api/alerts/{id:guid}/acknowledge/
        401  403  403  ok   404  404  ok   404  404  404  404  404  404 | POST /api/alerts/{id:guid}/hand-over/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/patients/{id:guid}/vital-signs/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/patients/{id:guid}/vital-signs/trends/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/patients/{id:guid}/vital-targets/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | POST /api/patients/{id:guid}/vital-targets/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | DELETE /api/patients/{id:guid}/vital-targets/{targetId:guid}/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | GET /api/patients/{id:guid}/devices/
        401  403  403  ok   404  404  ok   403  403  403  403  403  403 | GET /api/patients/{id:guid}/devices/suspect-readings/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | POST /api/patients/{id:guid}/devices/pairing-code/
        401  ok   404  ok   404  404  ok   403  403  403  403  403  403 | DELETE /api/patients/{id:guid}/devices/{deviceId:guid}/
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/devices/pair/ | PAIRING_CODE_INVALID
        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | POST /api/devices/readings/ | INVALID_TOKEN
        401  ok   ok   ok   ok   ok   ok   403  403  403  ok   ok   ok  | POST /api/prescriptions/check-interactions/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/medicines/
        401  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  | GET /api/medicines/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/medicines/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | POST /api/medicines/imports/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PUT /api/medicines/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | PATCH /api/medicines/{id:guid}/
        401  403  403  403  403  403  403  403  403  403  403  ok   ok  | DELETE /api/medicines/{id:guid}/
        """;
}
