-- name: get_depends_on
-- Dependencies of a Python package, grouped by the extra that asks for them.
--
-- `extras` as in PEP 508: None (or an empty set) means all, a None inside the set means those without an extra.
-- A filter that isn't given matches everything, so the answer may mix versions, indexes and environments. A known
-- package without dependencies answers an empty dict.
-- params: package_name, package_version=None, index_url=None, *,
--         os_name=None, os_version=None, python_version=None,
--         extras: frozenset[str | None] | None = None,
--         marker_evaluation_result: bool | None = None,
--         is_missing: bool | None = None
-- returns: {extra: [(package_name, package_version)]}
-- notnull: package_name, package_version
-- raises: NotFoundError
-- cache: THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE 8192
SELECT DISTINCT
  d.extra,
  e.package_name,
  e.package_version
FROM python_package_version AS v
LEFT JOIN depends_on AS d
  ON d.version_id = v.id
  -- array_position finds a NULL, = ANY does not
  AND array_position(:extras::text[], d.extra) IS NOT NULL    --? extras
  AND d.marker_evaluation_result = :marker_evaluation_result  --? marker_evaluation_result
LEFT JOIN python_package_version_entity AS e ON e.id = d.entity_id
WHERE v.package_name = :package_name
  AND v.package_version = :package_version                    --? package_version
  AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)  --? index_url
  AND v.os_name = :os_name                                    --? os_name
  AND v.os_version = :os_version                              --? os_version
  AND v.python_version = :python_version                      --? python_version
  AND v.is_missing = :is_missing                              --? is_missing
ORDER BY d.extra NULLS FIRST, e.package_name, e.package_version;

-- name: get_python_environment_marker$
-- The environment marker (PEP 508) under which a Python package asks for a dependency; None where it asks without one.
--
-- Where a package asks for the same dependency several times, a marker that holds comes before one that doesn't, and
-- no extra before an extra; get_python_environment_marker_evaluation_result speaks of the same one.
-- params: package_name, package_version, index_url, *,
--         dependency_name, dependency_version, os_name, os_version, python_version,
--         marker_evaluation_result: bool | None = None
-- returns: marker
-- raises: NotFoundError
-- cache: THOTH_GET_PYTHON_ENVIRONMENT_MARKER_CACHE_SIZE 4096
SELECT d.marker
FROM python_package_version AS v
JOIN depends_on AS d ON d.version_id = v.id
JOIN python_package_version_entity AS e ON e.id = d.entity_id
WHERE v.package_name = :package_name
  AND v.package_version = :package_version
  AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
  AND v.os_name = :os_name
  AND v.os_version = :os_version
  AND v.python_version = :python_version
  AND e.package_name = :dependency_name
  AND e.package_version = :dependency_version
  AND d.marker_evaluation_result = :marker_evaluation_result  --? marker_evaluation_result
ORDER BY d.marker_evaluation_result DESC, d.extra NULLS FIRST, d.marker NULLS FIRST
LIMIT 1;

-- name: get_python_environment_marker_evaluation_result$
-- Whether the environment marker (PEP 508) under which a Python package asks for a dependency held when it was solved.
--
-- Solvers take `extra == …` for true wherever it stands in a marker.
-- params: package_name, package_version, index_url, *,
--         dependency_name, dependency_version, os_name, os_version, python_version
-- returns: marker_evaluation_result
-- raises: NotFoundError
SELECT d.marker_evaluation_result
FROM python_package_version AS v
JOIN depends_on AS d ON d.version_id = v.id
JOIN python_package_version_entity AS e ON e.id = d.entity_id
WHERE v.package_name = :package_name
  AND v.package_version = :package_version
  AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
  AND v.os_name = :os_name
  AND v.os_version = :os_version
  AND v.python_version = :python_version
  AND e.package_name = :dependency_name
  AND e.package_version = :dependency_version
ORDER BY d.marker_evaluation_result DESC
LIMIT 1;

