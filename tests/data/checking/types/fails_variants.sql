-- name: get_example_indexes
-- The id is an integer with the first line, and a bigint with the second alone.
-- params: *, id=None, url=None
-- returns: [url]
SELECT i.url
FROM python_package_index AS i
WHERE TRUE
  AND i.id > :id                               --? id
  AND i.url > :url AND i.id::bigint <> :id     --? url
ORDER BY i.url;
