-- name: get_example_url$
-- The contract was agreed on when the id was a bigint, and the address could be missing.
-- params: id
-- returns: url
SELECT i.url
FROM python_package_index AS i
WHERE i.id = :id;
