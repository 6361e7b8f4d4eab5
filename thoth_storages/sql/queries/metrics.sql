-- What monitoring asks at each scrape, or every few minutes.

-- name: _get_estimated_row_counts
-- About how many rows each table holds: what the last VACUUM or ANALYZE found, or what was counted since where none ran.
-- returns: {table_name: rows}
-- notnull: table_name, rows
SELECT
  t.relname AS table_name,
  CASE WHEN t.reltuples < 0 THEN pg_stat_get_live_tuples(t.oid) ELSE t.reltuples END::double precision AS rows
FROM pg_class AS t
WHERE t.relnamespace = 'public'::regnamespace
  AND t.relkind = 'r'
ORDER BY t.relname;

-- name: _get_connection_counts
-- How many connections the database has: by the name that the application gave, and by what they do.
-- returns: {(application, state): connections}
-- notnull: application, state, connections
SELECT
  a.application_name AS application,
  coalesce(a.state, 'unknown') AS state,  -- a role that isn't a member of pg_monitor sees its own only
  count(*) AS connections
FROM pg_stat_activity AS a
WHERE a.datname = current_database()
  AND a.backend_type = 'client backend'
GROUP BY a.application_name, a.state
ORDER BY a.application_name, a.state;

-- name: _get_synced_document_counts
-- How many documents of each kind were synced, and when the newest of them was made, in seconds since 1970.
--
-- It reads all of the tables, 1.5 s for 200,000 documents on a busy machine: not for each scrape. Reverse solvers leave
-- no trace of theirs.
-- returns: [(kind, documents, newest)]
-- notnull: kind, documents
WITH document AS (
  -- grouped, not counted as distinct: hashing takes half the time of sorting
  SELECT 'solver' AS kind, max(run.datetime) AS made_at
  FROM solved AS run
  GROUP BY run.document_id
  UNION ALL
  SELECT 'package-extract', max(run.datetime)
  FROM package_extract_run AS run
  GROUP BY run.analysis_document_id
  UNION ALL
  SELECT 'dependency-monkey', max(run.datetime)
  FROM dependency_monkey_run AS run
  GROUP BY run.dependency_monkey_document_id
  UNION ALL
  SELECT 'provenance-checker', max(run.datetime)
  FROM provenance_checker_run AS run
  GROUP BY run.provenance_checker_document_id
  UNION ALL
  SELECT 'inspection', max(run.datetime)
  FROM inspection_run AS run
  WHERE run.inspection_sync_state = 'SYNCED'
  GROUP BY run.inspection_document_id, run.inspection_result_number
  UNION ALL
  SELECT 'adviser', max(run.datetime)
  FROM adviser_run AS run
  GROUP BY run.adviser_document_id
  UNION ALL
  SELECT 'security-indicators', max(run.datetime)
  FROM si_aggregated_run AS run
  GROUP BY run.si_aggregated_run_document_id
)
SELECT
  known.kind,
  count(d.kind) AS documents,
  extract(epoch FROM max(d.made_at))::double precision AS newest
FROM (
  VALUES
    ('solver'),
    ('package-extract'),
    ('dependency-monkey'),
    ('provenance-checker'),
    ('inspection'),
    ('adviser'),
    ('security-indicators')
) AS known (kind)
LEFT JOIN document AS d ON d.kind = known.kind
GROUP BY known.kind
ORDER BY known.kind;
