-- Every host keeps the clinics that the public finds in memory, and is told here which to read anew, whoever wrote: one signal for a statement, and one for all when a statement
-- touched more than can be named.
CREATE FUNCTION clinics.tell(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(ids) > 1000 THEN
        PERFORM pg_notify('careline', 'found_clinic:*');
    ELSE
        -- A signal holds 8,000 bytes.
        PERFORM pg_notify('careline', 'found_clinic:' || array_to_string(ids[i:i + 199], ',')) FROM generate_series(1, cardinality(ids), 200) AS i;
    END IF;
END $$;

CREATE FUNCTION clinics.tell_clinics() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM clinics.tell(array_agg(id)) FROM changed;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_added AFTER INSERT ON clinics.clinics REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clinics.tell_clinics();
CREATE TRIGGER tell_changed AFTER UPDATE ON clinics.clinics REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clinics.tell_clinics();

CREATE FUNCTION clinics.tell_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM clinics.tell(array_agg(DISTINCT clinic_id)) FROM changed;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_added AFTER INSERT ON clinics.opening_hours REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clinics.tell_parts();
CREATE TRIGGER tell_changed AFTER UPDATE ON clinics.opening_hours REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clinics.tell_parts();
CREATE TRIGGER tell_removed AFTER DELETE ON clinics.opening_hours REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clinics.tell_parts();
CREATE TRIGGER tell_added AFTER INSERT ON clinics.services REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clinics.tell_parts();
CREATE TRIGGER tell_changed AFTER UPDATE ON clinics.services REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clinics.tell_parts();
CREATE TRIGGER tell_added AFTER INSERT ON clinics.pictures REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clinics.tell_parts();
CREATE TRIGGER tell_changed AFTER UPDATE ON clinics.pictures REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clinics.tell_parts();
CREATE TRIGGER tell_removed AFTER DELETE ON clinics.pictures REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clinics.tell_parts();

-- Who runs a clinic is shown more of it than others.
CREATE TRIGGER tell_added AFTER INSERT ON clinics.staff REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clinics.tell_parts();
CREATE TRIGGER tell_changed AFTER UPDATE ON clinics.staff REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION clinics.tell_parts();
