namespace Careline.Tests.Contract;

internal static class LaterRows
{
    /// <summary>
    /// What the documented interface promises and the product does not have yet: methods, path, what it is part of. The paths lead nowhere; a line
    /// whose path leads somewhere fails, and moves to the table of what is promised. 405 stands before a path that has other methods, or would if its last
    /// word were an id.
    /// </summary>
    public const string Reviewed =
        """
        405 GET,PUT /api/patients/{id}/proxies/{proxyId}/ | a link is changed in part and read in its list
        404 GET /fhir/r4/metadata | FHIR
        """;

    /// <summary>Filters that are promised and not there yet: the list's route, the filter, what it is part of.</summary>
    public const string Filters = "";

    /// <summary>What the product has beside those promises, by the word of its OpenAPI document: methods and path, what it is for.</summary>
    public const string Extras =
        """
        GET /api/ | the list of modules, for programs
        POST /dev/clock/ | trying expiries without waiting
        GET /dev/inbox/ | reading what was sent
        GET /api/audit/ | audit
        GET /api/audit/export/ | audit
        GET /api/audit/exposure/ | audit
        GET,POST /api/audit/breaches/ | register of breaches
        GET,PATCH /api/audit/breaches/{id}/ | register of breaches
        POST /api/audit/breaches/{id}/patients/ | register of breaches
        POST /api/audit/breaches/{id}/notify/ | register of breaches
        POST /api/audit/breaches/{id}/close/ | register of breaches
        GET /api/audit/breaches/{id}/notice/ | register of breaches
        GET,POST /api/audit/processing/ | record of processing activities
        GET,PUT,PATCH,DELETE /api/audit/processing/{id}/ | record of processing activities
        GET /api/configuration/ | settings that are changed while it runs
        PUT /api/configuration/{key}/ | settings that are changed while it runs
        GET /api/configuration/{key}/history/ | settings that are changed while it runs
        GET /api/system/notice/ | what people are told of the installation
        GET /api/system/statistics/ | the installation in figures
        GET /api/system/jobs/ | how recurring work goes
        GET /api/system/dead-letters/ | events that were set aside
        POST /api/system/dead-letters/replay/ | events that were set aside
        POST /api/system/dead-letters/{id}/replay/ | events that were set aside
        POST /api/system/dead-letters/{id}/discard/ | events that were set aside
        GET /api/system/undelivered-messages/ | messages that were given up
        GET,POST /api/eclinic/clinics/ | clinics
        GET,PUT,PATCH /api/eclinic/clinics/{id}/ | clinics
        GET,POST /api/eclinic/clinics/{id}/staff/ | staff of clinics
        DELETE /api/eclinic/clinics/{id}/staff/{staffId}/ | staff of clinics
        GET,POST /api/eclinic/clinics/{id}/inventory/items/ | what clinics keep in stock
        GET,PUT,PATCH /api/eclinic/clinics/{id}/inventory/items/{itemId}/ | what clinics keep in stock
        POST /api/eclinic/clinics/{id}/inventory/items/{itemId}/batches/ | what clinics keep in stock
        GET /api/eclinic/clinics/{id}/inventory/batches/ | what clinics keep in stock
        POST /api/eclinic/clinics/{id}/inventory/batches/{batchId}/correct/ | what clinics keep in stock
        GET,POST /api/eclinic/clinics/{id}/inventory/movements/ | what clinics keep in stock
        POST /api/eclinic/clinics/{id}/inventory/transfers/ | what clinics keep in stock
        GET,POST /api/eclinic/clinics/{id}/inventory/counts/ | what clinics keep in stock
        GET,POST /api/eclinic/clinics/{id}/inventory/suppliers/ | what clinics keep in stock
        PUT /api/eclinic/clinics/{id}/inventory/suppliers/{supplierId}/ | what clinics keep in stock
        GET,POST /api/eclinic/clinics/{id}/inventory/orders/ | what clinics keep in stock
        GET /api/eclinic/clinics/{id}/inventory/orders/{orderId}/ | what clinics keep in stock
        POST /api/eclinic/clinics/{id}/inventory/orders/{orderId}/deliveries/ | what clinics keep in stock
        POST /api/eclinic/clinics/{id}/inventory/orders/{orderId}/cancel/ | what clinics keep in stock
        GET /api/eclinic/clinics/{id}/inventory/summary/ | what clinics keep in stock
        POST /api/eclinic/clinics/{id}/staff/{staffId}/role/ | staff of clinics
        GET,PUT /api/eclinic/clinics/{id}/staff/{staffId}/hours/ | when the staff of clinics works
        POST /api/eclinic/clinics/{id}/verify/ | clinics that others register
        PUT /api/eclinic/clinics/{id}/opening-hours/ | when clinics are open
        GET,POST /api/eclinic/clinics/{id}/pictures/ | pictures of clinics
        GET,DELETE /api/eclinic/clinics/{id}/pictures/{pictureId}/ | pictures of clinics
        GET /api/eclinic/clinics/{id}/pictures/{pictureId}/thumbnail/ | pictures of clinics, small
        PUT /api/eclinic/clinics/{id}/pictures/{pictureId}/cover/ | pictures of clinics
        GET,POST /api/eclinic/clinics/{id}/rooms/ | rooms of clinics
        GET,PUT,DELETE /api/eclinic/clinics/{id}/rooms/{roomId}/ | rooms of clinics
        POST /api/eclinic/clinics/{id}/services/ | services of clinics
        GET,PUT,PATCH,DELETE /api/eclinic/clinics/{id}/services/{serviceId}/ | services of clinics
        GET,POST /api/eclinic/clinics/{id}/reviews/ | reviews of clinics
        GET,PUT,DELETE /api/eclinic/clinics/{id}/reviews/{reviewId}/ | reviews of clinics
        PUT,DELETE /api/eclinic/clinics/{id}/reviews/{reviewId}/reply/ | the clinic's answer to a review
        POST /api/eclinic/clinics/{id}/reviews/{reviewId}/report/ | moderation of reviews of clinics
        POST /api/eclinic/clinics/{id}/reviews/{reviewId}/hide/ | moderation of reviews of clinics
        POST /api/eclinic/clinics/{id}/reviews/{reviewId}/restore/ | moderation of reviews of clinics
        GET /api/eclinic/clinics/{id}/patients/ | patients of clinics
        GET /api/eclinic/clinics/{id}/appointments/ | calendars of clinics
        GET /api/doctors/{id}/clinics/ | doctors in several clinics
        PUT,DELETE /api/doctors/{id}/clinics/{clinicId}/ | doctors in several clinics
        GET /api/eclinic/clinics/reviews/ | reviews of clinics, for who moderates
        GET,POST /api/patients/me/data-requests/ | requests of data subjects
        GET,PUT /api/eclinic/clinics/{id}/reminders/ | when a clinic has its patients reminded
        GET /api/chats/search/ | finding messages by their words
        PUT,DELETE /api/chats/{id}/messages/{messageId}/ | correcting and taking back what one said
        DELETE /api/chats/{id}/participants/{userId}/ | leaving a chat, which its own tests ask for
        GET /api/notifications/unread-count/ | how many notifications are new
        DELETE /api/notifications/{id}/ | taking a notification out of the list
        GET /api/notifications/push-key/ | notifications on devices
        GET,POST /api/notifications/push-subscriptions/ | notifications on devices
        DELETE /api/notifications/push-subscriptions/{id}/ | notifications on devices
        GET,POST /api/data-requests/ | requests of data subjects
        GET /api/data-requests/{id}/ | requests of data subjects
        POST /api/data-requests/{id}/decide/ | requests of data subjects
        POST /api/data-requests/{id}/close/ | requests of data subjects
        GET,PUT,DELETE /api/patients/{id}/legal-hold/ | what erasure must leave
        GET /api/consents/texts/ | consents
        GET,POST /api/patients/me/consents/ | consents
        POST /api/patients/me/consents/withdraw/ | consents
        GET,POST /api/patients/me/dependants/ | dependants
        POST /api/patients/proxies/accept/ | proxies
        POST /api/patients/{id}/proxies/{proxyId}/end/ | proxies, ended by an administrator
        POST /api/auth/step-up/options/ | stepping up by passkey
        GET,POST /api/patients/{id}/grants/ | access by grant
        DELETE /api/patients/{id}/grants/{grantId}/ | access by grant
        GET,PUT,DELETE /api/specializations/{id}/ | the managed list, one by one
        PUT,PATCH,DELETE /api/prescriptions/{id}/ | drafts of prescriptions
        POST /api/prescriptions/{id}/overrides/ | going past what a check found
        POST /api/prescriptions/{id}/supersede/ | correcting prescriptions
        POST /api/prescriptions/{id}/repeat/ | prescribing again
        POST /api/prescriptions/{id}/send/ | sending to pharmacies
        GET /api/prescriptions/{id}/dispenses/ | what was handed out
        POST /api/prescriptions/{id}/dispenses/{dispenseId}/reverse/ | what was handed out
        POST /api/prescriptions/verify/{code}/dispense/ | handing out by the code on paper
        GET /api/prescriptions/keys/ | verifying offline
        GET /api/prescriptions/schedule/ | what a patient takes
        GET,PUT /api/prescriptions/reminders/settings/ | reminders of medicines
        POST /api/prescriptions/reminders/{id}/taken/ | reminders of medicines
        POST /api/prescriptions/reminders/{id}/skipped/ | reminders of medicines
        GET,POST /api/prescriptions/templates/ | templates of prescriptions
        GET,PUT,PATCH,DELETE /api/prescriptions/templates/{id}/ | templates of prescriptions
        GET,POST /api/consultations/{id}/lab-orders/ | orders of laboratory tests
        POST /api/labs/tests/ | the catalogue of tests
        GET,PUT,PATCH /api/labs/tests/{id}/ | the catalogue of tests
        GET,POST /api/labs/panels/ | the catalogue of tests
        GET,PUT,PATCH /api/labs/panels/{id}/ | the catalogue of tests
        GET /api/labs/orders/{id}/ | orders of laboratory tests
        POST /api/labs/orders/{id}/cancel/ | orders of laboratory tests
        POST /api/labs/orders/{id}/start/ | orders of laboratory tests
        GET,POST /api/labs/orders/{id}/results/ | results of laboratories
        POST /api/labs/orders/{id}/review/ | results of laboratories
        GET,POST /api/labs/orders/{id}/samples/ | samples
        POST /api/labs/orders/{id}/samples/{sampleId}/receive/ | samples
        POST /api/labs/orders/{id}/samples/{sampleId}/reject/ | samples
        GET /api/labs/orders/{id}/samples/{sampleId}/label/ | samples
        GET /api/labs/results/trends/ | results of laboratories
        GET /api/labs/results/{id}/ | results of laboratories
        GET /api/labs/results/{id}/versions/ | results of laboratories
        GET,PUT /api/labs/results/{id}/report/ | results of laboratories
        POST /api/labs/results/{id}/correct/ | results of laboratories
        POST /api/labs/results/{id}/cancel/ | results of laboratories
        POST /api/labs/results/{id}/review/ | results of laboratories
        GET,POST /api/labs/collections/ | times at which samples are taken
        GET /api/labs/collections/{id}/ | times at which samples are taken
        POST /api/labs/collections/{id}/move/ | times at which samples are taken
        POST /api/labs/collections/{id}/cancel/ | times at which samples are taken
        GET /api/labs/collection-times/ | times at which samples are taken
        GET,PUT /api/labs/clinics/{id}/collection-hours/ | times at which samples are taken
        GET,POST /api/labs/imports/ | results of laboratories' systems
        GET /api/labs/quarantine/ | results of laboratories' systems
        GET /api/labs/quarantine/{id}/ | results of laboratories' systems
        POST /api/labs/quarantine/{id}/resolve/ | results of laboratories' systems
        POST /api/labs/quarantine/{id}/dismiss/ | results of laboratories' systems
        POST /api/medicines/ | the catalogue of medicines
        GET,PUT,PATCH,DELETE /api/medicines/{id}/ | the catalogue of medicines
        POST /api/medicines/imports/ | the catalogue of medicines
        GET,POST /api/medical-files/{id}/versions/ | earlier contents of documents
        GET /api/medical-files/{id}/versions/{number}/content/ | earlier contents of documents
        POST /api/medical-files/{id}/links/ | documents in a browser
        GET /api/medical-files/links/{link}/ | documents in a browser
        GET /api/medical-files/{id}/thumbnail/ | small copies of pictures, which their own tests ask for
        OPTIONS,POST /api/medical-files/uploads/ | uploads in pieces, which their own tests ask for
        HEAD,PATCH,DELETE /api/medical-files/uploads/{id}/ | uploads in pieces, which their own tests ask for
        GET /api/medical-files/packet/ | chosen documents at once
        GET /api/medical-files/shared/{token}/ | documents shared by a link
        POST /api/records/ | the same as at /api/medical-files/
        GET /api/consultations/statistics/ | counts of visits
        GET,POST,DELETE /api/appointments/{id}/reschedule-proposal/ | another time that the other side agrees to, which its own tests ask for
        POST /api/appointments/{id}/reschedule-proposal/accept/ | another time that the other side agrees to
        POST /api/appointments/{id}/reschedule-proposal/decline/ | another time that the other side agrees to
        POST /api/appointments/{id}/ready/ | the live queue
        POST /api/appointments/{id}/leave/ | the live queue
        GET /api/appointments/{id}/invite.ics/ | calendars, which their own tests ask for
        GET /api/calendar/feeds/ | calendars
        GET /api/calendar/feeds/{token}.ics/ | calendars, which their own tests ask for
        DELETE /api/calendar/feeds/{id}/ | calendars, which their own tests ask for
        POST /api/calendar/feeds/{id}/renew/ | a feed's address anew
        GET,POST /api/calendar/outside/ | calendars that doctors keep elsewhere
        GET,DELETE /api/calendar/outside/{id}/ | calendars that doctors keep elsewhere
        POST /api/waitlist/ | the waiting list, which its own tests ask for
        GET,DELETE /api/waitlist/{id}/ | the waiting list, which its own tests ask for
        POST /api/waitlist/{id}/accept/ | the waiting list, which its own tests ask for
        POST /api/waitlist/{id}/decline/ | the waiting list, which its own tests ask for
        GET,PUT,DELETE /api/auth/profile/picture/ | a picture of one's own
        GET /api/auth/profile/picture/thumbnail/ | a picture of one's own, small
        GET /api/doctors/credentials/ | credentials that run out or wait to be looked at
        GET,PUT,DELETE /api/doctors/{id}/credentials/{lineId}/paper/ | copies of credentials
        POST /api/doctors/{id}/credentials/{lineId}/verify/ | credentials that were looked at
        PUT /api/doctors/me/presence/ | presence, which its own tests ask for
        GET /api/doctors/reviews/ | reviews, for who moderates
        POST /api/doctors/{id}/reviews/ | reviews, which their own tests ask for
        GET,PUT,PATCH,DELETE /api/doctors/{id}/reviews/{reviewId}/ | one review
        PUT,DELETE /api/doctors/{id}/reviews/{reviewId}/reply/ | the doctor's answer to a review
        POST /api/doctors/{id}/reviews/{reviewId}/hide/ | moderation of reviews
        POST /api/doctors/{id}/reviews/{reviewId}/report/ | moderation of reviews
        POST /api/doctors/{id}/reviews/{reviewId}/restore/ | moderation of reviews
        POST /api/consultations/{id}/session/confirmation/ | who the patient is, where they are and how they are reached
        GET /api/consultations/{id}/session/events/ | what happened in the room of a visit
        GET,POST /api/consultations/{id}/session/guests/ | asking a third person into a visit
        DELETE /api/consultations/{id}/session/guests/{guestId}/ | taking that back
        POST /api/consultations/{id}/session/guests/accept/ | coming as a third person
        GET /api/alerts/ | what cannot wait, which its own tests ask for
        GET /api/alerts/{id}/ | what cannot wait, which its own tests ask for
        POST /api/alerts/{id}/acknowledge/ | what cannot wait, which its own tests ask for
        POST /api/alerts/{id}/hand-over/ | what cannot wait, which its own tests ask for
        GET /api/patients/{id}/vital-signs/ | what was measured over time
        GET /api/patients/{id}/vital-signs/trends/ | what was measured over time
        GET,POST /api/patients/{id}/vital-targets/ | a patient's own targets
        DELETE /api/patients/{id}/vital-targets/{targetId}/ | a patient's own targets
        GET /api/patients/{id}/devices/ | devices of patients
        DELETE /api/patients/{id}/devices/{deviceId}/ | devices of patients
        POST /api/patients/{id}/devices/pairing-code/ | devices of patients
        GET /api/patients/{id}/devices/suspect-readings/ | devices of patients, what is kept apart
        POST /api/devices/pair/ | devices of patients, which their own tests ask for
        POST /api/devices/readings/ | devices of patients, which their own tests ask for
        POST /api/payments/{id}/checkout/ | going to a gateway
        GET /api/payments/checkout/{token}/ | going to a gateway
        GET,POST /api/payments/return/{reference}/ | coming back from a gateway
        POST /api/payments/{id}/receive/ | paying at the practice
        POST /api/payments/{id}/cancel/ | calling a payment off
        POST /api/payments/{id}/verify/ | asking a gateway
        GET /api/payments/{id}/refunds/ | what went back
        GET /api/payments/refunds/ | what went back
        POST /api/payments/refunds/{id}/retry/ | what went back
        GET,POST /api/consultations/{id}/charges/ | what a visit costs beyond its fee
        DELETE /api/consultations/{id}/charges/{chargeId}/ | what a visit costs beyond its fee
        GET,PUT /api/prescriptions/{id}/quote/ | what a pharmacy asks
        GET /api/payments/ledger/ | the books
        GET,POST /api/payments/plans/ | plans
        GET,PUT,DELETE /api/payments/plans/{id}/ | plans
        POST /api/payments/subscriptions/ | subscribing to plans
        GET /api/payments/subscriptions/{id}/ | subscribing to plans
        POST /api/payments/subscriptions/{id}/pause/ | subscribing to plans
        POST /api/payments/subscriptions/{id}/resume/ | subscribing to plans
        POST /api/payments/subscriptions/{id}/cancel/ | subscribing to plans
        POST /api/payments/subscriptions/{id}/change/ | subscribing to plans
        GET,POST /api/payments/payouts/ | paying out what is owed
        GET /api/payments/payouts/{id}/ | paying out what is owed
        POST /api/payments/payouts/{id}/pay/ | paying out what is owed
        POST /api/payments/payouts/{id}/cancel/ | paying out what is owed
        GET /api/payments/payouts/statement/ | paying out what is owed
        POST /api/payments/razorpay/create-order/ | Razorpay's kit for apps
        POST /api/payments/razorpay/verify-payment/ | Razorpay's kit for apps
        GET /api/payments/razorpay/order-status/{order}/ | Razorpay's kit for apps
        DELETE /api/payments/methods/{id}/ | ways to pay that a gateway keeps
        POST /api/payments/methods/{id}/default/ | ways to pay that a gateway keeps
        GET,PUT,DELETE /api/payments/coupons/{id}/ | coupons, one by one
        POST /api/payments/coupons/check/ | trying a coupon
        GET /api/payments/disputes/{id}/ | disputes, one by one
        POST /api/payments/disputes/{id}/answer/ | disputes, one by one
        GET /api/payments/discrepancies/ | what gateways say and the books do not
        POST /api/payments/discrepancies/{id}/resolve/ | what gateways say and the books do not
        GET /api/payments/invoices/{id}/document.pdf/ | receipts and credit notes on paper
        GET /api/payments/invoices/{id}/ | receipts and credit notes, one by one
        POST /dev/pay/{gateway}/checkout/ | the sandbox of gateways
        GET,POST /dev/pay/{gateway}/{order}/ | the sandbox of gateways
        POST /dev/pay/{gateway}/{order}/dispute/ | the sandbox of gateways
        GET,PUT /api/eclinic/clinics/{id}/payment-terms/ | what a clinic takes and gives
        GET /api/consultations/{id}/history/ | revisions of a visit's document
        GET /api/analytics/reports/vocabulary/ | reports
        GET,POST /api/analytics/reports/ | reports
        POST /api/analytics/reports/run/ | reports
        GET,PUT,PATCH,DELETE /api/analytics/reports/{id}/ | reports
        POST /api/analytics/reports/{id}/run/ | reports
        GET,PUT,DELETE /api/analytics/reports/{id}/schedule/ | reports
        GET,POST /api/analytics/exports/ | exports
        GET /api/analytics/exports/{id}/ | exports
        GET /api/analytics/exports/{id}/file/ | exports
        POST /api/analytics/exports/{id}/cancel/ | exports
        POST /api/analytics/exports/{id}/retry/ | exports
        """;
}
