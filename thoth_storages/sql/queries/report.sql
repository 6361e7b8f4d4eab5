-- What a report on a deployment shows: what came into the graph day by day, and what room and which indexes it takes.

-- name: _get_documents_by_day
-- How many documents of each kind were made on each day, how many of them tell an error, and when the newest was made.
--
-- An error of a solver is a package version that couldn't be solved.
-- returns: [{kind, day, documents, errors, newest}]
-- notnull: kind, day, documents, errors, newest
SELECT
  'solver' AS kind,
  s.datetime::date AS day,
  count(DISTINCT s.document_id) AS documents,
  count(DISTINCT s.document_id) FILTER (WHERE s.error) AS errors,
  max(s.datetime) AS newest
FROM solved AS s
GROUP BY s.datetime::date
UNION ALL
SELECT
  'package-extract',
  run.datetime::date,
  count(*),
  count(*) FILTER (WHERE run.package_extract_error),
  max(run.datetime)
FROM package_extract_run AS run
GROUP BY run.datetime::date
UNION ALL
SELECT
  'adviser',
  run.datetime::date,
  count(*),
  count(*) FILTER (WHERE run.adviser_error),
  max(run.datetime)
FROM adviser_run AS run
GROUP BY run.datetime::date
UNION ALL
SELECT
  'provenance-checker',
  run.datetime::date,
  count(*),
  count(*) FILTER (WHERE run.provenance_checker_error),
  max(run.datetime)
FROM provenance_checker_run AS run
GROUP BY run.datetime::date
UNION ALL
SELECT
  'dependency-monkey',
  run.datetime::date,
  count(*),
  count(*) FILTER (WHERE run.dependency_monkey_error),
  max(run.datetime)
FROM dependency_monkey_run AS run
GROUP BY run.datetime::date
UNION ALL
SELECT
  'inspection',
  run.datetime::date,
  count(*),
  0,
  max(run.datetime)
FROM inspection_run AS run
WHERE run.datetime IS NOT NULL  -- those that were only asked for have none
GROUP BY run.datetime::date
UNION ALL
SELECT
  'security-indicators',
  run.datetime::date,
  count(*),
  count(*) FILTER (WHERE run.error),
  max(run.datetime)
FROM si_aggregated_run AS run
GROUP BY run.datetime::date
ORDER BY kind, day;

-- name: _get_solver_results_by_day
-- What solvers said of package versions on each day: how many results, and how many errors of which sort.
-- returns: [{day, results, errors, unsolvable, unparseable}]
-- notnull: day, results, errors, unsolvable, unparseable
SELECT
  s.datetime::date AS day,
  count(*) AS results,
  count(*) FILTER (WHERE s.error) AS errors,
  count(*) FILTER (WHERE s.error_unsolvable) AS unsolvable,
  count(*) FILTER (WHERE s.error_unparseable) AS unparseable
FROM solved AS s
GROUP BY s.datetime::date
ORDER BY day;

-- name: _get_new_packages_by_day
-- How many packages, and package versions on an index, a solver saw for the first time on each day.
-- returns: [{day, packages, package_versions}]
-- notnull: day, packages, package_versions
WITH first_seen AS (
  SELECT
    v.entity_id,
    v.package_name,
    min(s.datetime)::date AS day
  FROM solved AS s
  JOIN python_package_version AS v ON v.id = s.version_id
  GROUP BY v.entity_id, v.package_name
),
new_package AS (
  SELECT
    f.package_name,
    min(f.day) AS day
  FROM first_seen AS f
  GROUP BY f.package_name
),
counted AS (
  SELECT
    f.day,
    0 AS packages,
    1 AS package_versions
  FROM first_seen AS f
  UNION ALL
  SELECT
    n.day,
    1,
    0
  FROM new_package AS n
)
SELECT
  c.day,
  sum(c.packages) AS packages,
  sum(c.package_versions) AS package_versions
FROM counted AS c
GROUP BY c.day
ORDER BY c.day;

-- name: _get_table_sizes
-- What room each table takes, the largest first; the number of rows is the server's estimate.
-- returns: [{table_name, rows, table_bytes, index_bytes, dead_rows, vacuumed, analyzed}]
-- notnull: table_name, rows, table_bytes, index_bytes, dead_rows
SELECT
  t.relname AS table_name,
  greatest(t.reltuples, usage.n_live_tup, 0)::bigint AS rows,
  pg_table_size(t.oid) AS table_bytes,
  pg_indexes_size(t.oid) AS index_bytes,
  coalesce(usage.n_dead_tup, 0) AS dead_rows,
  greatest(usage.last_vacuum, usage.last_autovacuum) AS vacuumed,
  greatest(usage.last_analyze, usage.last_autoanalyze) AS analyzed
FROM pg_class AS t
LEFT JOIN pg_stat_all_tables AS usage ON usage.relid = t.oid
WHERE t.relnamespace = to_regnamespace('public')
  AND t.relkind IN ('r', 'm')
ORDER BY pg_total_relation_size(t.oid) DESC, t.relname;

-- name: _get_index_usage
-- How often each index was used since the statistics were reset, and what room it takes; the largest first.
-- returns: [{index_name, table_name, is_unique, scans, size}]
-- notnull: index_name, table_name, is_unique, scans, size
SELECT
  i.relname AS index_name,
  t.relname AS table_name,
  x.indisunique AS is_unique,
  coalesce(usage.idx_scan, 0) AS scans,
  pg_relation_size(i.oid) AS size
FROM pg_index AS x
JOIN pg_class AS i ON i.oid = x.indexrelid
JOIN pg_class AS t ON t.oid = x.indrelid
LEFT JOIN pg_stat_all_indexes AS usage ON usage.indexrelid = i.oid
WHERE t.relnamespace = to_regnamespace('public')
  AND i.relkind = 'i'
ORDER BY pg_relation_size(i.oid) DESC, i.relname;

-- name: _get_server^
-- What the server says of itself: its version, since when it runs, and since when it counts in this database.
-- returns: {version, started, counted_since}
-- notnull: version, started
SELECT
  current_setting('server_version') AS version,
  pg_postmaster_start_time() AS started,
  (SELECT s.stats_reset FROM pg_stat_database AS s WHERE s.datname = current_database()) AS counted_since;

-- name: _get_pg_stat_statements_schema$
-- The schema in which the extension pg_stat_statements is installed; None where it isn't.
-- returns: schema_name
SELECT n.nspname AS schema_name
FROM pg_extension AS e
JOIN pg_namespace AS n ON n.oid = e.extnamespace
WHERE e.extname = 'pg_stat_statements';
