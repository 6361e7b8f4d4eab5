-- name: fetch_example_packages
-- alias: get_examples_all, example_exists
-- params: *, start_offset=0, count=10, is_missing=True
-- returns: [package_name]
SELECT v.package_name
FROM python_package_version AS v
WHERE TRUE
  AND v.is_missing  --? is_missing
ORDER BY v.id
LIMIT :count OFFSET :start_offset;
