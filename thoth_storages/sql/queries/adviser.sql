-- Runs of the adviser: who asked for advice, and when.

-- name: get_adviser_run_origins_all
-- Origins (repositories and services) that asked the adviser for advice; a run without an origin is left out.
--
-- An origin stands there once for every run; `distinct` leaves one of each. Runs are filtered by what the user's
-- Pipfile.lock pins, not by what was advised.
-- params: package_name=None, package_version=None, index_url=None, start_offset=0, count=100, distinct=False
-- returns: [origin]
-- notnull: origin
SELECT
  DISTINCT                                                                 --? distinct
  run.origin
FROM adviser_run AS run
WHERE run.origin <> ''
  AND run.user_software_stack_id IN (                                      --? package_name, package_version, index_url
    SELECT stack.id                                                        --? package_name, package_version, index_url
    FROM external_python_software_stack AS stack                           --? package_name, package_version, index_url
    JOIN has_external_python_requirement_lock AS pin                       --? package_name, package_version, index_url
      ON pin.external_python_requirements_locked_id                        --? package_name, package_version, index_url
        = stack.external_python_requirements_lock_id                       --? package_name, package_version, index_url
    JOIN python_package_version_entity AS e                                --? package_name, package_version, index_url
      ON e.id = pin.python_package_version_entity_id                       --? package_name, package_version, index_url
    JOIN python_package_index AS i ON i.id = e.python_package_index_id     --? index_url
    WHERE TRUE                                                             --? package_name, package_version, index_url
      AND e.package_name = :package_name                                   --? package_name
      AND e.package_version = :package_version                             --? package_version
      AND i.url = :index_url                                               --? index_url
  )                                                                        --? package_name, package_version, index_url
ORDER BY run.origin
LIMIT :count
OFFSET :start_offset;

-- name: get_adviser_run_count_per_source_type
-- How many runs of the adviser each integration started, by the integration's name.
--
-- Runs of an unknown integration are left out, and so are integrations without a run.
-- returns: {source_type: count}
-- notnull: source_type, count
SELECT
  run.source_type::text,
  count(*) AS count
FROM adviser_run AS run
WHERE run.source_type IS NOT NULL
GROUP BY run.source_type
ORDER BY run.source_type;

-- name: get_adviser_run_document_ids_all
-- Ids of the documents of adviser runs, oldest first.
--
-- Dates are texts `DD-MM-YYYY`, and both ends are excluded: runs after the midnight (UTC) that begins `initial_date`
-- and before the one that begins `final_date`.
-- params: initial_date: str | None = None, final_date: str | None = None,
--         source_type: str | SourceTypeEnum | None = None, start_offset=0, count=100
-- returns: [adviser_document_id]
SELECT run.adviser_document_id
FROM adviser_run AS run
WHERE TRUE
  AND run.datetime > :initial_date                   --? initial_date
  AND run.datetime < :final_date                     --? final_date
  AND run.source_type = :source_type::source_type    --? source_type
ORDER BY run.datetime, run.adviser_document_id, run.id
LIMIT :count
OFFSET :start_offset;

-- name: get_origin_count_per_source_type
-- How many runs of each integration, by its name, say from which origin they come.
--
-- `distinct` counts an origin once for each integration, which is about the number of its users. An integration whose
-- runs have no origin is there with 0.
-- params: distinct=False
-- returns: {source_type: count}
-- notnull: source_type, count
SELECT
  run.source_type::text,
  count(
    DISTINCT  --? distinct
    run.origin
  ) AS count
FROM adviser_run AS run
WHERE run.source_type IS NOT NULL
GROUP BY run.source_type
ORDER BY run.source_type;
