-- In one order, whoever adds them: two who add the same words at once each waited for the other, and of a crowd some lost that race three times.
CREATE OR REPLACE FUNCTION doctors.keep_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM doctors.specialization_terms WHERE specialization_id = NEW.id;
    INSERT INTO doctors.specialization_terms (term, specialization_id)
        SELECT DISTINCT t, NEW.id FROM unnest(NEW.terms || NEW.id::text) AS t ORDER BY 1;
    RETURN NULL;
END $$;
