-- name: get_python_requirements_lock_hashes
-- Hashes of Pipfile.lock files, by their numbers; what has no members is one as well.
-- params: numbers: list[int], member_numbers: list[int], version_ids: list[int]
-- returns: {number: hash}
-- notnull: number, hash
SELECT
  wanted.number,
  requirements_lock_hash(array_agg(member.version_id) FILTER (WHERE member.version_id IS NOT NULL)) AS hash
FROM unnest(:numbers::integer[]) AS wanted (number)
LEFT JOIN unnest(:member_numbers::integer[], :version_ids::integer[]) AS member (number, version_id)
  ON member.number = wanted.number
GROUP BY wanted.number;

-- name: get_python_requirements_lock_ids
-- Ids of Pipfile.lock files that are there, by their hashes.
-- params: hashes: list[str]
-- returns: {hash: id}
SELECT known.requirements_lock_hash AS hash, known.id
FROM python_requirements_lock AS known
WHERE known.requirements_lock_hash = ANY(:hashes::text[]);

-- name: insert_python_requirements_lock!
-- Add Pipfile.lock files that aren't there.
-- params: hashes: list[str]
INSERT INTO python_requirements_lock (requirements_lock_hash)
SELECT wanted.hash
FROM unnest(:hashes::text[]) AS wanted (hash)
ORDER BY wanted.hash
ON CONFLICT DO NOTHING;

-- name: insert_python_requirements_lock_members!
-- Say what belongs to Pipfile.lock files.
-- params: set_ids: list[int], version_ids: list[int]
INSERT INTO has_python_requirement_lock (python_requirements_lock_id, python_package_version_id)
SELECT member.set_id, member.version_id
FROM unnest(:set_ids::integer[], :version_ids::integer[]) AS member (set_id, version_id)
ORDER BY member.set_id, member.version_id
ON CONFLICT DO NOTHING;

-- name: get_external_python_requirements_lock_hashes
-- Hashes of users' Pipfile.lock files, by their numbers; what has no members is one as well.
-- params: numbers: list[int], member_numbers: list[int], entity_ids: list[int]
-- returns: {number: hash}
-- notnull: number, hash
SELECT
  wanted.number,
  external_requirements_lock_hash(array_agg(member.entity_id) FILTER (WHERE member.entity_id IS NOT NULL)) AS hash
FROM unnest(:numbers::integer[]) AS wanted (number)
LEFT JOIN unnest(:member_numbers::integer[], :entity_ids::integer[]) AS member (number, entity_id)
  ON member.number = wanted.number
GROUP BY wanted.number;

-- name: get_external_python_requirements_lock_ids
-- Ids of users' Pipfile.lock files that are there, by their hashes.
-- params: hashes: list[str]
-- returns: {hash: id}
SELECT known.requirements_lock_hash AS hash, known.id
FROM external_python_requirements_lock AS known
WHERE known.requirements_lock_hash = ANY(:hashes::text[]);

-- name: insert_external_python_requirements_lock!
-- Add users' Pipfile.lock files that aren't there.
-- params: hashes: list[str]
INSERT INTO external_python_requirements_lock (requirements_lock_hash)
SELECT wanted.hash
FROM unnest(:hashes::text[]) AS wanted (hash)
ORDER BY wanted.hash
ON CONFLICT DO NOTHING;

-- name: insert_external_python_requirements_lock_members!
-- Say what belongs to users' Pipfile.lock files.
-- params: set_ids: list[int], entity_ids: list[int]
INSERT INTO has_external_python_requirement_lock (external_python_requirements_locked_id, python_package_version_entity_id)
SELECT member.set_id, member.entity_id
FROM unnest(:set_ids::integer[], :entity_ids::integer[]) AS member (set_id, entity_id)
ORDER BY member.set_id, member.entity_id
ON CONFLICT DO NOTHING;
