-- name: insert_solvers!
-- Add the solvers of Python packages that aren't there.
-- params: solver_names: list[str], solver_versions: list[str], os_names: list[str], os_versions: list[str],
--         python_versions: list[str]
INSERT INTO ecosystem_solver (ecosystem, solver_name, solver_version, os_name, os_version, python_version)
SELECT
  'python',
  wanted.solver_name,
  wanted.solver_version,
  wanted.os_name,
  wanted.os_version,
  wanted.python_version
FROM unnest(
  :solver_names::text[],
  :solver_versions::text[],
  :os_names::text[],
  :os_versions::text[],
  :python_versions::text[]
) AS wanted (solver_name, solver_version, os_name, os_version, python_version)
WHERE (
  SELECT known.id
  FROM ecosystem_solver AS known
  WHERE known.ecosystem = 'python'
    AND known.solver_name = wanted.solver_name
    AND known.solver_version = wanted.solver_version
    AND known.os_name = wanted.os_name
    AND known.os_version = wanted.os_version
    AND known.python_version = wanted.python_version
  LIMIT 1
) IS NULL
ORDER BY
  wanted.solver_name,
  wanted.solver_version,
  wanted.os_name,
  wanted.os_version,
  wanted.python_version
ON CONFLICT DO NOTHING;

-- name: insert_solved!
-- Add how runs of solvers ended for package versions; NULL stands for versions that aren't provided.
-- params: document_ids: list[str], datetimes: list[datetime], durations: list[int | None], version_ids: list[int | None],
--         errors: list[bool], errors_unparseable: list[bool], errors_unsolvable: list[bool],
--         are_provided: list[bool | None], solver_names: list[str], solver_versions: list[str], os_names: list[str],
--         os_versions: list[str], python_versions: list[str]
INSERT INTO solved (
  datetime,
  document_id,
  duration,
  error,
  error_unparseable,
  error_unsolvable,
  is_provided,
  ecosystem_solver_id,
  version_id
)
SELECT
  run.datetime,
  run.document_id,
  run.duration,
  run.error,
  run.error_unparseable,
  run.error_unsolvable,
  run.is_provided,
  solver.id,
  run.version_id
FROM unnest(
  :document_ids::text[],
  :datetimes::timestamp[],
  :durations::integer[],
  :version_ids::integer[],
  :errors::boolean[],
  :errors_unparseable::boolean[],
  :errors_unsolvable::boolean[],
  :are_provided::boolean[],
  :solver_names::text[],
  :solver_versions::text[],
  :os_names::text[],
  :os_versions::text[],
  :python_versions::text[]
) AS run (
  document_id,
  datetime,
  duration,
  version_id,
  error,
  error_unparseable,
  error_unsolvable,
  is_provided,
  solver_name,
  solver_version,
  os_name,
  os_version,
  python_version
)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM ecosystem_solver AS known
  WHERE known.ecosystem = 'python'
    AND known.solver_name = run.solver_name
    AND known.solver_version = run.solver_version
    AND known.os_name = run.os_name
    AND known.os_version = run.os_version
    AND known.python_version = run.python_version
  LIMIT 1
) AS solver
ORDER BY run.document_id, run.version_id, run.error, run.error_unparseable, run.error_unsolvable
ON CONFLICT DO NOTHING;
