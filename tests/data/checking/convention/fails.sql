-- name: get_example_packages_count_all
-- How many versions of each Python package there are.
-- params: os_name=None
-- returns: {package_name: versions}
SELECT v.package_name, count(*) AS versions
FROM python_package_version AS v
WHERE TRUE
  AND v.os_name = :os_name  --? os_name
GROUP BY v.package_name
ORDER BY v.package_name;
