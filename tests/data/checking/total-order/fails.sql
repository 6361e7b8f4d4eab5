-- name: get_example_versions_all
-- Versions of Python packages with their indexes.
-- params: *, start_offset=0, count=100, distinct=False
-- returns: [(package_name, package_version, index_url)]
SELECT
  DISTINCT  --? distinct
  v.package_name,
  v.package_version,
  i.url AS index_url
FROM python_package_version AS v
JOIN python_package_index AS i ON i.id = v.python_package_index_id
ORDER BY v.package_name, v.package_version
LIMIT :count OFFSET :start_offset;
