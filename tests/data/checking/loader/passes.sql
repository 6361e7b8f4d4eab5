-- name: get_example_versions_all
-- Versions of a Python package, those of an index where one is given.
-- params: package_name, index_url=None, *, start_offset=0, count=100
-- returns: [(package_name, package_version)]
SELECT
  v.package_name,
  v.package_version
FROM python_package_version AS v
JOIN python_package_index AS i ON i.id = v.python_package_index_id  --? index_url
WHERE v.package_name = :package_name
  AND i.url = :index_url  --? index_url
  -- what :this doesn't, its '-- name:' and its $$ don't matter
  AND v.package_version <> E'it\'s; not :this'
ORDER BY v.id
LIMIT :count OFFSET :start_offset;
