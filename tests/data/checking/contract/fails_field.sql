-- name: get_example_url$
-- Its contract has a field that means nothing.
-- params: id
-- returns: url
SELECT i.url
FROM python_package_index AS i
WHERE i.id = :id;
