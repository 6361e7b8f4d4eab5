-- name: get_requirement_line_ids
-- Ids of the lines of Pipfiles that are there, by their place in the lists (from 1).
-- params: names: list[str], version_ranges: list[str], develop: list[bool], index_urls: list[str | None]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(:names::text[], :version_ranges::text[], :develop::boolean[], :index_urls::text[])
  WITH ORDINALITY AS wanted (name, version_range, develop, index_url, number)
LEFT JOIN python_package_index AS i ON i.url = wanted.index_url
JOIN python_package_requirement AS known
  ON known.name = wanted.name
  AND known.version_range = wanted.version_range
  AND known.develop = wanted.develop
  AND known.python_package_index_id IS NOT DISTINCT FROM i.id;

-- name: insert_requirement_lines!
-- Add lines of Pipfiles that aren't there; the indexes that they name are there.
-- params: names: list[str], version_ranges: list[str], develop: list[bool], index_urls: list[str | None]
INSERT INTO python_package_requirement (name, version_range, develop, python_package_index_id)
SELECT wanted.name, wanted.version_range, wanted.develop, i.id
FROM unnest(:names::text[], :version_ranges::text[], :develop::boolean[], :index_urls::text[])
  AS wanted (name, version_range, develop, index_url)
LEFT JOIN python_package_index AS i ON i.url = wanted.index_url
ORDER BY wanted.name, i.id, wanted.develop, wanted.version_range
ON CONFLICT DO NOTHING;

-- name: get_python_requirements_hashes
-- Hashes of Pipfiles, by their numbers; what has no members is one as well.
-- params: numbers: list[int], member_numbers: list[int], line_ids: list[int]
-- returns: {number: hash}
-- notnull: number, hash
SELECT
  wanted.number,
  requirements_hash(array_agg(member.line_id) FILTER (WHERE member.line_id IS NOT NULL)) AS hash
FROM unnest(:numbers::integer[]) AS wanted (number)
LEFT JOIN unnest(:member_numbers::integer[], :line_ids::integer[]) AS member (number, line_id)
  ON member.number = wanted.number
GROUP BY wanted.number;

-- name: get_python_requirements_ids
-- Ids of Pipfiles that are there, by their hashes.
-- params: hashes: list[str]
-- returns: {hash: id}
SELECT known.requirements_hash AS hash, known.id
FROM python_requirements AS known
WHERE known.requirements_hash = ANY(:hashes::text[]);

-- name: insert_python_requirements!
-- Add Pipfiles that aren't there.
-- params: hashes: list[str]
INSERT INTO python_requirements (requirements_hash)
SELECT wanted.hash
FROM unnest(:hashes::text[]) AS wanted (hash)
ORDER BY wanted.hash
ON CONFLICT DO NOTHING;

-- name: insert_python_requirements_members!
-- Say what belongs to Pipfiles.
-- params: set_ids: list[int], line_ids: list[int]
INSERT INTO has_python_requirements (python_requirements_id, python_package_requirement_id)
SELECT member.set_id, member.line_id
FROM unnest(:set_ids::integer[], :line_ids::integer[]) AS member (set_id, line_id)
ORDER BY member.set_id, member.line_id
ON CONFLICT DO NOTHING;

-- name: get_external_python_requirements_ids
-- Ids of users' Pipfiles that are there, by their hashes.
-- params: hashes: list[str]
-- returns: {hash: id}
SELECT known.requirements_hash AS hash, known.id
FROM external_python_requirements AS known
WHERE known.requirements_hash = ANY(:hashes::text[]);

-- name: insert_external_python_requirements!
-- Add users' Pipfiles that aren't there.
-- params: hashes: list[str]
INSERT INTO external_python_requirements (requirements_hash)
SELECT wanted.hash
FROM unnest(:hashes::text[]) AS wanted (hash)
ORDER BY wanted.hash
ON CONFLICT DO NOTHING;

-- name: insert_external_python_requirements_members!
-- Say what belongs to users' Pipfiles.
-- params: set_ids: list[int], line_ids: list[int]
INSERT INTO has_external_python_requirement (external_python_requirements_id, python_package_requirement_id)
SELECT member.set_id, member.line_id
FROM unnest(:set_ids::integer[], :line_ids::integer[]) AS member (set_id, line_id)
ORDER BY member.set_id, member.line_id
ON CONFLICT DO NOTHING;
