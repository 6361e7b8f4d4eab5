-- name: get_example_url$
-- It reads what its contract says.
-- params: id
-- returns: url
SELECT i.url
FROM python_package_index AS i
WHERE i.id = :id;
