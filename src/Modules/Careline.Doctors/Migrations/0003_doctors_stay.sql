-- Rows of doctors.doctors stay: see docs/decisions/0014.
CREATE TRIGGER doctors_stay BEFORE DELETE OR TRUNCATE OR UPDATE OF id ON doctors.doctors FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_removal();
