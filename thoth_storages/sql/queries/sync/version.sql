-- name: get_version_ids
-- Ids of the package versions in environments that are there, by their place in the lists (from 1).
-- params: entity_ids: list[int], os_names: list[str], os_versions: list[str], python_versions: list[str]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(:entity_ids::integer[], :os_names::text[], :os_versions::text[], :python_versions::text[])
  WITH ORDINALITY AS wanted (entity_id, os_name, os_version, python_version, number)
CROSS JOIN LATERAL (
  SELECT entity.package_name, entity.package_version, entity.python_package_index_id
  FROM python_package_version_entity AS entity
  WHERE entity.id = wanted.entity_id
  LIMIT 1
) AS entity
CROSS JOIN LATERAL (
  SELECT version.id
  FROM python_package_version AS version
  WHERE version.package_name = entity.package_name
    AND version.package_version = entity.package_version
    AND version.python_package_index_id IS NOT DISTINCT FROM entity.python_package_index_id
    AND version.os_name = wanted.os_name
    AND version.os_version = wanted.os_version
    AND version.python_version = wanted.python_version
  UNION ALL
  -- IS NOT DISTINCT FROM uses no index, so packages without a version are looked up by themselves.
  SELECT version.id
  FROM python_package_version AS version
  WHERE entity.package_version IS NULL
    AND version.package_name = entity.package_name
    AND version.package_version IS NULL
    AND version.python_package_index_id IS NOT DISTINCT FROM entity.python_package_index_id
    AND version.os_name = wanted.os_name
    AND version.os_version = wanted.os_version
    AND version.python_version = wanted.python_version
  LIMIT 1
) AS known;

-- name: insert_versions!
-- Add package versions in environments, described where their documents do; NULL licenses stand for versions without.
-- params: entity_ids: list[int], os_names: list[str], os_versions: list[str], python_versions: list[str],
--         metadata_ids: list[int | None], license_names: list[str | None], license_identifiers: list[str | None],
--         license_versions: list[str | None], license_warnings: list[bool | None]
INSERT INTO python_package_version (
  package_name,
  package_version,
  os_name,
  os_version,
  python_version,
  entity_id,
  python_package_index_id,
  is_missing,
  provides_source_distro,
  python_package_metadata_id,
  package_license,
  package_license_warning
)
SELECT
  entity.package_name,
  entity.package_version,
  wanted.os_name,
  wanted.os_version,
  wanted.python_version,
  entity.id AS entity_id,
  entity.python_package_index_id,
  FALSE,
  TRUE,
  wanted.metadata_id,
  license.id AS package_license,
  wanted.license_warning
FROM unnest(
  :entity_ids::integer[],
  :os_names::text[],
  :os_versions::text[],
  :python_versions::text[],
  :metadata_ids::integer[],
  :license_names::text[],
  :license_identifiers::text[],
  :license_versions::text[],
  :license_warnings::boolean[]
) AS wanted (
  entity_id,
  os_name,
  os_version,
  python_version,
  metadata_id,
  license_name,
  license_identifier,
  license_version,
  license_warning
)
CROSS JOIN LATERAL (
  SELECT known.id, known.package_name, known.package_version, known.python_package_index_id
  FROM python_package_version_entity AS known
  WHERE known.id = wanted.entity_id
  LIMIT 1
) AS entity
LEFT JOIN LATERAL (
  SELECT known.id
  FROM python_package_license AS known
  WHERE known.license_name = wanted.license_name
    AND known.license_identifier = wanted.license_identifier
    AND known.license_version = wanted.license_version
  LIMIT 1
) AS license ON TRUE
ORDER BY entity.id, wanted.os_name, wanted.os_version, wanted.python_version
ON CONFLICT DO NOTHING;

-- name: lock_versions
-- Keep others from describing package versions until this transaction ends.
-- params: version_ids: list[int]
-- returns: [id]
SELECT version.id
FROM python_package_version AS version
WHERE version.id = ANY(:version_ids::integer[])
ORDER BY version.id
FOR NO KEY UPDATE OF version;

-- name: update_version_descriptions!
-- Describe package versions, where no newer document that solved them is stored; the versions are locked.
--
-- The lock comes in a statement before: what another transaction committed while this one waited is seen here.
-- params: version_ids: list[int], metadata_ids: list[int], license_names: list[str], license_identifiers: list[str],
--         license_versions: list[str], license_warnings: list[bool | None], datetimes: list[datetime],
--         document_ids: list[str]
UPDATE python_package_version AS version
SET
  python_package_metadata_id = found.metadata_id,
  package_license = license.id,
  package_license_warning = found.license_warning
