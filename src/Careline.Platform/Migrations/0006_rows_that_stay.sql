-- For the tables that everything else points at: their rows are marked, anonymised or ended, and never removed, whoever asks. So an id that
-- was read from one of them stays good, and the busiest tables need not look each of theirs up again (docs/decisions/0014).
CREATE FUNCTION platform.refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of %.% are never removed, and keep their id.', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
