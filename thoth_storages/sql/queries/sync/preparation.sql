-- name: settle_plans
-- Have this transaction plan each of its statements once a connection, and look rows up by indexes.
--
-- All of them look up a few rows for each element of an array, however many: one plan fits all, and without these settings
-- the server would plan anew for each array shorter than its guess of ten (0.2 ms a statement, and more than running it). It
-- keeps that plan until the table is analyzed: made while an empty database begins to fill, it would go on reading whole
-- tables for each element.
-- returns: [(plan_cache_mode, enable_seqscan)]
SELECT
  set_config('plan_cache_mode', 'force_generic_plan', TRUE) AS plan_cache_mode,
  set_config('enable_seqscan', 'off', TRUE) AS enable_seqscan;
