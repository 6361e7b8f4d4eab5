-- stage: pre
-- Identify Pipfiles and Pipfile.lock files by what they hold. The original's hashes are fuzzy ones of row ids: 199,999 ids
-- give 3,634 hashes, so it takes different stacks for the same. Syncing advisers, provenance checkers, inspections and
-- Kebechet finds stacks by these hashes; computed here, so that SQL of a DBA can find a stack as well.
--
-- What the original wrote keeps its hash, as that is how the original finds it again while it goes on writing; a stack
-- that both write is stored twice. Hashes are of content, not of ids, so that databases that hold the same agree in them.
-- In hexadecimal, as the columns are text; a set of digests has no order, so they are sorted.
CREATE FUNCTION requirements_hash(requirement_ids integer[])
RETURNS text
LANGUAGE sql STABLE
AS $function$
SELECT encode(content_digest(VARIADIC coalesce(array_agg(line.digest ORDER BY line.digest), '{}')), 'hex')
FROM (
  SELECT encode(
    content_digest(requirement.name, requirement.version_range, requirement.develop::text, index.url), 'hex'
  ) COLLATE "C" AS digest
  FROM python_package_requirement AS requirement
  LEFT JOIN python_package_index AS index ON index.id = requirement.python_package_index_id
  WHERE requirement.id = ANY(requirement_ids)
) AS line
$function$;

CREATE FUNCTION requirements_lock_hash(version_ids integer[])
RETURNS text
LANGUAGE sql STABLE
AS $function$
SELECT encode(content_digest(VARIADIC coalesce(array_agg(pin.digest ORDER BY pin.digest), '{}')), 'hex')
FROM (
  SELECT encode(
    content_digest(
      version.package_name, version.package_version, index.url, version.os_name, version.os_version,
      version.python_version
    ),
    'hex'
  ) COLLATE "C" AS digest
  FROM python_package_version AS version
  LEFT JOIN python_package_index AS index ON index.id = version.python_package_index_id
  WHERE version.id = ANY(version_ids)
) AS pin
$function$;

CREATE FUNCTION external_requirements_lock_hash(entity_ids integer[])
RETURNS text
LANGUAGE sql STABLE
AS $function$
SELECT encode(content_digest(VARIADIC coalesce(array_agg(pin.digest ORDER BY pin.digest), '{}')), 'hex')
FROM (
  SELECT encode(content_digest(entity.package_name, entity.package_version, index.url), 'hex') COLLATE "C" AS digest
  FROM python_package_version_entity AS entity
  LEFT JOIN python_package_index AS index ON index.id = entity.python_package_index_id
  WHERE entity.id = ANY(entity_ids)
) AS pin
$function$;

COMMENT ON FUNCTION requirements_hash(integer[]) IS 'Identifies a Pipfile by the lines with these ids.';
COMMENT ON FUNCTION requirements_lock_hash(integer[]) IS
  'Identifies a Pipfile.lock by the package versions, each in an environment, with these ids.';
COMMENT ON FUNCTION external_requirements_lock_hash(integer[]) IS
  'Identifies a user''s Pipfile.lock by the package versions with these ids.';
