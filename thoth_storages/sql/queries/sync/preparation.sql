-- name: settle_plans
-- Have this transaction plan each of its statements once a connection, and look rows up by indexes.
--
-- All of them look up a few rows for each element of an array, however many: one plan fits all, and without these settings
-- the server would plan anew for each array shorter than its guess of ten (0.2 ms a statement, and more than running it). It
-- keeps that plan until the table is analyzed: made while an empty database begins to fill, it would go on reading whole
-- tables for each element. A table without a fitting index is read whole all the same, at a cost that makes the server
-- compile the statement first (1 s, where reading takes 0.1 ms): so that is switched off as well.
-- returns: [(plan_cache_mode, enable_seqscan, jit)]
SELECT
  set_config('plan_cache_mode', 'force_generic_plan', TRUE) AS plan_cache_mode,
  set_config('enable_seqscan', 'off', TRUE) AS enable_seqscan,
  set_config('jit', 'off', TRUE) AS jit;
