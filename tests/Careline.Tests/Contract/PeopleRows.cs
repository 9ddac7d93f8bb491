namespace Careline.Tests.Contract;

internal static class PeopleRows
{
    /// <summary>
    /// What the documented interface promises of accounts and people, a row a line and five columns: method and path with the slash; its
    /// aliases, or a dash; who asks; the subject that is made anew for each asking, or a dash for what the authorization tests ask it with, and
    /// a body where the subject brings none; and the answer: status, form, and what it must hold. Forms are those of <see cref="Forms"/>. A member
    /// may be a path of names, may say its value after an equals sign, and must be absent after an exclamation mark. Of a page each is looked
    /// for in the first row. <c>?name</c> is a filter that the list must know, <c>?name=value</c> one that it is asked with besides.
    /// Written by hand and never taken from the server: where the two differ, it is the server that is mended.
    /// </summary>
    public const string Reviewed =
        """
        POST /api/auth/register/ | - | anyone | a new patient | 201 created user.id user.patient_id user.user_type=patient access refresh token_type expires_in
        POST /api/auth/register/ | - | anyone | a new doctor | 201 created user.id user.doctor_id user.user_type=doctor access refresh token_type expires_in
        POST /api/auth/login/ | - | anyone | a name and a password | 200 object user.id user.patient_id access refresh token_type expires_in
        POST /api/auth/login/ | - | anyone | an e-mail and a password | 200 object user.id access refresh token_type expires_in
        POST /api/auth/login/ | - | anyone | a phone and a password | 200 object user.id access refresh token_type expires_in
        POST /api/auth/login/ | - | anyone | the sign-in of a second factor | 200 object mfa_required=true mfa_token methods !access !refresh
        POST /api/auth/mfa/verify/ | - | anyone | a recovery code | 200 object user.id access refresh token_type expires_in
        POST /api/auth/send-otp/ | - | anyone | a phone that is known | 200 object challenge_id expires_in resend_in
        POST /api/auth/send-otp/ | - | anyone | a phone that is not known | 200 object challenge_id expires_in resend_in
        POST /api/auth/verify-otp/ | - | anyone | a code by SMS | 200 object is_new_user=true user.patient_id user.user_type=patient access refresh token_type expires_in
        POST /api/auth/refresh/ | - | anyone | a refresh token | 200 object access refresh token_type expires_in
        POST /api/auth/logout/ | - | newcomer | a sign-in | 200 object
        POST /api/auth/step-up/ | - | patient | - | 200 object
        GET /api/auth/profile/ | - | patient | - | 200 object id email first_name last_name phone patient_id bio profile_picture preferences
        GET /api/auth/profile/ | - | doctor | - | 200 object id email first_name last_name phone doctor_id bio profile_picture preferences
        PUT /api/auth/profile/ | - | newcomer | a sign-in {"first_name":"Ada","last_name":"Obi","bio":"Here"} | 200 state first_name=Ada last_name=Obi bio=Here
        PATCH /api/auth/profile/ | - | newcomer | a sign-in {"bio":"There"} | 200 state first_name bio=There
        POST /api/auth/password-change/ | - | newcomer | a new password | 200 object
        POST /api/auth/password-reset/ | - | anyone | - {"email":"nobody@example.test"} | 200 object
        POST /api/auth/password-reset/confirm/ | - | anyone | a forgotten password | 200 object
        POST /api/auth/verify-email/ | - | anyone | a mailed link | 200 object
        POST /api/auth/verify-email/send/ | - | newcomer | an address not yet confirmed | 200 object
        GET /api/auth/sessions/ | - | patient | - | 200 page id device address last_seen_at current
        DELETE /api/auth/sessions/{id}/ | - | newcomer | another sign-in | 204 empty
        POST /api/auth/mfa/totp/ | - | newcomer | a sign-in | 201 created otpauth_uri qr
        POST /api/auth/mfa/totp/confirm/ | - | newcomer | an app's first code | 200 object recovery_codes
        DELETE /api/auth/mfa/totp/ | - | newcomer | a second factor | 204 empty
        POST /api/auth/mfa/recovery-codes/ | - | newcomer | a second factor | 200 object recovery_codes
        POST /api/auth/passkeys/options/ | - | newcomer | a sign-in | 200 object challenge_id public_key
        POST /api/auth/passkeys/ | - | newcomer | a device | 201 created passkey.id
        POST /api/auth/passkeys/login/options/ | - | anyone | - | 200 object challenge_id public_key
        POST /api/auth/passkeys/login/ | - | anyone | a device that answers | 200 object user.id access refresh token_type expires_in
        GET /api/auth/passkeys/ | - | newcomer | a registered device | 200 page id name
        DELETE /api/auth/passkeys/{id}/ | - | newcomer | a registered device | 204 empty

        GET /api/users/ | - | admin | - | 200 page id status roles ?role ?status
        POST /api/users/ | - | anyone | a new patient | 201 created user.id user.patient_id access refresh
        GET /api/users/{id}/ | - | admin | somebody else | 200 object id status roles
        PATCH /api/users/{id}/ | - | admin | somebody else {"status":"disabled"} | 200 state status=disabled
        POST /api/users/invitations/ | - | admin | an address to invite | 201 created id email role=nurse
        POST /api/users/invitations/accept/ | - | anyone | an invitation | 201 created user.id user.user_type=nurse access refresh

        GET /api/patients/ | /api/patients/api/patients/ | doctor | - | 200 page id number name ?gender=female ?is_active=true ?doctor ?clinic ?search=own ?ordering=name
        GET /api/patients/ | /api/patients/api/patients/ | patient | - | 200 page id number name
        POST /api/patients/ | /api/patients/api/patients/ | doctor | - {"first_name":"Newly","last_name":"Registered"} | 201 created id number first_name=Newly
        GET /api/patients/me/ | /api/patients/api/patients/me/ | patient | - | 200 object id user_id number
        GET /api/patients/{id}/ | /api/patients/api/patients/{id}/ | patient | - | 200 object id user_id number first_name last_name
        GET /api/patients/{id}/ | /api/patients/api/patients/{id}/ | doctor | - | 200 object id number first_name last_name
        PUT /api/patients/{id}/ | /api/patients/api/patients/{id}/ | admin | a record {"first_name":"Ada","last_name":"Obi"} | 200 state first_name=Ada last_name=Obi
        PATCH /api/patients/{id}/ | /api/patients/api/patients/{id}/ | admin | a record {"city":"Lagos"} | 200 state first_name city=Lagos
        DELETE /api/patients/{id}/ | /api/patients/api/patients/{id}/ | admin | a record | 204 empty
        GET /api/patients/lookup/ | - | other doctor | - | 200 object id name !email !phone !date_of_birth
        POST /api/patients/{id}/break-glass/ | - | admin | - | 201 created expires_at
        GET /api/patients/{id}/access-log/ | - | patient | - | 200 feed at actor.id actor.name actor.role action purpose
        GET /api/patients/{id}/consultations/ | - | patient | - | 200 page id status doctor !private_notes
        GET /api/patients/{id}/summary/ | - | doctor | - | 200 object
        GET /api/patients/me/export/ | - | patient | - | 200 document
        GET /api/patients/{id}/allergies/ | /api/patients/api/patients/{id}/allergies/ | patient | - | 200 page id substance
        POST /api/patients/{id}/allergies/ | - | doctor | - | 201 created id substance
        GET /api/patients/{id}/allergies/{entryId}/ | - | patient | - | 200 object id substance
        PUT /api/patients/{id}/allergies/{entryId}/ | - | doctor | - | 200 state id substance
        PATCH /api/patients/{id}/allergies/{entryId}/ | - | doctor | - {"reaction":"Rash"} | 200 state id reaction=Rash
        DELETE /api/patients/{id}/allergies/{entryId}/ | - | doctor | - | 204 empty
        GET /api/patients/{id}/conditions/ | - | patient | - | 200 page id text
        POST /api/patients/{id}/conditions/ | - | doctor | - | 201 created id text
        GET /api/patients/{id}/conditions/{entryId}/ | - | patient | - | 200 object id text
        PUT /api/patients/{id}/conditions/{entryId}/ | - | doctor | - | 200 state id text
        PATCH /api/patients/{id}/conditions/{entryId}/ | - | doctor | - {"text":"Hay fever"} | 200 state id text
        DELETE /api/patients/{id}/conditions/{entryId}/ | - | doctor | - | 204 empty
        GET /api/patients/{id}/medications/ | - | patient | - | 200 page id name
        POST /api/patients/{id}/medications/ | - | doctor | - | 201 created id name
        GET /api/patients/{id}/medications/{entryId}/ | - | patient | - | 200 object id name
        PUT /api/patients/{id}/medications/{entryId}/ | - | doctor | - | 200 state id name
        PATCH /api/patients/{id}/medications/{entryId}/ | - | doctor | - {"dosage":"2"} | 200 state id dosage=2
        DELETE /api/patients/{id}/medications/{entryId}/ | - | doctor | - | 204 empty
        GET /api/patients/{id}/immunisations/ | - | patient | - | 200 page id vaccine
        POST /api/patients/{id}/immunisations/ | - | doctor | - | 201 created id vaccine
        GET /api/patients/{id}/immunisations/{entryId}/ | - | patient | - | 200 object id vaccine
        PUT /api/patients/{id}/immunisations/{entryId}/ | - | doctor | - | 200 state id vaccine
        PATCH /api/patients/{id}/immunisations/{entryId}/ | - | doctor | - {"lot":"7"} | 200 state id lot=7
        DELETE /api/patients/{id}/immunisations/{entryId}/ | - | doctor | - | 204 empty
        GET /api/patients/{id}/emergency-contacts/ | - | patient | - | 200 page id name phone
        POST /api/patients/{id}/emergency-contacts/ | - | patient | - | 201 created id name phone
        GET /api/patients/{id}/emergency-contacts/{entryId}/ | - | patient | - | 200 object id name phone
        PUT /api/patients/{id}/emergency-contacts/{entryId}/ | - | patient | - | 200 state id name phone
        PATCH /api/patients/{id}/emergency-contacts/{entryId}/ | - | patient | - {"relation":"aunt"} | 200 state id relation=aunt
        DELETE /api/patients/{id}/emergency-contacts/{entryId}/ | - | patient | - | 204 empty
        GET /api/patients/{id}/insurance/ | - | patient | - | 200 page id provider
        POST /api/patients/{id}/insurance/ | - | patient | - | 201 created id provider
        GET /api/patients/{id}/insurance/{entryId}/ | - | patient | - | 200 object id provider
        PUT /api/patients/{id}/insurance/{entryId}/ | - | patient | - | 200 state id provider
        PATCH /api/patients/{id}/insurance/{entryId}/ | - | patient | - {"plan":"Gold"} | 200 state id plan=Gold
        DELETE /api/patients/{id}/insurance/{entryId}/ | - | patient | - | 204 empty
        GET /api/patients/{id}/notes/ | - | doctor | - | 200 page id content
        POST /api/patients/{id}/notes/ | - | doctor | - | 201 created id content
        GET /api/patients/{id}/notes/{entryId}/ | - | doctor | - | 200 object id content
        PUT /api/patients/{id}/notes/{entryId}/ | - | doctor | - | 200 state id content
        PATCH /api/patients/{id}/notes/{entryId}/ | - | doctor | - {"content":"Calm now"} | 200 state id content
        DELETE /api/patients/{id}/notes/{entryId}/ | - | doctor | - | 204 empty
        GET /api/patients/{id}/proxies/ | - | patient | - | 200 page id relation rights
        POST /api/patients/{id}/proxies/ | - | patient | - | 201 created id relation rights
        PATCH /api/patients/{id}/proxies/{proxyId}/ | - | patient | - {"rights":["read","book"]} | 200 state id rights
        DELETE /api/patients/{id}/proxies/{proxyId}/ | - | patient | - | 204 empty

        GET /api/doctors/ | - | anyone | - | 200 page id user_id name specializations rating review_count fee ?specialization ?min_rating=0 ?max_fee=9000000 ?min_experience=0
        GET /api/doctors/ | - | anyone | - | 200 page id !email !phone ?language ?clinic ?modality=video ?available_on ?search=doc ?ordering=rating ?ordering=-fee ?ordering=experience ?ordering=next_available ?near=6.45,3.39 ?radius_km ?near=6.45,3.39&radius_km=50 ?near=6.45,3.39&ordering=distance
        GET /api/doctors/{id}/reviews/ | - | anyone | - | 200 page
        GET /api/doctors/me/presence/ | - | doctor | - | 200 object state
        GET /api/doctors/{id}/ | - | anyone | - | 200 object id user_id name specializations rating review_count !email !phone
        GET /api/doctors/me/ | - | doctor | - | 200 object id user_id name time_zone
        PUT /api/doctors/me/ | - | other doctor | - {"time_zone":"UTC","bio":"Here"} | 200 state time_zone=UTC bio=Here
        PATCH /api/doctors/me/ | - | other doctor | - {"bio":"There"} | 200 state bio=There
        POST /api/doctors/{id}/verify/ | - | admin | a doctor who waits {"decision":"verified"} | 200 object is_verified=true
        POST /api/doctors/{id}/verify/ | - | admin | a doctor who waits | 200 object is_verified=true
        GET /api/doctors/{id}/education/ | - | anyone | - | 200 page id title organization
        POST /api/doctors/{id}/education/ | - | doctor | - | 201 created id title organization
        GET /api/doctors/{id}/education/{lineId}/ | - | anyone | - | 200 object id title
        PUT /api/doctors/{id}/education/{lineId}/ | - | doctor | - | 200 state id title
        PATCH /api/doctors/{id}/education/{lineId}/ | - | doctor | - {"title":"MD"} | 200 state title=MD
        DELETE /api/doctors/{id}/education/{lineId}/ | - | doctor | - | 204 empty
        GET /api/doctors/{id}/experience/ | - | anyone | - | 200 page id title organization
        POST /api/doctors/{id}/experience/ | - | doctor | - | 201 created id title organization
        GET /api/doctors/{id}/experience/{lineId}/ | - | anyone | - | 200 object id title
        PUT /api/doctors/{id}/experience/{lineId}/ | - | doctor | - | 200 state id title
        PATCH /api/doctors/{id}/experience/{lineId}/ | - | doctor | - {"title":"Consultant"} | 200 state title=Consultant
        DELETE /api/doctors/{id}/experience/{lineId}/ | - | doctor | - | 204 empty
        GET /api/doctors/{id}/credentials/ | - | doctor | - | 200 page id title organization
        POST /api/doctors/{id}/credentials/ | - | doctor | - | 201 created id title organization
        GET /api/doctors/{id}/credentials/{lineId}/ | - | doctor | - | 200 object id title
        PUT /api/doctors/{id}/credentials/{lineId}/ | - | doctor | - | 200 state id title
        PATCH /api/doctors/{id}/credentials/{lineId}/ | - | doctor | - {"title":"Register"} | 200 state title=Register
        DELETE /api/doctors/{id}/credentials/{lineId}/ | - | doctor | - | 204 empty
        GET /api/specializations/ | - | anyone | - | 200 page id name
        POST /api/specializations/ | - | admin | a specialty | 201 created id name

        GET /api/medical-files/ | - | patient | - | 200 page id kind title description file_name media_type size sha256 scan_status is_private patient_id uploaded_by.id version created_at updated_at ?kind=lab_report ?patient ?uploaded_by ?date_from=2020-01-31 ?date_to ?search=report
        POST /api/medical-files/ | - | patient | - | 201 created id kind=lab_report file_name=report.txt media_type=text/plain size sha256 scan_status is_private=false version=1
        GET /api/records/ | - | patient | - | 200 page id kind file_name
        GET /api/patients/{id}/documents/ | - | doctor | - | 200 page id kind file_name
        POST /api/patients/{id}/documents/ | - | doctor | - | 201 created id patient_id uploaded_by.id
        GET /api/medical-files/{id}/ | - | doctor | - | 200 object id kind title description file_name media_type size sha256 scan_status is_private patient_id uploaded_by.id uploaded_by.name version created_at updated_at
        PUT /api/medical-files/{id}/ | - | patient | - {"kind":"xray","title":"Chest"} | 200 state kind=xray title=Chest
        PATCH /api/medical-files/{id}/ | - | patient | - {"description":"Frontal"} | 200 state description=Frontal
        DELETE /api/medical-files/{id}/ | - | patient | - | 204 empty
        GET /api/medical-files/{id}/ | - | other patient | - | 404 refusal error.code=NOT_FOUND
        GET /api/medical-files/{id}/ | - | receptionist | - | 403 refusal error.code=PERMISSION_DENIED
        GET /api/medical-files/{id}/content/ | - | patient | - | 200 document
        POST /api/medical-files/{id}/share/ | - | patient | - {"link":true} | 201 created id url
        GET /api/medical-files/{id}/shares/ | - | patient | - | 200 page id
        DELETE /api/medical-files/{id}/shares/{shareId}/ | - | patient | - | 204 empty
        GET /api/eclinic/clinics/nearby/ | - | anyone | - | 200 page ?open_now=false ?service=x ?max_fee=100&currency=NGN ?is_pharmacy=true ?kind=both ?radius_km=50
        GET /api/eclinic/clinics/{id}/services/ | - | anyone | - | 200 page id name price.amount price.currency duration_minutes modality
        """;
}
