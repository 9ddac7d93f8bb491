-- Where clinics are, for modules above; and a signal to every host when what they show of a clinic changes, which is rare.
CREATE OR REPLACE VIEW clinics.clinic_rows AS
    SELECT id, name, time_zone, latitude, longitude, is_verified AND status = 'active' AS is_open FROM clinics.clinics;

CREATE FUNCTION clinics.tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('careline', 'clinic:' || NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER tell_change AFTER UPDATE OF name, latitude, longitude, is_verified, status ON clinics.clinics
    FOR EACH ROW EXECUTE FUNCTION clinics.tell_change();
