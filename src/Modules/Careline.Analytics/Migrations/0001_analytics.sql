-- Figures by day: computed from facts, rebuilt from them at any time.
CREATE TABLE analytics.daily_stats (
    family   text NOT NULL,
    day      date NOT NULL,
    scope    text NOT NULL,
    scope_id uuid NOT NULL,
    measure  text NOT NULL,
    part     text NOT NULL,
    value    bigint NOT NULL,
    CONSTRAINT daily_stats_key PRIMARY KEY (scope, scope_id, day, family, measure, part)
);
CREATE INDEX daily_stats_by_day ON analytics.daily_stats (family, day);

-- Days whose facts changed since their figures were computed. Only ever added to, and emptied by the job.
CREATE TABLE analytics.stale_days (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    family text NOT NULL,
    day    date NOT NULL,
    at     timestamptz NOT NULL
);

-- When the figures of a family were computed last, and from which day on they are kept.
CREATE TABLE analytics.families (
    family      text PRIMARY KEY,
    computed_at timestamptz NOT NULL,
    rebuilt_at  timestamptz
);
