-- stage: pre
-- What reads of adviser runs want; times are of 30,000 runs.

-- get_adviser_run_origins_all (distinct 7 ms, now 0.7; a page 8, now 0.3), and by what a user's lock file pins.
CREATE INDEX adviser_run_origin_idx ON adviser_run (origin);

-- get_adviser_run_count_per_source_type and get_origin_count_per_source_type read the whole table (6–10 ms, now 2.5).
CREATE INDEX adviser_run_source_type_origin_idx ON adviser_run (source_type, origin);

-- get_adviser_run_document_ids_all, whose pages are in the order of the runs' dates (5 ms, now 0.4).
CREATE INDEX adviser_run_datetime_idx ON adviser_run (datetime, adviser_document_id);