FROM unnest(
  :version_ids::integer[],
  :metadata_ids::integer[],
  :license_names::text[],
  :license_identifiers::text[],
  :license_versions::text[],
  :license_warnings::boolean[],
  :datetimes::timestamp[],
  :document_ids::text[]
) AS found (
  version_id,
  metadata_id,
  license_name,
  license_identifier,
  license_version,
  license_warning,
  datetime,
  document_id
)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM python_package_license AS known
  WHERE known.license_name = found.license_name
    AND known.license_identifier = found.license_identifier
    AND known.license_version = found.license_version
  LIMIT 1
) AS license
WHERE version.id = found.version_id
  -- Says the same again, so that the server looks up these ids only, however it joins.
  AND version.id = ANY(:version_ids::integer[])
  AND (version.python_package_metadata_id, version.package_license, version.package_license_warning)
    IS DISTINCT FROM (found.metadata_id, license.id, found.license_warning)
  AND (
    SELECT newer.document_id
    FROM solved AS newer
    WHERE newer.version_id = version.id
      AND NOT newer.error
      -- Python compares ids by code points; the database's own collation may not.
      AND (newer.datetime, newer.document_id COLLATE "C") > (found.datetime, found.document_id COLLATE "C")
    LIMIT 1
  ) IS NULL;

-- name: insert_licenses!
-- Add the licenses that aren't there.
-- params: license_names: list[str], license_identifiers: list[str], license_versions: list[str]
INSERT INTO python_package_license (license_name, license_identifier, license_version)
SELECT wanted.license_name, wanted.license_identifier, wanted.license_version
FROM unnest(:license_names::text[], :license_identifiers::text[], :license_versions::text[])
  AS wanted (license_name, license_identifier, license_version)
WHERE (
  SELECT known.id
  FROM python_package_license AS known
  WHERE known.license_name = wanted.license_name
    AND known.license_identifier = wanted.license_identifier
    AND known.license_version = wanted.license_version
  LIMIT 1
) IS NULL
ORDER BY wanted.license_name, wanted.license_identifier, wanted.license_version
ON CONFLICT DO NOTHING;

-- name: insert_import_packages!
-- Add the importable packages that aren't there.
-- params: import_package_names: list[str]
INSERT INTO import_package (import_package_name)
SELECT DISTINCT wanted.name
FROM unnest(:import_package_names::text[]) AS wanted (name)
WHERE (
  SELECT known.id
  FROM import_package AS known
  WHERE known.import_package_name = wanted.name
  LIMIT 1
) IS NULL
ORDER BY wanted.name
ON CONFLICT DO NOTHING;

-- name: insert_found_import_packages!
-- Tie package versions to what can be imported from them.
-- params: version_ids: list[int], import_package_names: list[str]
INSERT INTO found_import_package (python_package_version_id, import_package_id)
SELECT found.version_id, import_package.id
FROM unnest(:version_ids::integer[], :import_package_names::text[]) AS found (version_id, name)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM import_package AS known
  WHERE known.import_package_name = found.name
  LIMIT 1
) AS import_package
ORDER BY found.version_id, import_package.id
ON CONFLICT DO NOTHING;

-- name: insert_dependencies!
-- Tie package versions to what they depend on.
-- params: version_ids: list[int], entity_ids: list[int], version_ranges: list[str], dependency_extras: list[str | None],
--         markers: list[str | None], marker_evaluation_results: list[bool]
INSERT INTO depends_on (version_id, entity_id, version_range, extra, marker, marker_evaluation_result)
SELECT
  found.version_id,
  found.entity_id,
  found.version_range,
  found.extra,
  found.marker,
  found.marker_evaluation_result
FROM unnest(
  :version_ids::integer[],
  :entity_ids::integer[],
  :version_ranges::text[],
  :dependency_extras::text[],
  :markers::text[],
  :marker_evaluation_results::boolean[]
) AS found (version_id, entity_id, version_range, extra, marker, marker_evaluation_result)
ORDER BY
  found.version_id,
  found.entity_id,
  found.version_range,
  found.extra,
  found.marker,
  found.marker_evaluation_result
ON CONFLICT DO NOTHING;
