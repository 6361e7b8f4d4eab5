-- name: insert_package_indexes!
-- Add the Python package indexes that aren't there: not enabled, until somebody enables them.
-- params: urls: list[str]
INSERT INTO python_package_index (url, verify_ssl, enabled, only_if_package_seen)
SELECT wanted.url, TRUE, FALSE, TRUE
FROM unnest(:urls::text[]) AS wanted (url)
-- A conflict alone would use up a value of the integer sequence for each row that is there.
WHERE (SELECT known.id FROM python_package_index AS known WHERE known.url = wanted.url LIMIT 1) IS NULL
ORDER BY wanted.url
ON CONFLICT DO NOTHING;
