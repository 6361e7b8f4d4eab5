-- name: get_example_links
-- The links of vulnerabilities that have one, and when they were last seen, which may be unknown.
-- params: cve_id
-- returns: [(link, aggregated_at)]
-- notnull: link
SELECT c.link, c.aggregated_at
FROM cve AS c
WHERE c.cve_id = :cve_id
  AND c.link IS NOT NULL;
