-- Settings that were changed while the application runs; what is absent is as the installation's files say. Each change is kept.
CREATE TABLE platform.settings (
    key        text PRIMARY KEY,
    value      text NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE TABLE platform.setting_changes (
    id         uuid PRIMARY KEY,
    key        text NOT NULL,
    value      text,
    reason     text NOT NULL,
    changed_by uuid NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX setting_changes_by_key ON platform.setting_changes (key, id DESC);

CREATE FUNCTION platform.refuse_setting_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Who changed which setting stays written.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER setting_changes_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON platform.setting_changes FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_setting_change();
