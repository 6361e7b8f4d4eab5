-- Python packages that a solver has seen, by name and index; versions of them are in python_package_version.sql.

-- name: get_python_packages_all
-- Python packages that a solver has seen, with the index that they come from.
--
-- A package stands there once for every version and environment; `distinct` leaves one of each.
-- alias: get_solved_python_packages_all
-- params: *, start_offset=0, count=100, os_name=None, os_version=None, python_version=None, distinct=False
-- returns: [(package_name, index_url)]
SELECT
  name.package_name,
  i.url AS index_url
-- Name by name, as the unique key begins with them: the first page takes 3 ms, where joining all versions takes 13.
FROM (
  SELECT DISTINCT v.package_name
  FROM python_package_version AS v
) AS name
CROSS JOIN LATERAL (
  SELECT
    DISTINCT                                --? distinct
    v.python_package_index_id
  FROM python_package_version AS v
  WHERE v.package_name = name.package_name
    AND v.os_name = :os_name                --? os_name
    AND v.os_version = :os_version          --? os_version
    AND v.python_version = :python_version  --? python_version
  OFFSET 0
) AS seen
JOIN python_package_index AS i ON i.id = seen.python_package_index_id
ORDER BY name.package_name, i.url
LIMIT :count
OFFSET :start_offset;

-- name: get_python_packages_count_all$
-- Number of package versions (name, version and index) that a solver has seen in any environment.
--
-- Versions are counted once, with or without `distinct`.
-- alias: get_solved_python_packages_count_all
-- params: *, os_name=None, os_version=None, python_version=None, distinct=False
-- returns: count
SELECT count(*) AS count
FROM (
  SELECT
    DISTINCT                                --? distinct
    ordered.package_name,
    ordered.package_version,
    ordered.python_package_index_id
  -- Sorted first, as the unique key has them: 75 ms of 200,000, where the hash that the planner prefers takes 120.
  FROM (
    SELECT
      v.package_name,
      v.package_version,
      v.python_package_index_id
    FROM python_package_version AS v
    WHERE v.python_package_index_id IS NOT NULL
      AND v.os_name = :os_name                --? os_name
      AND v.os_version = :os_version          --? os_version
      AND v.python_version = :python_version  --? python_version
    ORDER BY v.package_name, v.package_version, v.python_package_index_id
  ) AS ordered
  GROUP BY ordered.package_name, ordered.package_version, ordered.python_package_index_id
) AS package_versions;

-- name: get_python_packages_all_versions
-- Versions that a solver has seen in any environment, grouped by the package's name.
--
-- A page counts versions, not names. Versions stand there once, with or without `distinct`.
-- alias: get_solved_python_packages_all_versions
-- params: *, start_offset=0, count=100, os_name=None, os_version=None, python_version=None, distinct=False
-- returns: {package_name: [(package_version, index_url)]}
SELECT
  DISTINCT                                --? distinct
  v.package_name,
  v.package_version,
  i.url AS index_url
FROM python_package_version AS v
JOIN python_package_index AS i ON i.id = v.python_package_index_id
WHERE TRUE
  AND v.os_name = :os_name                --? os_name
  AND v.os_version = :os_version          --? os_version
  AND v.python_version = :python_version  --? python_version
GROUP BY v.package_name, v.package_version, i.url
ORDER BY v.package_name, v.package_version, i.url
LIMIT :count
OFFSET :start_offset;

-- name: python_package_exists$
-- Whether a solver has seen any version of the package.
-- params: package_name
-- returns: package_exists
SELECT EXISTS (
  SELECT 1
  FROM python_package_version AS v
  WHERE v.package_name = :package_name
) AS package_exists;

-- name: get_python_package_version_names_all
-- Names of the Python packages that a solver has seen.
--
-- A name stands there once for every version and environment; `distinct` leaves one of each. `like` is a pattern of
-- SQL's LIKE (`%` for any text, `_` for any character). Names come sorted, whether `sort` asks for it or not.
-- params: *, start_offset=0, count=100, os_name=None, os_version=None, python_version=None, distinct=False, sort=False,
--         like=None
-- returns: [package_name]
SELECT
  DISTINCT                                --? distinct
  v.package_name
FROM python_package_version AS v
WHERE TRUE
  AND v.os_name = :os_name                --? os_name
  AND v.os_version = :os_version          --? os_version
  AND v.python_version = :python_version  --? python_version
  AND v.package_name LIKE :like           --? like
ORDER BY
  v.package_name,                         --? sort
  v.package_name
LIMIT :count
OFFSET :start_offset;

-- name: get_python_package_version_names_count_all$
-- Number of the names that get_python_package_version_names_all answers.
-- params: *, os_name=None, os_version=None, python_version=None, distinct=False, like=None
-- returns: count
SELECT count(*) AS count
FROM (
  SELECT
    DISTINCT                                --? distinct
    v.package_name
  FROM python_package_version AS v
  WHERE TRUE
    AND v.os_name = :os_name                --? os_name
    AND v.os_version = :os_version          --? os_version
    AND v.python_version = :python_version  --? python_version
    AND v.package_name LIKE :like           --? like
) AS names;

-- name: get_python_package_version_entities_names_all
-- Names of all the Python packages that are known, solved or not.
-- returns: [package_name]
SELECT DISTINCT ordered.package_name
-- Sorted first, as the unique key has them: 18 ms of 140,000, where the hash that the planner prefers takes 30.
FROM (
  SELECT e.package_name
  FROM python_package_version_entity AS e
  ORDER BY e.package_name
) AS ordered
ORDER BY ordered.package_name;

-- name: get_python_package_version_entities_count_all$
-- Number of package versions that are known, solved or not.
--
-- A dependency whose index isn't known counts as a version of its own, as does a package without a version.
-- params: *, distinct=False
-- returns: count
SELECT count(*) AS count
FROM (
  SELECT
    DISTINCT  --? distinct
    e.package_name,
    e.package_version,
    e.python_package_index_id
  FROM python_package_version_entity AS e
) AS package_versions;
