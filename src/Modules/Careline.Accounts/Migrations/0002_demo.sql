-- Demo people sign in in Development only, also where their database was copied elsewhere.
ALTER TABLE accounts.accounts ADD COLUMN is_demo boolean NOT NULL DEFAULT false;

-- Which sets of demo people were begun here, and which are whole. One that was begun is told to its end from the same moment.
CREATE TABLE accounts.demo_sets (
    scale       text PRIMARY KEY,
    begun_at    timestamptz NOT NULL,
    finished_at timestamptz
);
