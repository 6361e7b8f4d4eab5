-- name: get_example_versions_all
-- Versions of Python packages.
-- params: *, package_name=None, is_missing: bool | None = None, start_offset=0, count=100, distinct=False
-- returns: [(package_name, package_version)]
SELECT
  DISTINCT                          --? distinct
  v.package_name,
  v.package_version
FROM python_package_version AS v
WHERE
  v.package_name = :package_name    --? package_name
  AND v.is_mising = :is_missing     --? is_missing
ORDER BY v.id
LIMIT :count OFFSET :start_offset;
