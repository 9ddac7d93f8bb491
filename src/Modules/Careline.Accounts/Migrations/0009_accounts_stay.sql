-- Rows of accounts.accounts stay: see docs/decisions/0014.
CREATE TRIGGER accounts_stay BEFORE DELETE OR TRUNCATE OR UPDATE OF id ON accounts.accounts FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_removal();
