-- name: get_python_cve_records_all
-- Known vulnerabilities (CVE) of a Python package, on any index.
-- params: package_name, package_version=None
-- returns: [{aggregated_at, cve_id, details, link}]
-- cache: THOTH_STORAGE_GET_PYTHON_CVE_RECORDS_ALL_CACHE_SIZE 4096
SELECT
  -- the text that Python makes of a datetime: microseconds are left out when they are zero
  replace(to_char(cve.aggregated_at, 'YYYY-MM-DD HH24:MI:SS.US'), '.000000', '') AS aggregated_at,
  cve.cve_id,
  cve.details,
  cve.link
FROM cve
WHERE cve.id IN (
  SELECT vulnerable.cve_id
  FROM python_package_version_entity AS e
  JOIN has_vulnerability AS vulnerable ON vulnerable.python_package_version_entity_id = e.id
  WHERE e.package_name = :package_name
    AND e.package_version = :package_version  --? package_version
)
ORDER BY cve.cve_id;

-- name: get_python_cve_records_count$
-- How many vulnerabilities are known, of all packages.
-- returns: count
-- notnull: count
SELECT count(*) AS count
FROM cve;

-- name: get_cve_timestamp$
-- When (UTC, naive) the known vulnerabilities were last updated; None if never.
-- returns: timestamp
SELECT cve_timestamp.timestamp
FROM cve_timestamp
ORDER BY cve_timestamp.timestamp DESC
LIMIT 1;

-- name: set_cve_timestamp!
-- Note when (UTC, naive) the known vulnerabilities were last updated.
-- params: timestamp
INSERT INTO cve_timestamp (id, timestamp)
-- Under the id of the row that counts, or 1: two processes that both find no row then don't leave two.
SELECT coalesce((SELECT known.id FROM cve_timestamp AS known ORDER BY known.timestamp DESC LIMIT 1), 1), :timestamp::timestamp
ON CONFLICT (id) DO UPDATE SET timestamp = EXCLUDED.timestamp;

-- name: _insert_cve!
-- Have a vulnerability; one that is there already stays as it is.
-- params: cve_id, details, link: str | None
INSERT INTO cve (cve_id, aggregated_at, details, link)
SELECT :cve_id::text, now() AT TIME ZONE 'UTC', :details::text, :link::text
-- A conflict alone would use up a value of the integer sequence.
WHERE NOT EXISTS (SELECT FROM cve AS known WHERE known.cve_id = :cve_id)
ON CONFLICT (cve_id) DO NOTHING;

-- name: _insert_vulnerability!
-- Tie a vulnerability to a package version, unless it is.
-- params: entity_id, cve_id
INSERT INTO has_vulnerability (python_package_version_entity_id, cve_id)
SELECT :entity_id::integer, cve.id
FROM cve
WHERE cve.cve_id = :cve_id
ON CONFLICT DO NOTHING;
