-- name: get_example_url$
-- Its contract stands under its old name.
-- params: id
-- returns: url
SELECT i.url
FROM python_package_index AS i
WHERE i.id = :id;
