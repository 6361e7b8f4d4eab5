-- name: get_example_versions_all
-- Versions of Python packages, of those named where some are.
-- params: *, package_names: list[str] | None = None, os_name=None, start_offset=0, count=100, distinct=False
-- returns: [(package_name, package_version)]
SELECT
  DISTINCT                                           --? distinct
  v.package_name,
  v.package_version
FROM python_package_version AS v
WHERE TRUE
  AND v.package_name = ANY(:package_names::text[])   --? package_names
  AND v.os_name = :os_name                           --? os_name
ORDER BY v.package_name, v.package_version
LIMIT :count OFFSET :start_offset;
