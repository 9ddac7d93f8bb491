-- What is signed is frozen as the text that the signature covers; whether the rows still say the same is asked whenever somebody verifies.
ALTER TABLE prescriptions.prescriptions
    ADD general_advice   text,
    ADD diet_advice      text,
    ADD fluid_advice     text,
    ADD lifestyle_advice text,
    ADD next_visit       date,
    ADD supersedes_id    uuid CONSTRAINT prescriptions_supersedes REFERENCES prescriptions.prescriptions (id) DEFERRABLE INITIALLY DEFERRED,
    ADD valid_until      timestamptz,
    ADD signed_content   text,
    ADD signature        bytea,
    ADD verify_code      text CONSTRAINT prescriptions_verify_code UNIQUE,
    ADD ended_at         timestamptz,
    ADD end_reason       text,
    ADD safety           jsonb,
    ADD pharmacy_id      uuid CONSTRAINT prescriptions_pharmacy REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    ADD sent_at          timestamptz,
    ADD CONSTRAINT prescriptions_signed CHECK ((signature IS NULL) = (signed_content IS NULL));

-- One correction at a time.
CREATE UNIQUE INDEX prescriptions_one_successor ON prescriptions.prescriptions (supersedes_id) WHERE supersedes_id IS NOT NULL AND status <> 'cancelled';
CREATE INDEX prescriptions_by_pharmacy ON prescriptions.prescriptions (pharmacy_id, sent_at) WHERE pharmacy_id IS NOT NULL;
CREATE INDEX prescriptions_by_status ON prescriptions.prescriptions (status, created_at);

-- Never more is handed out than was prescribed: the database counts, whoever comes at once. A line without a quantity is handed out whole.
ALTER TABLE prescriptions.prescription_lines
    ADD medicine_id uuid,
    ADD timing      text,
    ADD dispensed   integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT prescription_lines_timing CHECK (timing IN ('with_food', 'empty_stomach', 'bedtime', 'before_breakfast', 'after_breakfast', 'before_lunch',
        'after_lunch', 'before_dinner', 'after_dinner', 'custom')),
    ADD CONSTRAINT prescription_lines_dispensed CHECK (dispensed >= 0 AND dispensed <= coalesce(quantity, 1)::bigint * (1 + coalesce(refills, 0)));

-- Why a prescriber went on although a check said stop.
CREATE TABLE prescriptions.overrides (
    id              uuid PRIMARY KEY,
    prescription_id uuid NOT NULL CONSTRAINT overrides_prescription REFERENCES prescriptions.prescriptions (id) DEFERRABLE INITIALLY DEFERRED,
    finding         text NOT NULL,
    code            text NOT NULL,
    severity        text NOT NULL,
    reason          text NOT NULL,
    account_id      uuid NOT NULL CONSTRAINT overrides_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    at              timestamptz NOT NULL,
    CONSTRAINT overrides_once UNIQUE (prescription_id, finding),
    CONSTRAINT overrides_severity CHECK (severity IN ('minor', 'moderate', 'major', 'contraindicated'))
);
CREATE INDEX overrides_by_time ON prescriptions.overrides (at);

-- What a pharmacy handed out. A mistake is taken back, never removed.
CREATE TABLE prescriptions.dispenses (
    id              uuid PRIMARY KEY,
    prescription_id uuid NOT NULL CONSTRAINT dispenses_prescription REFERENCES prescriptions.prescriptions (id) DEFERRABLE INITIALLY DEFERRED,
    line_id         uuid NOT NULL CONSTRAINT dispenses_line REFERENCES prescriptions.prescription_lines (id) DEFERRABLE INITIALLY DEFERRED,
    clinic_id       uuid NOT NULL CONSTRAINT dispenses_clinic REFERENCES clinics.clinics (id) DEFERRABLE INITIALLY DEFERRED,
    account_id      uuid NOT NULL CONSTRAINT dispenses_account REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    quantity        integer NOT NULL,
    batch           text,
    note            text,
    at              timestamptz NOT NULL,
    reversed_at     timestamptz,
    reversed_by     uuid CONSTRAINT dispenses_reversed_by REFERENCES accounts.accounts (id) DEFERRABLE INITIALLY DEFERRED,
    reverse_reason  text,
    CONSTRAINT dispenses_quantity CHECK (quantity > 0),
    CONSTRAINT dispenses_reversed CHECK ((reversed_at IS NULL) = (reversed_by IS NULL))
);
CREATE INDEX dispenses_by_prescription ON prescriptions.dispenses (prescription_id, at);
CREATE INDEX dispenses_by_line ON prescriptions.dispenses (line_id);
CREATE INDEX dispenses_by_clinic ON prescriptions.dispenses (clinic_id, at);

-- What a doctor prescribes again and again.
CREATE TABLE prescriptions.templates (
    id         uuid PRIMARY KEY,
    doctor_id  uuid NOT NULL CONSTRAINT templates_doctor REFERENCES doctors.doctors (id) DEFERRABLE INITIALLY DEFERRED,
    name       text NOT NULL,
    sheet      jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    removed_at timestamptz,
    version    integer NOT NULL
);
CREATE INDEX templates_by_doctor ON prescriptions.templates (doctor_id, name) WHERE removed_at IS NULL;
