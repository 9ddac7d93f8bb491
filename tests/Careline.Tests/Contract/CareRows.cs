namespace Careline.Tests.Contract;

internal static class CareRows
{
    /// <summary>What the documented interface promises of refusals, scheduling, consultations and the service itself, in the columns of <see cref="PeopleRows"/>; a tilde stands for a space.</summary>
    public const string Reviewed =
        """
        POST /api/auth/register/ | - | anyone | - {"email":"x"} | 400 refusal error.code=VALIDATION_ERROR errors.password errors.first_name error.details.last_name
        POST /api/auth/register/ | - | anyone | - {"email":"x","password":"y","first_name":"A","last_name":"B","phone":"z"} | 400 refusal error.code=VALIDATION_ERROR errors.email errors.password errors.phone error.details.email
        POST /api/auth/register/ | - | anyone | - {"email":"a@b.test","email":"c@d.test"} | 400 refusal error.code
        POST /api/appointments/ | /api/appointments/api/appointments/ | patient | - { | 400 refusal error.code=MALFORMED_JSON
        GET /api/appointments/ | /api/appointments/api/appointments/ | anyone | - | 401 refusal error.code=AUTHENTICATION_REQUIRED
        POST /api/consultations/ | /api/consultations/api/consultations/ | anyone | - | 401 refusal error.code=AUTHENTICATION_REQUIRED
        POST /api/auth/refresh/ | - | anyone | - | 401 refusal error.code=INVALID_TOKEN
        POST /api/auth/login/ | - | anyone | - | 401 refusal error.code=INVALID_CREDENTIALS
        POST /api/auth/verify-otp/ | - | anyone | - | 401 refusal error.code=OTP_INVALID
        POST /api/auth/login/ | - | anyone | the sign-in of a disabled account | 403 refusal error.code=ACCOUNT_DISABLED
        POST /api/time-slots/ | /api/appointments/api/time-slots/ | patient | a free time | 403 refusal error.code=PERMISSION_DENIED
        GET /api/patients/{id}/ | /api/patients/api/patients/{id}/ | other patient | - | 404 refusal error.code=NOT_FOUND
        GET /api/appointments/{id}/ | /api/appointments/api/appointments/{id}/ | other patient | - | 404 refusal error.code=NOT_FOUND
        POST /api/appointments/ | /api/appointments/api/appointments/ | patient | a taken time | 409 refusal error.code=SLOT_TAKEN error.details.alternatives
        POST /api/appointments/{id}/complete/ | /api/appointments/api/appointments/{id}/complete/ | doctor | a booked visit | 409 refusal error.code
        PATCH /api/appointments/{id}/ | /api/appointments/api/appointments/{id}/ | patient | a stale tag {"reason":"Fever"} | 412 refusal error.code=PRECONDITION_FAILED
        POST /api/appointments/ | /api/appointments/api/appointments/ | patient | a word that is no JSON | 415 refusal error.code=UNSUPPORTED_MEDIA_TYPE
        POST /api/appointments/ | /api/appointments/api/appointments/ | patient | a key used before | 422 refusal error.code=IDEMPOTENCY_KEY_REUSED
        POST /api/auth/verify-email/send/ | - | newcomer | an address just asked to confirm | 429 refusal error.code=RATE_LIMITED

        GET /api/time-slots/ | /api/appointments/api/time-slots/ | anyone | an offer | 200 page id doctor_id start end time_zone date start_time end_time available=true ?start_date ?end_date ?available_only=true ?day_part=morning
        POST /api/time-slots/ | /api/appointments/api/time-slots/ | newcomer | a free time | 201 created id doctor_id start end time_zone date start_time=09:00:00 end_time=09:30:00 available=true
        POST /api/time-slots/create_bulk_slots/ | /api/appointments/api/time-slots/create_bulk_slots/ | newcomer | a free morning | 201 created created skipped
        GET /api/time-slots/{id}/ | /api/appointments/api/time-slots/{id}/ | newcomer | a slot | 200 object id doctor_id start available=true
        PUT /api/time-slots/{id}/ | /api/appointments/api/time-slots/{id}/ | newcomer | a slot and another time | 200 state id start_time=15:00:00 end_time=15:30:00
        PATCH /api/time-slots/{id}/ | /api/appointments/api/time-slots/{id}/ | newcomer | a slot {"end_time":"09:20:00"} | 200 state id end_time=09:20:00
        DELETE /api/time-slots/{id}/ | /api/appointments/api/time-slots/{id}/ | newcomer | a slot | 204 empty
        GET /api/waitlist/ | - | patient | - | 200 page
        POST /api/calendar/feeds/ | - | patient | - | 201 created id url
        GET /api/doctors/{id}/availability/ | - | doctor | - | 200 object doctor_id time_zone slot_minutes buffer_before_minutes buffer_after_minutes minimum_notice_minutes horizon_days booking_policy rules
        GET /api/doctors/{id}/availability/ | - | receptionist | - | 200 object doctor_id rules
        PUT /api/doctors/{id}/availability/ | - | newcomer | working hours | 200 state time_zone=Africa/Lagos slot_minutes=20 buffer_before_minutes=5 buffer_after_minutes=5 minimum_notice_minutes=60 horizon_days=730 booking_policy=approval rules
        GET /api/doctors/{id}/availability/exceptions/ | - | doctor | - | 200 page id kind start_date end_date
        POST /api/doctors/{id}/availability/exceptions/ | - | newcomer | a day off | 201 created id kind=day_off date
        POST /api/doctors/{id}/availability/exceptions/ | - | newcomer | extra hours | 201 created id kind=extra_day start_date end_date start_time=09:00:00
        GET /api/doctors/{id}/availability/exceptions/{exceptionId}/ | - | newcomer | a kept day off | 200 object id kind=day_off reason=Leave
        PUT /api/doctors/{id}/availability/exceptions/{exceptionId}/ | - | newcomer | a kept day off | 200 state id kind=day_off
        PATCH /api/doctors/{id}/availability/exceptions/{exceptionId}/ | - | newcomer | a kept day off {"reason":"Surgery"} | 200 state reason=Surgery
        DELETE /api/doctors/{id}/availability/exceptions/{exceptionId}/ | - | newcomer | a kept day off | 204 empty
        GET /api/time-slots/ | /api/appointments/api/time-slots/ | anyone | computed times | 200 page id doctor_id start end time_zone date start_time end_time available=true
        POST /api/appointments/ | /api/appointments/api/appointments/ | newcomer | a computed time | 201 created id status=scheduled
        GET /api/doctor-availability/ | /api/appointments/api/doctor-availability/ | anyone | an offer | 200 object doctor_id ?doctor ?date ?start_date ?end_date

        GET /api/appointments/ | /api/appointments/api/appointments/ | patient | - | 200 page id number status status_display doctor.id doctor.user_id doctor.name doctor.specializations patient.id patient.name start end time_zone date start_time end_time
        GET /api/appointments/ | /api/appointments/api/appointments/ | doctor | - | 200 page id ?status=in_progress ?doctor ?patient ?clinic ?date ?start_date ?end_date ?upcoming=true ?search=own
        GET /api/appointments/ | /api/appointments/api/appointments/ | receptionist | - | 200 page id reason contact_phone
        POST /api/appointments/ | /api/appointments/api/appointments/ | patient | - | 201 created id number status=scheduled status_display=Scheduled duration_minutes=30 visit_type modality urgency reason=Cough symptoms notes contact_phone can_cancel=true can_reschedule=true can_join created_at updated_at version
        POST /api/appointments/ | /api/appointments/api/appointments/ | newcomer | a start | 201 created id status=scheduled
        POST /api/appointments/ | /api/appointments/api/appointments/ | newcomer | a date and a time | 201 created id status=scheduled start_time=09:00:00
        GET /api/appointments/{id}/ | /api/appointments/api/appointments/{id}/ | patient | - | 200 object id number status=in_progress status_display=In~Progress doctor.name patient.name start end version
        GET /api/appointments/{id}/ | /api/appointments/api/appointments/{id}/ | doctor | - | 200 object id number patient.name
        PUT /api/appointments/{id}/ | /api/appointments/api/appointments/{id}/ | patient | a booked visit {"reason":"Fever","visit_type":"follow_up","urgency":"HIGH"} | 200 state reason=Fever visit_type=follow_up urgency=high
        PATCH /api/appointments/{id}/ | /api/appointments/api/appointments/{id}/ | patient | a booked visit {"reason":"Fever"} | 200 state reason=Fever symptoms version
        DELETE /api/appointments/{id}/ | /api/appointments/api/appointments/{id}/ | patient | a booked visit | 204 empty
        POST /api/appointments/{id}/confirm/ | /api/appointments/api/appointments/{id}/confirm/ | doctor | a booked visit | 200 object id status=confirmed
        POST /api/appointments/{id}/cancel/ | /api/appointments/api/appointments/{id}/cancel/ | patient | a booked visit {"reason":"Better"} | 200 object id status=cancelled
        POST /api/appointments/{id}/reschedule/ | /api/appointments/api/appointments/{id}/reschedule/ | patient | a booked visit and another time | 200 object id status=scheduled start_time=11:00:00
        POST /api/appointments/{id}/check-in/ | /api/appointments/api/appointments/{id}/check-in/ | patient | a booked visit | 200 object id status=checked_in
        POST /api/appointments/{id}/start/ | /api/appointments/api/appointments/{id}/start/ | doctor | a booked visit | 200 object id status=in_progress
        POST /api/appointments/{id}/complete/ | /api/appointments/api/appointments/{id}/complete/ | doctor | a started appointment | 200 object id status=completed
        POST /api/appointments/{id}/no-show/ | /api/appointments/api/appointments/{id}/no-show/ | doctor | a visit whose time has passed | 200 object id status=no_show
        GET /api/appointments/{id}/history/ | - | patient | - | 200 page event from_status to_status at
        POST /api/appointments/holds/ | - | newcomer | a time to hold | 201 created id expires_at
        DELETE /api/appointments/holds/{id}/ | - | newcomer | a hold | 204 empty
        POST /api/appointments/ | /api/appointments/api/appointments/ | newcomer | a hold to book | 201 created id status=scheduled
        POST /api/appointments/series/ | - | newcomer | a visit that comes again | 201 created booked conflicts
        POST /api/appointments/series/ | - | newcomer | a visit that cannot come again | 409 refusal error.code=SERIES_CONFLICT error.details.conflicts
        GET /api/queue/ | - | newcomer | a visit in the line | 200 page appointment_id number status=checked_in date position=1 expected_wait.minutes ?doctor ?clinic
        POST /api/appointments/ | /api/appointments/api/appointments/ | newcomer | a time squeezed in | 201 created id status=scheduled duration_minutes=15
        GET /api/appointment-requests/ | - | patient | - | 200 page id status preferred_date day_part urgency doctor.id patient.id
        POST /api/appointment-requests/ | - | newcomer | a wish | 201 created id status=requested preferred_date day_part=morning urgency=high reason=Cough expires_at
        POST /api/appointment-requests/ | - | newcomer | an exact wish | 201 created id status=requested start
        GET /api/appointment-requests/{id}/ | - | newcomer | a request | 200 object id status=requested preferred_date
        POST /api/appointment-requests/{id}/accept/ | - | newcomer | a request to answer | 200 object id status=scheduled start
        POST /api/appointment-requests/{id}/reject/ | - | newcomer | a request to answer | 200 object id status=rejected
        POST /api/appointment-requests/{id}/cancel/ | - | newcomer | a request | 200 object id status=cancelled
        GET /api/appointments/upcoming/ | /api/appointments/api/upcoming/ , /api/appointments/api/appointments/upcoming/ | patient | - | 200 page id start
        GET /api/appointments/today/ | /api/appointments/api/today/ , /api/appointments/api/appointments/today/ | doctor | - | 200 any
        GET /api/appointments/statistics/ | /api/appointments/api/statistics/ , /api/appointments/api/appointments/statistics/ | patient | - | 200 object

        GET /api/consultations/ | /api/consultations/api/consultations/ | patient | - | 200 page id status status_display doctor patient !private_notes
        GET /api/consultations/ | /api/consultations/api/consultations/ | doctor | - | 200 page id ?status=in_progress ?patient ?doctor ?date
        POST /api/consultations/ | /api/consultations/api/consultations/ | doctor | a booked visit to open | 201 created id status=planned appointment_id
        POST /api/consultations/ | /api/consultations/api/consultations/ | doctor | a visit to book and open | 201 created id status=planned appointment_id
        GET /api/consultations/{id}/ | /api/consultations/api/consultations/{id}/ | doctor | a visit with private notes | 200 object id status=in_progress chief_complaint history_of_present_illness medical_history examination_findings investigations assessment diagnosis treatment_plan follow_up_instructions review_date private_notes=Worried started_at ended_at duration_minutes vital_signs prescriptions notes diagnoses
        GET /api/consultations/{id}/ | /api/consultations/api/consultations/{id}/ | patient | a visit with private notes | 200 object id chief_complaint vital_signs prescriptions notes diagnoses !private_notes
        PUT /api/consultations/{id}/ | /api/consultations/api/consultations/{id}/ | doctor | a visit going on {"chief_complaint":"Cough","private_notes":"Worried"} | 200 state chief_complaint=Cough private_notes=Worried
        PATCH /api/consultations/{id}/ | /api/consultations/api/consultations/{id}/ | doctor | a visit going on {"assessment":"Cold"} | 200 state assessment=Cold
        DELETE /api/consultations/{id}/ | /api/consultations/api/consultations/{id}/ | doctor | a planned visit | 204 empty
        POST /api/consultations/{id}/start/ | /api/consultations/{id}/start_consultation/ , /api/consultations/api/consultations/{id}/start_consultation/ , /api/consultations/api/consultations/{id}/start/ | doctor | a planned visit | 200 object id status=in_progress started_at
        POST /api/consultations/{id}/complete/ | /api/consultations/{id}/complete_consultation/ , /api/consultations/api/consultations/{id}/complete_consultation/ , /api/consultations/api/consultations/{id}/complete/ | doctor | a visit going on | 200 object id status=completed ended_at duration_minutes
        POST /api/consultations/{id}/cancel/ | - | doctor | a planned visit | 200 object id status=cancelled
        POST /api/consultations/{id}/addenda/ | - | doctor | a visit that is over {"content":"And a cough"} | 201 created id content
        POST /api/consultations/{id}/vital-signs/ | /api/consultations/api/consultations/{id}/vital-signs/ | doctor | - {"systolic":128,"diastolic":82,"heart_rate":96,"temperature":38.4,"respiratory_rate":22,"oxygen_saturation":95,"weight":70,"height":170,"blood_glucose":95,"pain_score":2,"consciousness":"alert","on_oxygen":false} | 201 created id bmi=24.2 news2_score=5 news2_risk=medium
        GET /api/consultations/{id}/vital-signs/ | /api/consultations/api/consultations/{id}/vital-signs/ | patient | - | 200 page id heart_rate
        POST /api/consultations/{id}/vital-signs/ | /api/consultations/api/consultations/{id}/vital-signs/ | nurse | - {"heart_rate":72} | 201 created id heart_rate=72
        POST /api/consultations/{id}/vital-signs/ | /api/consultations/api/consultations/{id}/vital-signs/ | doctor | - {"heart_rate":7200} | 400 refusal error.code=VALIDATION_ERROR errors.heart_rate
        POST /api/consultations/{id}/prescriptions/ | /api/consultations/api/consultations/{id}/prescriptions/ | doctor | - {"medication_name":"Amoxicillin","form":"capsule","strength":"500 mg","dosage":"500 mg","route":"oral","frequency":"thrice_daily","duration_days":7,"quantity":21,"refills":0,"instructions":"With food"} | 201 created id status medication_name=Amoxicillin dosage frequency duration_days=7 quantity=21
        GET /api/consultations/{id}/prescriptions/ | /api/consultations/api/consultations/{id}/prescriptions/ | patient | - | 200 page id status medication_name
        POST /api/consultations/{id}/notes/ | /api/consultations/api/consultations/{id}/notes/ | doctor | - {"note_type":"plan","title":"Next","content":"Rest"} | 201 created id note_type=plan title=Next content=Rest
        GET /api/consultations/{id}/notes/ | /api/consultations/api/consultations/{id}/notes/ | doctor | - | 200 page id note_type content
        POST /api/consultations/{id}/diagnoses/ | - | doctor | - {"text":"Asthma","code":"J45.9"} | 201 created id text=Asthma code=J45.9 kind confidence
        GET /api/consultations/{id}/diagnoses/ | - | doctor | - | 200 page id text code kind confidence

        GET /api/notifications/ | - | newcomer | a booked visit that was told | 200 feed id category=appointment severity=success type=scheduling.booked title body about.kind=appointment created_at ?unread=true ?category=appointment ?severity=success ?mark_read=false
        POST /api/notifications/{id}/read/ | - | patient | - | 200 object count
        POST /api/notifications/read-all/ | - | patient | - | 200 object count
        GET /api/notifications/preferences/ | - | patient | - | 200 state choices version
        PUT /api/notifications/preferences/ | - | patient | - {"language":"fr","time_zone":"Africa/Lagos","quiet_hours":{"from":"22:00:00","until":"07:00:00"},"reminder_offsets":[60],"choices":[{"category":"reminder","channel":"sms","is_on":true}]} | 200 state language=fr time_zone=Africa/Lagos quiet_hours.from=22:00:00 reminder_offsets choices
        PATCH /api/notifications/preferences/ | - | patient | - {"language":"en"} | 200 state language=en
        GET /api/reminders/ | - | newcomer | a booked visit that was told | 200 page id appointment_id start channel offset_minutes due_at status=planned status_display=Planned why ?status=planned ?channel=email

        GET /api/prescriptions/ | - | patient | - | 200 page id number status=active status_display patient.id doctor.id lines safety.safety_check issued_at valid_until verify_code ?status=active ?ordering=-created_at
        POST /api/prescriptions/ | - | doctor | - | 201 created id number status=draft lines safety.findings safety.not_checked
        GET /api/prescriptions/{id}/ | - | patient | - | 200 state id number status=active lines
        POST /api/prescriptions/{id}/sign/ | - | doctor | - | 409 refusal error.code=PRESCRIPTION_FINAL
        POST /api/prescriptions/{id}/cancel/ | - | doctor | - {"reason":""} | 400 refusal error.code=VALIDATION_ERROR
        POST /api/prescriptions/{id}/dispense/ | - | doctor | - | 403 refusal error.code=PERMISSION_DENIED
        GET /api/prescriptions/{id}/document.pdf/ | - | patient | - | 200 document
        GET /api/prescriptions/verify/{code}/ | - | anyone | - | 200 object validity=valid number patient_initials doctor_name lines
        GET /api/prescriptions/reminders/ | - | patient | - | 200 page id line_id due_at status=planned ?status=planned
        GET /api/prescriptions/analytics/ | - | doctor | - | 200 object signed by_status lines medicines overrides
        GET /api/pharmacies/ | - | anyone | - | 200 page
        POST /api/prescriptions/check-interactions/ | - | doctor | - {"medicines":[{"medication_name":"Warfarin"},{"medication_name":"Ibuprofen"}]} | 200 object safety_check interrupts=true findings not_checked data_version
        GET /api/medicines/ | - | patient | - | 200 page id name ?search=amox
        GET /api/labs/tests/ | - | patient | - | 200 page id code name ?search=glucose
        GET /api/labs/orders/ | - | doctor | - | 200 page id number status
        POST /api/labs/orders/ | - | doctor | - | 201 created id number status
        GET /api/labs/results/ | - | doctor | - | 200 page id

        POST /api/realtime/tickets/ | - | patient | - | 201 created ticket expires_in=30
        GET /api/chats/ | - | patient | - | 200 page id type status participants last_seq unread_count ?type=direct
        POST /api/chats/ | - | patient | - {"type":"support"} | 201 created id type=support status=active participants
        GET /api/chats/{id}/ | - | doctor | - | 200 state id type=direct status=active appointment_id patient_id participants last_seq
        PATCH /api/chats/{id}/ | - | doctor | - {"title":"After~the~visit"} | 200 state id title
        GET /api/chats/{id}/messages/ | - | doctor | - | 200 feed id seq chat_id sender.id sender.name content at ?after_seq=0 ?before_seq=9 ?limit=5
        POST /api/chats/{id}/messages/ | - | patient | - | 201 created id seq sender.id content at
        GET /api/chats/{id}/participants/ | - | doctor | - | 200 page user_id name role status read_seq delivered_seq
        POST /api/chats/{id}/participants/ | - | doctor | - | 409 refusal error.code=INVITATION_NEEDED
        GET /api/chats/{id}/invitations/ | - | doctor | - | 200 page
        POST /api/chats/{id}/invitations/ | - | doctor | - | 201 created id user_id status=pending expires_at
        POST /api/chats/{id}/invitations/accept/ | - | doctor | - | 409 refusal error.code=NOT_INVITED
        POST /api/chats/{id}/invitations/decline/ | - | doctor | - | 409 refusal error.code=NOT_INVITED
        POST /api/chats/{id}/read/ | - | patient | - | 200 object read_seq unread_count
        POST /api/consultations/{id}/session/ | /api/consultations/api/consultations/{id}/session/ | doctor | a visit going on | 200 object ice_servers ticket opens_at closes_at role=doctor is_open=true
        POST /api/consultations/{id}/session/ | /api/consultations/api/consultations/{id}/session/ | patient | a planned visit | 200 object ice_servers ticket opens_at closes_at role=patient is_open=false
        POST /api/consultations/{id}/session/ | /api/consultations/api/consultations/{id}/session/ | patient | a visit that is over | 409 refusal error.code=VISIT_OVER
        GET /ws/consultations/{consultationId}/ | - | anyone | - | 426 refusal error.code=UPGRADE_REQUIRED
        GET /ws/chat/ | - | anyone | - | 426 refusal error.code=UPGRADE_REQUIRED
        GET /ws/chat/{chatId}/ | - | anyone | - | 426 refusal error.code=UPGRADE_REQUIRED
        GET /ws/notifications/ | - | anyone | - | 426 refusal error.code=UPGRADE_REQUIRED

        GET / | - | anyone | - | 200 object version modules
        GET /api/docs/ | - | anyone | - | 200 document
        GET /api/redoc/ | - | anyone | - | 200 document
        GET /api/schema/ | - | anyone | - | 200 bare openapi paths
        GET /health/ | - | anyone | - | 200 bare status=up
        GET /health/database/ | - | anyone | - | 200 bare status=up
        GET /health/redis/ | - | anyone | - | 200 bare status=not_configured
        GET /health/detailed/ | - | admin | - | 200 bare status
        """;
}
