-- Where a doctor is found beside the clinics, in the doctor's own words.
ALTER TABLE doctors.doctors ADD COLUMN latitude double precision, ADD COLUMN longitude double precision,
    ADD CONSTRAINT doctors_place CHECK ((latitude IS NULL) = (longitude IS NULL) AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180);
CREATE VIEW doctors.doctor_places AS
    SELECT id AS doctor_id, latitude, longitude FROM doctors.doctors WHERE latitude IS NOT NULL
    UNION ALL
    SELECT l.doctor_id, c.latitude, c.longitude FROM doctors.doctor_clinics l JOIN clinics.clinic_rows c ON c.id = l.clinic_id
    WHERE c.is_open AND c.latitude IS NOT NULL;

-- Every host keeps the list in memory and is told here whom to read anew, whoever wrote: one signal for a statement, and one for everybody when a
-- statement touched more than can be named.
CREATE FUNCTION doctors.tell(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(ids) > 1000 THEN
        PERFORM pg_notify('careline', 'doctor:*');
    ELSE
        -- A signal holds 8,000 bytes.
        PERFORM pg_notify('careline', 'doctor:' || array_to_string(ids[i:i + 199], ',')) FROM generate_series(1, cardinality(ids), 200) AS i;
    END IF;
END $$;

CREATE FUNCTION doctors.tell_doctors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM doctors.tell(array_agg(id)) FROM changed;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_added AFTER INSERT ON doctors.doctors REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION doctors.tell_doctors();
CREATE TRIGGER tell_changed AFTER UPDATE ON doctors.doctors REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION doctors.tell_doctors();

CREATE FUNCTION doctors.tell_free_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM doctors.tell(array_agg(DISTINCT doctor_id)) FROM changed;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_added AFTER INSERT ON doctors.free_days REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION doctors.tell_free_days();
CREATE TRIGGER tell_changed AFTER UPDATE ON doctors.free_days REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION doctors.tell_free_days();
CREATE TRIGGER tell_removed AFTER DELETE ON doctors.free_days REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION doctors.tell_free_days();

CREATE FUNCTION doctors.tell_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('careline', 'doctor:*');
    RETURN NULL;
END $$;
CREATE TRIGGER tell_changed AFTER INSERT OR UPDATE OR DELETE ON doctors.specialization_terms FOR EACH STATEMENT EXECUTE FUNCTION doctors.tell_terms();
