-- name: get_example_versions_all
-- Versions of a Python package.
-- params: package_name, *, os_name=None, start_offset=0, count=100
-- returns: [(package_name, version)]
SELECT
  v.package_name,
  v.package_version
FROM python_package_version AS v
WHERE v.package_name = :package_name
  --? os_name
  AND v.os_name = :os_name
  AND v.python_version = :python_version
ORDER BY v.id
LIMIT :count OFFSET :start_offset;

-- nmae: get_example_indexes_all
-- returns: [url]
SELECT i.url FROM python_package_index AS i;

-- name: get_example_indexes_all
-- retruns: [url]
SELECT i.url FROM python_package_index AS i;
