-- What was taken back is released to nobody, however that came about.
UPDATE labs.results SET released_at = NULL WHERE state = 'cancelled' AND released_at IS NOT NULL;
ALTER TABLE labs.results DROP CONSTRAINT results_no_preliminary_released,
    ADD CONSTRAINT results_released_holds CHECK (released_at IS NULL OR (state <> 'preliminary' AND state <> 'cancelled'));
