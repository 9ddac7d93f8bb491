-- What was set aside is nobody's result, and what it says may be of anybody: it is not kept.
UPDATE labs.quarantined_results SET content = NULL WHERE status = 'dismissed';
