-- name: get_example_url$
-- A unique key holds the row.
-- params: id
-- returns: url
SELECT i.url
FROM python_package_index AS i
WHERE i.id = :id;

-- name: get_example_indexes_count_all$
-- An aggregate does.
-- returns: count
SELECT count(*) AS count
FROM python_package_index AS i;

-- name: get_example_newest_url$
-- LIMIT 1 does.
-- returns: url
SELECT i.url
FROM python_package_index AS i
ORDER BY i.id DESC
LIMIT 1;
