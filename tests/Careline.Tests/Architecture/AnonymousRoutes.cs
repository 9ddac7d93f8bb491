namespace Careline.Tests.Architecture;

internal static class AnonymousRoutes
{
    /// <summary>What people who are not signed in may call, and why. Whoever changes a line has thought about it.</summary>
    public const string Reviewed =
        """
        GET / | The front door.
        GET /api/ | Only a signpost.
        GET /api/calendar/feeds/{token}.ics | Calendar programs cannot sign in; the token in the address is the key.
        GET /api/consents/texts/ | people read what they will be asked before they sign up
        GET /api/doctor-availability/ | People choose a time before they sign in.
        GET /api/doctors/ | people choose a doctor before they sign up
        GET /api/doctors/{id:guid}/ | people choose a doctor before they sign up
        GET /api/doctors/{id:guid}/clinics/ | part of what patients read of a doctor
        GET /api/doctors/{id:guid}/education/ | part of what patients read of a doctor
        GET /api/doctors/{id:guid}/education/{lineId:guid}/ | part of what patients read of a doctor
        GET /api/doctors/{id:guid}/experience/ | part of what patients read of a doctor
        GET /api/doctors/{id:guid}/experience/{lineId:guid}/ | part of what patients read of a doctor
        GET /api/doctors/{id:guid}/reviews/ | part of what patients read of a doctor
        GET /api/doctors/{id:guid}/reviews/{reviewId:guid}/ | part of what patients read of a doctor
        GET /api/eclinic/clinics/ | people choose a clinic before they sign up
        GET /api/eclinic/clinics/{id:guid}/ | people choose a clinic before they sign up
        GET /api/eclinic/clinics/nearby/ | people choose a clinic before they sign up
        GET /api/eclinic/clinics/{id:guid}/pictures/ | part of what patients read of a clinic
        GET /api/eclinic/clinics/{id:guid}/pictures/{pictureId:guid}/ | part of what patients read of a clinic
        GET /api/eclinic/clinics/{id:guid}/pictures/{pictureId:guid}/thumbnail/ | part of what patients read of a clinic
        GET /api/eclinic/clinics/{id:guid}/reviews/ | part of what patients read of a clinic
        GET /api/eclinic/clinics/{id:guid}/reviews/{reviewId:guid}/ | part of what patients read of a clinic
        GET /api/eclinic/clinics/{id:guid}/services/ | people compare prices before they sign up
        GET /api/eclinic/clinics/{id:guid}/services/{serviceId:guid}/ | people compare prices before they sign up
        GET /api/pharmacies/ | people choose a pharmacy before they sign up
        GET /api/prescriptions/keys/ | A public key is public.
        GET /api/prescriptions/verify/{code}/ | The code on the paper is the key; whoever holds the paper has read what it says.
        GET /api/schema/ | Clients are written from it.
        GET /api/specializations/ | a public list of words
        GET /api/specializations/{id:guid}/ | a public list of words
        GET /api/system/notice/ | people read it before they sign in
        GET /api/time-slots/ | People choose a time before they sign in.
        GET /health/ | Load balancers ask without signing in.
        GET /health/database/ | Load balancers ask without signing in.
        GET /health/redis/ | Asked by monitors of older installations.
        GET /dev/inbox/ | Exists in Development only and answers the machine itself only.
        GET /api/medical-files/links/{link}/ | The link is signed, good for a minute, and its person is asked for again.
        GET /api/medical-files/shared/{token}/ | The link is the key; it was given away by the patient.
        POST /api/auth/login/ | This is how people sign in.
        POST /api/auth/mfa/verify/ | The mfa_token shows that the first factor was right.
        POST /api/auth/passkeys/login/ | This is how people sign in.
        POST /api/auth/passkeys/login/options/ | This is how people sign in.
        POST /api/auth/password-reset/ | Whoever forgot the password cannot sign in.
        POST /api/auth/password-reset/confirm/ | The mailed token is the credential.
        POST /api/auth/refresh/ | The refresh token is the credential.
        POST /api/auth/register/ | Nobody has an account before this.
        POST /api/auth/send-otp/ | People without a password sign in by it.
        POST /api/auth/verify-email/ | The mailed token is the credential.
        POST /api/auth/verify-otp/ | People without a password sign in by it.
        POST /api/users/ | Nobody has an account before this.
        POST /api/users/invitations/accept/ | The mailed token is the credential.
        GET /ws/chat/ | People sign in on the socket itself: by header, by ticket or by its first frame.
        GET /ws/chat/{chatId}/ | People sign in on the socket itself: by header, by ticket or by its first frame.
        GET /ws/notifications/ | People sign in on the socket itself: by header, by ticket or by its first frame.
        GET /ws/consultations/{consultationId}/ | People sign in on the socket itself: by header, by ticket or by its first frame.
        POST /api/devices/pair/ | A device has no account; the code that somebody typed into it is the key.
        POST /api/devices/readings/ | A device has no account; the token that it got when it was paired is the key.
        GET /api/payments/plans/ | Prices are public.
        GET /api/payments/plans/{id:guid}/ | Prices are public.
        GET /api/payments/checkout/{token}/ | The link is the key, and nothing can be done with it but pay.
        GET /api/payments/return/{reference}/ | The reference is known to the payer and the gateway alone, and shows only whether it is paid.
        POST /api/payments/return/{reference}/ | The reference is known to the payer and the gateway alone, and shows only whether it is paid.
        POST /api/payments/webhooks/{gateway}/ | The gateway's signature is the credential.
        POST /dev/clock/ | Exists in Development only and answers the machine itself only.
        GET /dev/pay/{gateway}/{order}/ | Exists in Development only and answers the machine itself only.
        POST /dev/pay/{gateway}/checkout/ | Exists in Development only and answers the machine itself only.
        POST /dev/pay/{gateway}/{order}/ | Exists in Development only and answers the machine itself only.
        POST /dev/pay/{gateway}/{order}/dispute/ | Exists in Development only and answers the machine itself only.
        """;
}
