-- Environments in which solvers run. What they have seen there are the queries of python_package_version.sql.

-- name: get_solved_python_package_versions_software_environment_all
-- Software environments in which any solver has run.
-- returns: [{os_name, os_version, python_version}]
SELECT DISTINCT
  s.os_name,
  s.os_version,
  s.python_version
FROM ecosystem_solver AS s
ORDER BY s.os_name, s.os_version, s.python_version;

-- name: get_solved_python_package_version_environments_all
-- Software environments in which a solver has seen the package version.
--
-- `distinct` changes nothing, as a version is one row in an environment.
-- params: package_name, package_version, index_url, *, start_offset=0, count=100, distinct=False
-- returns: [{os_name, os_version, python_version}]
SELECT
  DISTINCT  --? distinct
  v.os_name,
  v.os_version,
  v.python_version
FROM python_package_version AS v
WHERE v.package_name = :package_name
  AND v.package_version = :package_version
  AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
ORDER BY v.os_name, v.os_version, v.python_version
LIMIT :count
OFFSET :start_offset;

-- name: solved_software_environment_exists$
-- Whether a solver has seen any package version in the software environment.
-- params: os_name, os_version, python_version
-- returns: environment_exists
SELECT EXISTS (
  SELECT 1
  FROM python_package_version AS v
  WHERE v.os_name = :os_name
    AND v.os_version = :os_version
    AND v.python_version = :python_version
) AS environment_exists;
