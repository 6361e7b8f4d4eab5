-- name: get_example_url$
-- Several indexes may be enabled.
-- returns: url
SELECT i.url
FROM python_package_index AS i
WHERE i.enabled;

-- name: get_example_enabled$
-- Without a filter it isn't one index.
-- params: *, id=None
-- returns: enabled
SELECT i.enabled
FROM python_package_index AS i
WHERE TRUE
  AND i.id = :id;  --? id
