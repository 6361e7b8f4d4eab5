-- name: get_example_url$
-- Whether the index is enabled counts now, and the contract doesn't know.
-- params: id
-- returns: url
SELECT i.url
FROM python_package_index AS i
WHERE i.id = :id
  AND i.enabled;
