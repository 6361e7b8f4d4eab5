-- name: get_example_details
-- There is no index on links.
-- params: link
-- returns: [details]
SELECT c.details
FROM cve AS c
WHERE c.link = :link;
