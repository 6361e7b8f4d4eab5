-- name: get_example_version
-- One version.
-- params: id
-- returns: [(package_name, packge_version)]
SELECT v.package_name, v.package_version, v.os_name
FROM python_package_version AS v
WHERE v.id = :id;

-- name: get_example_names
-- Columns that depend on a parameter.
-- params: id, *, with_name=False
-- returns: [package_version]
SELECT
  v.package_name,  --? with_name
  v.package_version
FROM python_package_version AS v
WHERE v.id = :id;

-- name: get_example_ids
-- Two columns of one name.
-- params: url
-- returns: [id]
SELECT v.id, i.id
FROM python_package_version AS v
JOIN python_package_index AS i ON i.id = v.python_package_index_id
WHERE i.url = :url;
