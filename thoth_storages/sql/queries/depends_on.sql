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
-- Package versions that depend on any version of a Python package, and how they ask for it.
-- params: package_name, *, os_name=None, os_version=None, python_version=None, start_offset=0, count=100
-- returns: [{package_name, package_version, index_url, version_range, marker_evaluation_result, marker, extra}]
-- notnull: package_version
SELECT DISTINCT
  v.package_name,
  v.package_version,
  i.url AS index_url,
  d.version_range,
  d.marker_evaluation_result,
  d.marker,
  d.extra
FROM python_package_version_entity AS e
JOIN depends_on AS d ON d.entity_id = e.id
JOIN python_package_version AS v ON v.id = d.version_id
JOIN python_package_index AS i ON i.id = v.python_package_index_id
WHERE e.package_name = :package_name
  AND v.os_name = :os_name                --? os_name
  AND v.os_version = :os_version          --? os_version
  AND v.python_version = :python_version  --? python_version
ORDER BY
  v.package_name,
  v.package_version,
  i.url,
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
