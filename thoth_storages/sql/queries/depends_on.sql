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
-- notnull: package_name
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
-- notnull: package_name, index_url, marker_evaluation_result
WITH asked AS MATERIALIZED (
  SELECT e.id
  FROM python_package_version_entity AS e
  WHERE e.package_name = :package_name
),
-- There are two ways to the answer, of which one runs. Where little depends on the package, or much is asked for, all its
-- dependents are looked up and sorted. Where much does, they are looked up in the answer's order until the page is full:
-- of the 45,000 records that depend on numpy a hundred (27 ms, where all take 270). The server can't know how popular a
-- package is; MATERIALIZED, OFFSET 0, LIMIT 1 and IS TRUE keep it on the way.
way AS MATERIALIZED (
  SELECT (:start_offset::bigint + :count::bigint <= 1000) IS TRUE AND count(*) = 2000 AS stops_early
  FROM (
    SELECT
    FROM depends_on AS asks
    WHERE asks.entity_id = ANY(ARRAY(SELECT asked.id FROM asked))
    LIMIT 2000
  ) AS counted
),
-- A package asks for many versions of another in the same words: of 156,000 dependencies on numpy 45,000 are left.
asking AS MATERIALIZED (
  SELECT DISTINCT
    asks.version_id,
    asks.version_range,
    asks.marker_evaluation_result,
    asks.marker,
    asks.extra
  FROM depends_on AS asks
  -- For an array an index is read, for a join whole tables are (1 ms, not 20, where little depends on the package).
  WHERE asks.entity_id = ANY(ARRAY(SELECT asked.id FROM asked))
    AND NOT (SELECT way.stops_early FROM way)
),
dependent AS (
  SELECT
    v.package_name,
    v.package_version,
    v.python_package_index_id,
    -- a package version has a record for each environment
    min(asking.version_id) OVER (
      PARTITION BY v.package_name, v.package_version, v.python_package_index_id
    ) AS first_id,
    asking.version_range,
    asking.marker_evaluation_result,
    asking.marker,
    asking.extra
  FROM asking
  CROSS JOIN LATERAL (
    SELECT
      solved.package_name,
      solved.package_version,
      solved.python_package_index_id
    FROM python_package_version AS solved
    WHERE solved.id = asking.version_id
      AND solved.os_name = :os_name                --? os_name
      AND solved.os_version = :os_version          --? os_version
      AND solved.python_version = :python_version  --? python_version
    OFFSET 0
  ) AS v
),
dependent_of_popular AS (
  SELECT
    v.package_name,
    v.package_version,
    v.python_package_index_id,
    record.first_id,
    record.ids
  FROM (
    SELECT DISTINCT ordered.version_id
    -- Sorted first, as the table nearly is: 33 ms of 156,000 dependencies, where a hash takes 39.
    FROM (
      SELECT asks.version_id
      FROM depends_on AS asks
      WHERE asks.entity_id = ANY(ARRAY(SELECT asked.id FROM asked))
        AND (SELECT way.stops_early FROM way)
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
      min(same.id) FILTER (
        WHERE same.id = d.version_id
          OR same.id < d.version_id AND (
            SELECT TRUE
            FROM depends_on AS asks
            WHERE asks.version_id = same.id
              AND (asks.entity_id IN (SELECT asked.id FROM asked)) IS TRUE
            LIMIT 1
          )
      ) AS first_id
    FROM python_package_version AS same
    WHERE same.package_name = v.package_name
      AND same.package_version = v.package_version
      AND same.python_package_index_id = v.python_package_index_id
      AND same.os_name = :os_name                  --? os_name
      AND same.os_version = :os_version            --? os_version
      AND same.python_version = :python_version    --? python_version
  ) AS record
  WHERE record.first_id = d.version_id
  ORDER BY d.version_id
  LIMIT :start_offset::bigint + :count::bigint
)
SELECT
  page.package_name,
  page.package_version,
  page.index_url,
  page.version_range,
  page.marker_evaluation_result,
  page.marker,
  page.extra
FROM (
  (
    SELECT
      d.first_id,
      d.package_name,
      d.package_version,
      i.url AS index_url,
      d.version_range,
      d.marker_evaluation_result,
      d.marker,
      d.extra
    FROM dependent AS d
    JOIN python_package_index AS i ON i.id = d.python_package_index_id
    GROUP BY
      d.first_id,
      d.package_name,
      d.package_version,
      i.url,
      d.version_range,
      d.marker_evaluation_result,
      d.marker,
      d.extra
    ORDER BY
      d.first_id,
      d.extra NULLS FIRST,
      d.marker NULLS FIRST,
      d.version_range NULLS FIRST,
      d.marker_evaluation_result
    LIMIT :count
    OFFSET :start_offset
  )
  UNION ALL
  (
    SELECT
      d.first_id,
      d.package_name,
      d.package_version,
      i.url AS index_url,
      asking.version_range,
      asking.marker_evaluation_result,
      asking.marker,
      asking.extra
    FROM dependent_of_popular AS d
    JOIN python_package_index AS i ON i.id = d.python_package_index_id
    CROSS JOIN LATERAL (
      SELECT
        asks.version_range,
        asks.marker_evaluation_result,
        asks.marker,
        asks.extra
      FROM depends_on AS asks
      WHERE asks.version_id = ANY(d.ids)
        AND (asks.entity_id IN (SELECT asked.id FROM asked)) IS TRUE
      OFFSET 0
    ) AS asking
    GROUP BY
      d.first_id,
      d.package_name,
      d.package_version,
      i.url,
      asking.version_range,
      asking.marker_evaluation_result,
      asking.marker,
      asking.extra
    ORDER BY
      d.first_id,
      asking.extra NULLS FIRST,
      asking.marker NULLS FIRST,
      asking.version_range NULLS FIRST,
      asking.marker_evaluation_result
    LIMIT :count
    OFFSET :start_offset
  )
) AS page
ORDER BY
  page.first_id,
  page.extra NULLS FIRST,
  page.marker NULLS FIRST,
  page.version_range NULLS FIRST,
  page.marker_evaluation_result;

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
