-- name: get_example_links
-- A vulnerability may have no link, whatever notnull: says.
-- params: cve_id
-- returns: [(cve_id, link)]
-- notnull: link
SELECT c.cve_id, c.link
FROM cve AS c
WHERE c.cve_id = :cve_id;
