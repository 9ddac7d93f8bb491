-- Whether scheduling keeps working hours for the doctor: told by scheduling, and read with the row that every booking and every list of times reads anyway,
-- so that doctors who offer their times one by one pay for no look at hours that they do not keep.
ALTER TABLE doctors.doctors ADD COLUMN has_schedule boolean NOT NULL DEFAULT false;
CREATE OR REPLACE VIEW doctors.doctor_rows AS
    SELECT id, account_id, name, specializations, time_zone, is_listed AS is_bookable, fee_amount, fee_currency, has_schedule FROM doctors.doctors;
