-- How often versions of Python packages were seen by solvers: once in every environment at most.

-- name: get_python_package_versions_count
-- In how many environments solvers have seen each package version.
--
-- `distinct` changes nothing, as every version is one entry already.
-- alias: get_solved_python_package_versions_count
-- params: *, start_offset=0, count=100, os_name=None, os_version=None, python_version=None, distinct=False
-- returns: {(package_name, package_version, index_url): environments}
SELECT
  DISTINCT                                --? distinct
  v.package_name,
  v.package_version,
  i.url AS index_url,
  count(*) AS environments
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

-- name: get_python_package_versions_count_per_index
-- In how many environments solvers have seen each package version of an index.
--
-- The index's address is the one key, also of an index that holds nothing or isn't known. `distinct` changes nothing,
-- as every version is one entry already.
-- alias: get_solved_python_package_versions_count_per_index
-- params: index_url, *, start_offset=0, count=100, os_name=None, os_version=None, python_version=None, distinct=False
-- returns: {index_url: {(package_name, package_version): environments}}
-- notnull: package_name, index_url, environments
SELECT
  asked.index_url,
  seen.package_name,
  seen.package_version,
  seen.environments
FROM (SELECT :index_url::text AS index_url) AS asked
-- the page is cut in here, so that the index's row outlives an empty page
LEFT JOIN (
  SELECT
    DISTINCT                                --? distinct
    v.package_name,
    v.package_version,
    count(*) AS environments
  FROM python_package_version AS v
  JOIN python_package_index AS i ON i.id = v.python_package_index_id
  WHERE i.url = :index_url
    AND v.os_name = :os_name                --? os_name
    AND v.os_version = :os_version          --? os_version
    AND v.python_version = :python_version  --? python_version
  GROUP BY v.package_name, v.package_version
  ORDER BY v.package_name, v.package_version
  LIMIT :count
  OFFSET :start_offset
) AS seen ON TRUE
ORDER BY seen.package_name, seen.package_version;

-- name: get_python_package_versions_count_per_version
-- In how many environments solvers have seen a package, by version and index.
--
-- `distinct` changes nothing, as every version of an index is one entry already.
-- alias: get_solved_python_package_versions_count_per_version
-- params: package_name, *, start_offset=0, count=100, os_name=None, os_version=None, python_version=None, distinct=False
-- returns: {package_version: {index_url: environments}}
SELECT
  DISTINCT                                --? distinct
  v.package_version,
  i.url AS index_url,
  count(*) AS environments
FROM python_package_version AS v
JOIN python_package_index AS i ON i.id = v.python_package_index_id
WHERE v.package_name = :package_name
  AND v.os_name = :os_name                --? os_name
  AND v.os_version = :os_version          --? os_version
  AND v.python_version = :python_version  --? python_version
GROUP BY v.package_version, i.url
ORDER BY v.package_version, i.url
LIMIT :count
OFFSET :start_offset;

-- name: _get_python_package_versions_all_count
-- How many versions, one counted for every environment, solvers have seen of each package, and how many packages.
--
-- The last column is the number of packages on all pages. A page without packages is one row with it, no name, and 0.
-- params: *, start_offset=0, count=100, os_name=None, os_version=None, python_version=None, distinct=False,
--         most_versions_first=False
-- returns: [(package_name, versions, packages)]
-- notnull: packages
WITH counted AS (
  SELECT
    v.package_name,
    count(v.package_version) AS versions
  FROM python_package_version AS v
  WHERE v.python_package_index_id IS NOT NULL
    AND v.os_name = :os_name                --? os_name
    AND v.os_version = :os_version          --? os_version
    AND v.python_version = :python_version  --? python_version
  GROUP BY v.package_name
)
SELECT
  page.package_name,
  coalesce(page.versions, 0) AS versions,
  total.packages
FROM (SELECT count(*) AS packages FROM counted) AS total
LEFT JOIN (
  SELECT
    DISTINCT                                --? distinct
    c.package_name,
    c.versions
  FROM counted AS c
  ORDER BY
    c.versions DESC,                        --? most_versions_first
    c.package_name
  LIMIT :count
  OFFSET :start_offset
) AS page ON TRUE
ORDER BY
  page.versions DESC,                       --? most_versions_first
  page.package_name;
