-- name: get_example_details
-- Its contract names an index that isn't there any more.
-- params: cve_id
-- returns: [details]
SELECT c.details
FROM cve AS c
WHERE c.cve_id = :cve_id;