-- name: get_python_package_version_dependents_all
-- Package versions that depend on any version of a Python package, and how they ask for it; those solved first are first.
-- params: package_name, *, os_name=None, os_version=None, python_version=None, start_offset=0, count=100
-- returns: [{package_name, package_version, index_url, version_range, marker_evaluation_result, marker, extra}]
-- notnull: package_version
WITH asked AS MATERIALIZED (
  SELECT e.id
  FROM python_package_version_entity AS e
  WHERE e.package_name = :package_name
),
-- Package versions by the first of their records (there is one for each environment), as many as a page can hold. So it
-- ends when the page is full: of the 45,000 records that depend on numpy few are looked up. Sorted by name, all are.
-- OFFSET 0, IS TRUE and LIMIT 1 keep the server at that; it can't know how popular a package is.
dependent AS (
  SELECT
    v.package_name,
    v.package_version,
    v.python_package_index_id,
    d.version_id AS first_id,
    record.ids
  FROM (
    SELECT DISTINCT ordered.version_id
    -- Sorted first, as the table nearly is: 20 ms of 156,000 dependencies, where a hash takes 40.
    FROM (
      SELECT asks.version_id
      FROM depends_on AS asks
      -- For an array an index is read, for a join whole tables are (1 ms, not 20, where little depends on the package).
      WHERE asks.entity_id = ANY (ARRAY(SELECT asked.id FROM asked))
      ORDER BY asks.version_id
    ) AS ordered
    ORDER BY ordered.version_id
  ) AS d
  CROSS JOIN LATERAL (
    SELECT
      solved.package_name,
      solved.package_version,
      solved.python_package_index_id
    FROM python_package_version AS solved
    WHERE solved.id = d.version_id
      AND solved.python_package_index_id IS NOT NULL
      AND solved.os_name = :os_name                --? os_name
      AND solved.os_version = :os_version          --? os_version
      AND solved.python_version = :python_version  --? python_version
    OFFSET 0
  ) AS v
  CROSS JOIN LATERAL (
    SELECT
      array_agg(same.id) AS ids,
      bool_or(
        same.id < d.version_id AND (
          SELECT TRUE
          FROM depends_on AS asks
          WHERE asks.version_id = same.id
            AND (asks.entity_id IN (SELECT asked.id FROM asked)) IS TRUE
          LIMIT 1
        )
      ) AS is_known
    FROM python_package_version AS same
    WHERE same.package_name = v.package_name
      AND same.package_version = v.package_version
      AND same.python_package_index_id = v.python_package_index_id
      AND same.os_name = :os_name                  --? os_name
      AND same.os_version = :os_version            --? os_version
      AND same.python_version = :python_version    --? python_version
  ) AS record
  WHERE record.is_known IS NOT TRUE
  ORDER BY d.version_id
  LIMIT :start_offset::bigint + :count::bigint
)
SELECT
  record.package_name,
  record.package_version,
  i.url AS index_url,
  d.version_range,
  d.marker_evaluation_result,
  d.marker,
  d.extra
FROM (
  SELECT
    dependent.package_name,
    dependent.package_version,
    dependent.python_package_index_id,
    dependent.first_id,
    unnest(dependent.ids) AS id
  FROM dependent
) AS record
JOIN python_package_index AS i ON i.id = record.python_package_index_id
JOIN depends_on AS d ON d.version_id = record.id AND (d.entity_id IN (SELECT asked.id FROM asked)) IS TRUE
GROUP BY
  record.first_id,
  record.package_name,
  record.package_version,
  i.url,
  d.version_range,
  d.marker_evaluation_result,
  d.marker,
  d.extra
ORDER BY
  record.first_id,
  d.extra NULLS FIRST,
  d.marker NULLS FIRST,
  d.version_range NULLS FIRST,
  d.marker_evaluation_result
OFFSET :start_offset LIMIT :count;

-- name: retrieve_dependent_packages
-- Versions of the packages that depend on one version of a Python package, grouped by their names.
--
-- Without a version nothing is found; get_python_package_version_dependents_all answers for all versions of a package.
-- params: package_name, package_version=None
-- returns: {package_name: [package_version]}
-- notnull: package_version
SELECT DISTINCT
  v.package_name,
  v.package_version
FROM python_package_version_entity AS e
JOIN depends_on AS d ON d.entity_id = e.id
JOIN python_package_version AS v ON v.id = d.version_id
WHERE e.package_name = :package_name
  AND e.package_version = :package_version
ORDER BY v.package_name, v.package_version;
