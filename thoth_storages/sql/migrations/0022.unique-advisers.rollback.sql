-- What was merged stays merged: equal rows say nothing twice.
DROP INDEX provenance_checker_run_key;
DROP INDEX adviser_run_key;
