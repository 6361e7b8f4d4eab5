-- Versions of Python packages that a solver has seen: each row stands for a version in one environment.

-- name: get_python_package_versions_all
-- Package versions that a solver has seen, whether it could install them or not.
--
-- A version stands there once for every environment; `distinct` leaves one of each.
-- alias: get_solved_python_package_versions_all
-- params: package_name=None, package_version=None, index_url=None, *, start_offset=0, count=100, os_name=None,
--         os_version=None, python_version=None, distinct=False, is_missing: bool | None = None
-- returns: [(package_name, package_version, index_url)]
SELECT
  seen.package_name,
  seen.package_version,
  i.url AS index_url
-- DISTINCT before the join reads the unique key in its order and stops at the page's end: 0.5 ms, after it 8 ms
FROM (
  SELECT
    DISTINCT                                  --? distinct
    v.package_name,
    v.package_version,
    v.python_package_index_id
  FROM python_package_version AS v
  WHERE TRUE
    AND v.package_name = :package_name        --? package_name
    AND v.package_version = :package_version  --? package_version
    AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)  --? index_url
    AND v.os_name = :os_name                  --? os_name
    AND v.os_version = :os_version            --? os_version
    AND v.python_version = :python_version    --? python_version
    AND v.is_missing = :is_missing            --? is_missing
) AS seen
JOIN python_package_index AS i ON i.id = seen.python_package_index_id
ORDER BY seen.package_name, seen.package_version, i.url
LIMIT :count
OFFSET :start_offset;

-- name: get_python_package_versions_count_all$
-- Number of the package versions that get_python_package_versions_all answers.
-- alias: get_solved_python_package_versions_count_all
-- params: package_name=None, package_version=None, index_url=None, *, os_name=None, os_version=None,
--         python_version=None, distinct=False, is_missing: bool | None = None
-- returns: count
SELECT count(*) AS count
FROM (
  SELECT
    DISTINCT                                    --? distinct
    ordered.package_name,
    ordered.package_version,
    ordered.python_package_index_id
  -- Sorted first, as the unique key has them: 35 ms of 67,000, where the hash that the planner prefers takes 60.
  FROM (
    SELECT
      v.package_name,
      v.package_version,
      v.python_package_index_id
    FROM python_package_version AS v
    WHERE v.python_package_index_id IS NOT NULL
      AND v.package_name = :package_name        --? package_name
      AND v.package_version = :package_version  --? package_version
      AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)  --? index_url
      AND v.os_name = :os_name                  --? os_name
      AND v.os_version = :os_version            --? os_version
      AND v.python_version = :python_version    --? python_version
      AND v.is_missing = :is_missing            --? is_missing
    ORDER BY v.package_name, v.package_version, v.python_package_index_id  --? distinct
  ) AS ordered
) AS package_versions;

-- name: get_python_package_versions_per_index
-- Names of the packages that a solver has seen on an index, under the index's address.
--
-- A name stands there once for every version and environment; `distinct` leaves one of each. The address is there for
-- an index without packages, and for an unknown one, as well.
-- params: index_url, *, distinct=False
-- returns: {index_url: [package_name]}
-- notnull: index_url, package_name
SELECT
  asked.index_url,
  seen.package_name
FROM (SELECT :index_url::text AS index_url) AS asked
LEFT JOIN (
  SELECT
    DISTINCT  --? distinct
    v.package_name
  FROM python_package_version AS v
  WHERE v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
) AS seen ON TRUE
ORDER BY seen.package_name;

-- name: _python_package_version_exists$
-- Whether a solver has seen the package version, if need be on an index or in an environment.
-- params: package_name, package_version, index_url=None, *, os_name=None, os_version=None, python_version=None
-- returns: version_exists
SELECT EXISTS (
  SELECT 1
  FROM python_package_version AS v
  WHERE v.package_name = :package_name
    AND v.package_version = :package_version
    AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)  --? index_url
    AND v.os_name = :os_name                --? os_name
    AND v.os_version = :os_version          --? os_version
    AND v.python_version = :python_version  --? python_version
) AS version_exists;
