-- name: get_entity_ids
-- Ids of the package versions by name that are there, by their place in the lists (from 1).
-- params: package_names: list[str], package_versions: list[str | None], index_urls: list[str | None]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(:package_names::text[], :package_versions::text[], :index_urls::text[])
  WITH ORDINALITY AS wanted (package_name, package_version, index_url, number)
LEFT JOIN python_package_index AS i ON i.url = wanted.index_url
CROSS JOIN LATERAL (
  SELECT entity.id
  FROM python_package_version_entity AS entity
  WHERE entity.package_name = wanted.package_name
    AND entity.package_version = wanted.package_version
    AND entity.python_package_index_id IS NOT DISTINCT FROM i.id
  UNION ALL
  -- IS NOT DISTINCT FROM uses no index, so packages without a version are looked up by themselves.
  SELECT entity.id
  FROM python_package_version_entity AS entity
  WHERE wanted.package_version IS NULL
    AND entity.package_name = wanted.package_name
    AND entity.package_version IS NULL
    AND entity.python_package_index_id IS NOT DISTINCT FROM i.id
  LIMIT 1
) AS known;

-- name: insert_entities!
-- Add package versions by name; their indexes are there.
-- params: package_names: list[str], package_versions: list[str | None], index_urls: list[str | None]
INSERT INTO python_package_version_entity (package_name, package_version, python_package_index_id)
SELECT wanted.package_name, wanted.package_version, i.id
FROM unnest(:package_names::text[], :package_versions::text[], :index_urls::text[])
  AS wanted (package_name, package_version, index_url)
LEFT JOIN python_package_index AS i ON i.url = wanted.index_url
ORDER BY wanted.package_name, wanted.package_version, i.id
ON CONFLICT DO NOTHING;

-- name: get_rules_of_packages
-- Rules about packages, whatever the version.
-- params: package_names: list[str]
-- returns: [(id, package_name, version_range, index_url)]
SELECT
  rule.id,
  rule.package_name,
  rule.version_range,
  i.url AS index_url
FROM python_package_version_entity_rule AS rule
LEFT JOIN python_package_index AS i ON i.id = rule.python_package_index_id
WHERE rule.package_name = ANY(:package_names::text[])
ORDER BY rule.id;

-- name: insert_rule_associations!
-- Tie rules to the package versions that they are about.
-- params: entity_ids: list[int], rule_ids: list[int]
INSERT INTO python_package_version_entity_rules_association
  (python_package_version_entity_id, python_package_version_entity_rule_id)
SELECT applies.entity_id, applies.rule_id
FROM unnest(:entity_ids::integer[], :rule_ids::integer[]) AS applies (entity_id, rule_id)
ORDER BY applies.entity_id, applies.rule_id
ON CONFLICT DO NOTHING;

-- name: insert_artifacts!
-- Add the artifacts, by hash, that aren't there; solvers don't tell their names.
-- params: sha256_hashes: list[str]
INSERT INTO python_artifact (artifact_hash_sha256)
SELECT DISTINCT wanted.sha256
FROM unnest(:sha256_hashes::text[]) AS wanted (sha256)
WHERE (
  SELECT known.id
  FROM python_artifact AS known
  WHERE known.artifact_hash_sha256 = wanted.sha256
    AND known.artifact_name IS NULL
  LIMIT 1
) IS NULL
ORDER BY wanted.sha256
ON CONFLICT DO NOTHING;

-- name: insert_entity_artifacts!
-- Tie package versions to the artifacts from which they are installed.
-- params: entity_ids: list[int], sha256_hashes: list[str]
INSERT INTO has_artifact (python_artifact_id, python_package_version_entity_id)
SELECT artifact.id, found.entity_id
FROM unnest(:entity_ids::integer[], :sha256_hashes::text[]) AS found (entity_id, sha256)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM python_artifact AS known
  WHERE known.artifact_hash_sha256 = found.sha256
    AND known.artifact_name IS NULL
  LIMIT 1
) AS artifact
ORDER BY artifact.id, found.entity_id
ON CONFLICT DO NOTHING;
