-- name: get_example_versions_all
-- Versions of Python packages with their indexes; equal rows may stand side by side.
-- params: *, start_offset=0, count=100, distinct=False
-- returns: [(package_name, package_version, index_url)]
SELECT
  DISTINCT  --? distinct
  v.package_name,
  v.package_version,
  i.url AS index_url
FROM python_package_version AS v
JOIN python_package_index AS i ON i.id = v.python_package_index_id
ORDER BY v.package_name, v.package_version, i.url
LIMIT :count OFFSET :start_offset;

-- name: get_example_licenses_all
-- A key of the version decides what its row says of other tables.
-- params: *, start_offset=0, count=100
-- returns: [(package_name, license_name)]
SELECT v.package_name, l.license_name
FROM python_package_version AS v
LEFT JOIN python_package_license AS l ON l.id = v.package_license
ORDER BY v.package_name, v.id
LIMIT :count OFFSET :start_offset;

-- name: get_example_counts
-- What rows are grouped by decides their counts.
-- params: os_name, *, start_offset=0, count=100
-- returns: {package_name: versions}
SELECT v.package_name, count(*) AS versions
FROM python_package_version AS v
WHERE v.os_name = :os_name
GROUP BY v.os_name, v.package_name
ORDER BY v.package_name
LIMIT :count OFFSET :start_offset;

-- name: get_example_samples
-- Versions that are drawn are others each time.
-- params: count=100
-- returns: [package_name]
SELECT v.package_name
FROM python_package_version AS v
WHERE EXISTS (SELECT FROM depends_on AS d WHERE d.version_id = v.id LIMIT 1)
ORDER BY random()
LIMIT :count;
