-- name: get_example_details
-- There is an index for it.
-- params: cve_id
-- returns: [details]
SELECT c.details
FROM cve AS c
WHERE c.cve_id = :cve_id;

-- name: get_example_vulnerabilities_count_all$
-- It has to read all, and its contract allows that.
-- returns: count
SELECT count(*) AS count
FROM cve AS c;
