-- name: get_example_packages_all
-- Versions of Python packages.
-- params: package_name=None, package_version=None, index_url=None, *, start_offset=0, count=100, os_name=None
-- returns: [(package_name, package_version)]
SELECT v.package_name, v.package_version
FROM python_package_version AS v
JOIN python_package_index AS i ON i.id = v.python_package_index_id
WHERE TRUE
  AND v.package_name = :package_name        --? package_name
  AND v.package_version = :package_version  --? package_version
  AND i.url = :index_url                    --? index_url
  AND v.os_name = :os_name                  --? os_name
ORDER BY v.id
LIMIT :count OFFSET :start_offset;

-- name: get_example_packages_count_all$
-- How many versions of Python packages there are.
-- returns: count
SELECT count(*) AS count FROM python_package_version;

-- name: _helper
-- A query for this library only may have any name.
-- returns: [package_name]
SELECT v.package_name FROM python_package_version AS v;
