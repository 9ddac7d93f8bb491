-- Whoever takes part in a chat of a patient does so for as long as they treat the patient or act for them: but for the patient, and for whom the patient asked.
UPDATE messaging.participants p SET needs_care = true
FROM messaging.chats c JOIN patients.patient_rows own ON own.id = c.patient_id
WHERE c.id = p.chat_id AND c.type <> 'support' AND NOT p.needs_care AND own.account_id IS DISTINCT FROM p.account_id
    AND NOT EXISTS (SELECT FROM messaging.invitations i
        WHERE i.chat_id = c.id AND i.account_id = p.account_id AND i.status = 'accepted' AND i.invited_by = own.account_id);
