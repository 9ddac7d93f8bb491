ALTER TABLE accounts.passkey_challenges
    DROP CONSTRAINT passkey_challenges_purpose,
    ADD CONSTRAINT passkey_challenges_purpose CHECK (purpose IN ('registration', 'sign_in', 'second_factor', 'step_up'));
