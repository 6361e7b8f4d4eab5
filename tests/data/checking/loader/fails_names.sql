-- name: get_example_indexes_all
-- Addresses.
-- returns: [url]
SELECT i.url FROM python_package_index AS i;

-- name: get_example_indexes_all
-- Ids, under the name of the addresses.
-- returns: [id]
SELECT i.id FROM python_package_index AS i;

-- name: iterate_example_indexes_all
-- Under the name by which the addresses are iterated over.
-- returns: [id]
SELECT i.id FROM python_package_index AS i;
