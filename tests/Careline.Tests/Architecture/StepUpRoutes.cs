namespace Careline.Tests.Architecture;

internal static class StepUpRoutes
{
    /// <summary>What asks for a recent sign-in: signing, exporting, roles, ways in. Whoever takes a line out has thought about it.</summary>
    public const string Reviewed =
        """
        DELETE /api/auth/mfa/totp/
        DELETE /api/auth/passkeys/{id:guid}/
        DELETE /api/eclinic/clinics/{id:guid}/staff/{staffId:guid}/
        GET /api/analytics/exports/{id:guid}/file/
        GET /api/audit/export/
        GET /api/medical-files/packet/
        GET /api/patients/me/export/
        PATCH /api/users/{id:guid}/
        POST /api/analytics/exports/
        POST /api/analytics/exports/{id:guid}/retry/
        POST /api/auth/mfa/recovery-codes/
        POST /api/auth/mfa/totp/
        POST /api/auth/mfa/totp/confirm/
        POST /api/auth/passkeys/
        POST /api/auth/passkeys/options/
        POST /api/consultations/{id:guid}/prescriptions/
        POST /api/eclinic/clinics/{id:guid}/staff/
        POST /api/eclinic/clinics/{id:guid}/staff/{staffId:guid}/role/
        PATCH /api/prescriptions/{id:guid}/
        POST /api/prescriptions/
        POST /api/prescriptions/{id:guid}/overrides/
        POST /api/prescriptions/{id:guid}/repeat/
        POST /api/prescriptions/{id:guid}/sign/
        POST /api/prescriptions/{id:guid}/supersede/
        PUT /api/prescriptions/{id:guid}/
        POST /api/payments/disputes/{id:guid}/answer/
        POST /api/payments/payouts/
        POST /api/payments/payouts/{id:guid}/cancel/
        POST /api/payments/payouts/{id:guid}/pay/
        POST /api/payments/refunds/{id:guid}/retry/
        POST /api/payments/{id:guid}/refund/
        PUT /api/eclinic/clinics/{id:guid}/payment-terms/
        PUT /api/configuration/{key}/
        POST /api/system/dead-letters/replay/
        POST /api/system/dead-letters/{id:guid}/discard/
        POST /api/system/dead-letters/{id:guid}/replay/
        POST /api/users/invitations/
        """;
}
