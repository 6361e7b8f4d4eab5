-- name: get_example_indexes
-- An id in one variant, and a text in the other.
-- params: url=None, id=None
-- returns: [url]
SELECT i.url
FROM python_package_index AS i
WHERE i.id <> 0
  AND i.id::text <> :id      --? id
  AND i.id = :id             --? url
  AND i.url = :url           --? url
