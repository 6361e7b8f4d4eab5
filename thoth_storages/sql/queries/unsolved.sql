-- Package versions that are known, yet that no solver has seen.
--
-- Solvers are sent to versions of enabled indexes only, and not to those that a rule keeps them off.

-- name: get_unsolved_python_packages_all
-- Python packages with a version that no solver has seen, or none in the environment, with their index.
--
-- A package stands there once for every such version; `distinct` leaves one of each.
-- params: *, os_name=None, os_version=None, python_version=None, start_offset=0, count=100, distinct=False
-- returns: [(package_name, index_url)]
SELECT
  DISTINCT                                    --? distinct
  e.package_name,
  i.url AS index_url
FROM python_package_version_entity AS e
JOIN python_package_index AS i ON i.id = e.python_package_index_id AND i.enabled
WHERE e.package_version IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM python_package_version_entity_rules_association AS a
    WHERE a.python_package_version_entity_id = e.id
  )
  AND NOT EXISTS (
    SELECT 1
    FROM python_package_version AS v
    WHERE v.entity_id = e.id
      AND v.os_name = :os_name                --? os_name
      AND v.os_version = :os_version          --? os_version
      AND v.python_version = :python_version  --? python_version
  )
ORDER BY e.package_name, i.url
OFFSET :start_offset
LIMIT :count;

-- name: get_unsolved_python_packages_all_versions
-- Versions that no solver has seen, or none in the environment, grouped by the package's name.
--
-- A page counts versions, not names. `distinct` changes nothing, as every version is one row.
-- params: *, os_name=None, os_version=None, python_version=None, start_offset=0, count=100, distinct=False
-- returns: {package_name: [(package_version, index_url)]}
-- notnull: package_version
SELECT
  DISTINCT                                    --? distinct
  e.package_name,
  e.package_version,
  i.url AS index_url
FROM python_package_version_entity AS e
JOIN python_package_index AS i ON i.id = e.python_package_index_id AND i.enabled
WHERE e.package_version IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM python_package_version_entity_rules_association AS a
    WHERE a.python_package_version_entity_id = e.id
  )
  AND NOT EXISTS (
    SELECT 1
    FROM python_package_version AS v
    WHERE v.entity_id = e.id
      AND v.os_name = :os_name                --? os_name
      AND v.os_version = :os_version          --? os_version
      AND v.python_version = :python_version  --? python_version
  )
ORDER BY e.package_name, e.package_version, i.url
OFFSET :start_offset
LIMIT :count;

-- name: get_unsolved_python_package_versions_all
-- Package versions that no solver has seen, or none in the environment, in random order unless told otherwise.
--
-- In random order every call draws anew: its pages overlap. `distinct` changes nothing, as every version is one row.
-- params: package_name=None, package_version=None, index_url=None, *, start_offset=0, count=100, os_name=None,
--         os_version=None, python_version=None, distinct=False, randomize=True
-- returns: [(package_name, package_version, index_url)]
-- notnull: package_version
SELECT
  unsolved.package_name,
  unsolved.package_version,
  unsolved.index_url
-- DISTINCT can't be sorted by random(), only what comes out of it
FROM (
  SELECT
    DISTINCT                                    --? distinct
    e.package_name,
    e.package_version,
    i.url AS index_url
  FROM python_package_version_entity AS e
  JOIN python_package_index AS i ON i.id = e.python_package_index_id AND i.enabled
  WHERE e.package_version IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM python_package_version_entity_rules_association AS a
      WHERE a.python_package_version_entity_id = e.id
    )
    AND NOT EXISTS (
      SELECT 1
      FROM python_package_version AS v
      WHERE v.entity_id = e.id
        AND v.os_name = :os_name                --? os_name
        AND v.os_version = :os_version          --? os_version
        AND v.python_version = :python_version  --? python_version
    )
    AND e.package_name = :package_name          --? package_name
    AND e.package_version = :package_version    --? package_version
    AND i.url = :index_url                      --? index_url
) AS unsolved
ORDER BY
  random(),                                     --? randomize
  unsolved.package_name,
  unsolved.package_version,
  unsolved.index_url
OFFSET :start_offset
LIMIT :count;

-- name: get_unsolved_python_package_versions_count_all$
-- Number of the package versions that get_unsolved_python_package_versions_all answers.
-- params: package_name=None, package_version=None, index_url=None, *, os_name=None, os_version=None,
--         python_version=None, distinct=False
-- returns: count
SELECT COUNT(*) AS count
FROM (
  SELECT
    DISTINCT                                    --? distinct
    e.package_name,
    e.package_version,
    e.python_package_index_id
  FROM python_package_version_entity AS e
  JOIN python_package_index AS i ON i.id = e.python_package_index_id AND i.enabled
  WHERE e.package_version IS NOT NULL
    AND NOT EXISTS (
      SELECT 1
      FROM python_package_version_entity_rules_association AS a
      WHERE a.python_package_version_entity_id = e.id
    )
    AND NOT EXISTS (
      SELECT 1
      FROM python_package_version AS v
      WHERE v.entity_id = e.id
        AND v.os_name = :os_name                --? os_name
        AND v.os_version = :os_version          --? os_version
        AND v.python_version = :python_version  --? python_version
    )
    AND e.package_name = :package_name          --? package_name
    AND e.package_version = :package_version    --? package_version
    AND i.url = :index_url                      --? index_url
) AS package_versions;

-- name: get_unsolved_python_packages_all_per_adviser_run
-- Names of the packages that an adviser run couldn't resolve, by document id of the runs that are to be repeated.
--
-- Runs that were repeated since are left out. A name stands there once for every version that was missing.
-- params: source_type: str | SourceTypeEnum
-- returns: {adviser_document_id: [package_name]}
SELECT
  r.adviser_document_id,
  e.package_name
FROM adviser_run AS r
JOIN has_unresolved AS u ON u.adviser_run_id = r.id
JOIN python_package_version_entity AS e ON e.id = u.python_package_version_entity_id
WHERE r.need_re_run
  AND r.re_run_adviser_id IS NULL
  AND r.source_type = :source_type::source_type
ORDER BY r.adviser_document_id, e.package_name, e.id;
