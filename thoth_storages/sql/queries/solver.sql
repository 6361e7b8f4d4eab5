-- name: get_ecosystem_solver_all
-- Names of the solvers whose documents were synced, like `solver-rhel-8-py38`.
-- returns: [solver_name]
SELECT DISTINCT
  solver.solver_name
FROM ecosystem_solver AS solver
ORDER BY solver.solver_name;

-- name: get_ecosystem_solver_count_all$
-- How many solvers there are whose documents were synced.
-- returns: count
-- notnull: count
SELECT count(DISTINCT solver.solver_name) AS count
FROM ecosystem_solver AS solver;

-- name: get_last_solver_datetime$
-- When (UTC, naive) the latest of the synced solver runs took place.
-- params: os_name=None, os_version=None, python_version=None
-- returns: datetime
-- raises: NotFoundError
SELECT latest.datetime
FROM ecosystem_solver AS solver
-- One look at the end of an index for each solver, where max() over a join reads every run (0.1 ms against 100).
CROSS JOIN LATERAL (
  SELECT s.datetime
  FROM solved AS s
  WHERE s.ecosystem_solver_id = solver.id
  ORDER BY s.datetime DESC
  LIMIT 1
) AS latest
WHERE TRUE
  AND solver.os_name = :os_name                --? os_name
  AND solver.os_version = :os_version          --? os_version
  AND solver.python_version = :python_version  --? python_version
ORDER BY latest.datetime DESC
LIMIT 1;

-- name: get_solver_documents_count_all$
-- How many solver documents were synced.
-- returns: count
-- notnull: count
SELECT count(*) AS count
FROM (
  SELECT DISTINCT ordered.document_id
  -- Sorted first, as the index has them: 45 ms of 200,000 runs, where the hash that the planner prefers takes 170.
  FROM (
    SELECT s.document_id
    FROM solved AS s
    ORDER BY s.document_id
  ) AS ordered
) AS document;

-- name: solver_document_id_exists$
-- Whether a solver document was synced.
-- params: solver_document_id
-- returns: exists
-- notnull: exists
SELECT EXISTS (
  SELECT
  FROM solved AS s
  WHERE s.document_id = :solver_document_id
) AS exists;

-- name: get_solver_document_id_all
-- Ids of the solver documents that solved a Python package; the latest one first when `sort`.
-- params: package_name, package_version=None, index_url=None, *,
--         os_name=None, os_version=None, python_version=None, sort=False
-- returns: [document_id]
SELECT s.document_id
FROM python_package_version AS v
JOIN solved AS s ON s.version_id = v.id
WHERE v.package_name = :package_name
  AND v.package_version = :package_version  --? package_version
  AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)  --? index_url
  AND v.os_name = :os_name                  --? os_name
  AND v.os_version = :os_version            --? os_version
  AND v.python_version = :python_version    --? python_version
ORDER BY
  s.datetime DESC,                          --? sort
  s.document_id,
  s.version_id;

-- name: get_solver_run_document_ids_all
-- Ids of the documents of solver runs, oldest first; one that solved several package versions stands once for each.
--
-- Dates are texts `DD-MM-YYYY`, and both ends are excluded: runs after the midnight (UTC) that begins `initial_date`
-- and before the one that begins `final_date`.
-- params: initial_date: str | None = None, final_date: str | None = None,
--         os_name=None, os_version=None, python_version=None, start_offset=0, count=100,
--         has_error=False, unsolvable=False, unparseable=False
-- returns: [document_id]
SELECT run.document_id
FROM ecosystem_solver AS solver
-- No solver adds more than its own first runs to a page, and those lie together in an index: the first page takes
-- 0.4 ms of 200,000 runs, sorting them all 70.
CROSS JOIN LATERAL (
  SELECT
    s.datetime,
    s.document_id
  FROM solved AS s
  WHERE s.ecosystem_solver_id = solver.id
    AND s.datetime > :initial_date             --? initial_date
    AND s.datetime < :final_date               --? final_date
    AND s.error                                --? has_error
    AND s.error_unsolvable                     --? unsolvable
    AND s.error_unparseable                    --? unparseable
  ORDER BY s.datetime, s.document_id
  LIMIT :start_offset::bigint + :count::bigint
) AS run
WHERE TRUE
  AND solver.os_name = :os_name                --? os_name
  AND solver.os_version = :os_version          --? os_version
  AND solver.python_version = :python_version  --? python_version
ORDER BY run.datetime, run.document_id
LIMIT :count OFFSET :start_offset;
