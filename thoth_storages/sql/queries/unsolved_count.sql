-- Numbers of package versions that are known, yet that no solver has seen; see unsolved.sql for which these are.

-- name: get_unsolved_python_package_versions_count
-- How often each package version is known that no solver has seen, or none in the environment: once.
--
-- `distinct` changes nothing, as every version is one entry.
-- params: *, os_name=None, os_version=None, python_version=None, start_offset=0, count=100, distinct=False
-- returns: {(package_name, package_version, index_url): versions}
-- notnull: package_version
SELECT
  DISTINCT                                    --? distinct
  e.package_name,
  e.package_version,
  i.url AS index_url,
  count(*) AS versions
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
GROUP BY e.package_name, e.package_version, i.url
ORDER BY e.package_name, e.package_version, i.url
LIMIT :count
OFFSET :start_offset;

-- name: get_unsolved_python_package_versions_count_per_index
-- How often each package version of an index is known that no solver has seen, or none in the environment: once.
--
-- The index's address is the one key, also of an index that is disabled, holds nothing or isn't known. `distinct`
-- changes nothing, as every version is one entry.
-- params: index_url, *, os_name=None, os_version=None, python_version=None, start_offset=0, count=100, distinct=False
-- returns: {index_url: {(package_name, package_version): versions}}
-- notnull: package_name, package_version, index_url, versions
SELECT
  asked.index_url,
  unsolved.package_name,
  unsolved.package_version,
  unsolved.versions
FROM (SELECT :index_url::text AS index_url) AS asked
-- the page is cut in here, so that the index's row outlives an empty page
LEFT JOIN (
  SELECT
    DISTINCT                                    --? distinct
    e.package_name,
    e.package_version,
    count(*) AS versions
  FROM python_package_version_entity AS e
  JOIN python_package_index AS i ON i.id = e.python_package_index_id AND i.enabled
  WHERE i.url = :index_url
    AND e.package_version IS NOT NULL
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
  GROUP BY e.package_name, e.package_version
  ORDER BY e.package_name, e.package_version
  LIMIT :count
  OFFSET :start_offset
) AS unsolved ON TRUE
ORDER BY unsolved.package_name, unsolved.package_version;

-- name: get_unsolved_python_package_versions_count_per_version
-- How often a package is known that no solver has seen, or none in the environment, by version and index: once.
--
-- `distinct` changes nothing, as every version of an index is one entry.
-- params: package_name, *, start_offset=0, count=100, os_name=None, os_version=None, python_version=None, distinct=False
-- returns: {package_version: {index_url: versions}}
-- notnull: package_version
SELECT
  DISTINCT                                    --? distinct
  e.package_version,
  i.url AS index_url,
  count(*) AS versions
FROM python_package_version_entity AS e
JOIN python_package_index AS i ON i.id = e.python_package_index_id AND i.enabled
WHERE e.package_name = :package_name
  AND e.package_version IS NOT NULL
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
GROUP BY e.package_version, i.url
ORDER BY e.package_version, i.url
LIMIT :count
OFFSET :start_offset;
