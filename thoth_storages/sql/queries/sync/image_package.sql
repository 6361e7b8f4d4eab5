-- name: get_rpm_package_ids
-- Ids of the RPM packages that are there, by their place in the lists (from 1).
-- params: package_names: list[str], package_versions: list[str], releases: list[str | None], epochs: list[str | None],
--         architectures: list[str | None], are_sources: list[bool], package_identifiers: list[str]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(
  :package_names::text[],
  :package_versions::text[],
  :releases::text[],
  :epochs::text[],
  :architectures::text[],
  :are_sources::boolean[],
  :package_identifiers::text[]
) WITH ORDINALITY AS wanted (package_name, package_version, release, epoch, arch, src, package_identifier, number)
CROSS JOIN LATERAL (
  SELECT package.id
  FROM rpm_package_version AS package
  WHERE package.package_name = wanted.package_name
    AND package.package_version = wanted.package_version
    AND package.release IS NOT DISTINCT FROM wanted.release
    AND package.epoch IS NOT DISTINCT FROM wanted.epoch
    AND package.arch IS NOT DISTINCT FROM wanted.arch
    AND package.src = wanted.src
    AND package.package_identifier = wanted.package_identifier
  LIMIT 1
) AS known;

-- name: insert_rpm_packages!
-- Add RPM packages.
-- params: package_names: list[str], package_versions: list[str], releases: list[str | None], epochs: list[str | None],
--         architectures: list[str | None], are_sources: list[bool], package_identifiers: list[str]
INSERT INTO rpm_package_version (package_name, package_version, release, epoch, arch, src, package_identifier)
SELECT
  wanted.package_name,
  wanted.package_version,
  wanted.release,
  wanted.epoch,
  wanted.arch,
  wanted.src,
  wanted.package_identifier
FROM unnest(
  :package_names::text[],
  :package_versions::text[],
  :releases::text[],
  :epochs::text[],
  :architectures::text[],
  :are_sources::boolean[],
  :package_identifiers::text[]
) AS wanted (package_name, package_version, release, epoch, arch, src, package_identifier)
ORDER BY
  wanted.package_name,
  wanted.package_version,
  wanted.release,
  wanted.epoch,
  wanted.arch,
  wanted.src,
  wanted.package_identifier
ON CONFLICT DO NOTHING;

-- name: get_rpm_requirement_ids
-- Ids of the requirements of RPM packages that are there, by their place in the list (from 1).
-- params: requirement_names: list[str]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(:requirement_names::text[]) WITH ORDINALITY AS wanted (requirement_name, number)
CROSS JOIN LATERAL (
  SELECT requirement.id
  FROM rpm_requirement AS requirement
  WHERE content_digest(requirement.rpm_requirement_name) = content_digest(wanted.requirement_name)
  LIMIT 1
) AS known;

-- name: insert_rpm_requirements!
-- Add requirements of RPM packages.
-- params: requirement_names: list[str]
INSERT INTO rpm_requirement (rpm_requirement_name)
SELECT wanted.requirement_name
FROM unnest(:requirement_names::text[]) AS wanted (requirement_name)
ORDER BY wanted.requirement_name
ON CONFLICT DO NOTHING;

-- name: insert_found_rpm_packages!
-- Tie runs of image analyses to the RPM packages that they found.
-- params: run_ids: list[int], package_ids: list[int]
INSERT INTO found_rpm (package_extract_run_id, rpm_package_version_id)
SELECT found.run_id, found.package_id
FROM unnest(:run_ids::integer[], :package_ids::integer[]) AS found (run_id, package_id)
ORDER BY found.run_id, found.package_id
ON CONFLICT DO NOTHING;

-- name: insert_rpm_package_requirements!
-- Tie RPM packages to their requirements.
-- params: package_ids: list[int], requirement_ids: list[int]
INSERT INTO rpm_requires (rpm_package_version_id, rpm_requirement_id)
SELECT requires.package_id, requires.requirement_id
FROM unnest(:package_ids::integer[], :requirement_ids::integer[]) AS requires (package_id, requirement_id)
ORDER BY requires.package_id, requires.requirement_id
ON CONFLICT DO NOTHING;

-- name: get_debian_package_ids
-- Ids of the Debian packages that are there, by their place in the lists (from 1).
-- params: package_names: list[str], package_versions: list[str], epochs: list[str | None],
--         architectures: list[str | None]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(:package_names::text[], :package_versions::text[], :epochs::text[], :architectures::text[])
  WITH ORDINALITY AS wanted (package_name, package_version, epoch, arch, number)
CROSS JOIN LATERAL (
  SELECT package.id
  FROM deb_package_version AS package
  WHERE package.package_name = wanted.package_name
    AND package.package_version = wanted.package_version
    AND package.epoch IS NOT DISTINCT FROM wanted.epoch
    AND package.arch IS NOT DISTINCT FROM wanted.arch
  LIMIT 1
) AS known;

-- name: insert_debian_packages!
-- Add Debian packages.
-- params: package_names: list[str], package_versions: list[str], epochs: list[str | None],
--         architectures: list[str | None]
INSERT INTO deb_package_version (package_name, package_version, epoch, arch)
SELECT wanted.package_name, wanted.package_version, wanted.epoch, wanted.arch
FROM unnest(:package_names::text[], :package_versions::text[], :epochs::text[], :architectures::text[])
  AS wanted (package_name, package_version, epoch, arch)
ORDER BY wanted.package_name, wanted.package_version, wanted.epoch, wanted.arch
ON CONFLICT DO NOTHING;

-- name: get_debian_dependency_ids
-- Ids of the names of Debian packages that others name, where they are there, by their place in the list (from 1).
-- params: dependency_names: list[str]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(:dependency_names::text[]) WITH ORDINALITY AS wanted (package_name, number)
CROSS JOIN LATERAL (
  SELECT dependency.id
  FROM deb_dependency AS dependency
  WHERE dependency.package_name = wanted.package_name
  LIMIT 1
) AS known;

-- name: insert_debian_dependencies!
-- Add names of Debian packages that others name.
-- params: dependency_names: list[str]
INSERT INTO deb_dependency (package_name)
SELECT wanted.package_name
FROM unnest(:dependency_names::text[]) AS wanted (package_name)
ORDER BY wanted.package_name
ON CONFLICT DO NOTHING;

-- name: insert_found_debian_packages!
-- Tie runs of image analyses to the Debian packages that they found.
-- params: run_ids: list[int], package_ids: list[int]
INSERT INTO found_deb (package_extract_run_id, deb_package_version_id)
SELECT found.run_id, found.package_id
FROM unnest(:run_ids::integer[], :package_ids::integer[]) AS found (run_id, package_id)
ORDER BY found.run_id, found.package_id
ON CONFLICT DO NOTHING;

-- name: insert_debian_pre_depends!
-- Tie Debian packages to those that are to be configured before they are unpacked; a NULL range stands for any version.
-- params: package_ids: list[int], dependency_ids: list[int], version_ranges: list[str | None]
INSERT INTO deb_pre_depends (deb_package_version_id, deb_dependency_id, version_range)
SELECT named.package_id, named.dependency_id, named.version_range
FROM unnest(:package_ids::integer[], :dependency_ids::integer[], :version_ranges::text[])
  AS named (package_id, dependency_id, version_range)
ORDER BY named.package_id, named.dependency_id, named.version_range
ON CONFLICT DO NOTHING;

-- name: insert_debian_depends!
-- Tie Debian packages to those that they depend on; a NULL range stands for any version.
-- params: package_ids: list[int], dependency_ids: list[int], version_ranges: list[str | None]
INSERT INTO deb_depends (deb_package_version_id, deb_dependency_id, version_range)
SELECT named.package_id, named.dependency_id, named.version_range
FROM unnest(:package_ids::integer[], :dependency_ids::integer[], :version_ranges::text[])
  AS named (package_id, dependency_id, version_range)
-- A conflict alone would use up a value of the integer sequence for each row that is there.
WHERE (
  SELECT known.id
  FROM deb_depends AS known
  WHERE known.deb_package_version_id = named.package_id
    AND known.deb_dependency_id = named.dependency_id
    AND content_digest(known.version_range) = content_digest(named.version_range)
  LIMIT 1
) IS NULL
ORDER BY named.package_id, named.dependency_id, named.version_range
ON CONFLICT DO NOTHING;

-- name: insert_debian_replaces!
-- Tie Debian packages to those whose files they replace; a NULL range stands for any version.
-- params: package_ids: list[int], dependency_ids: list[int], version_ranges: list[str | None]
INSERT INTO deb_replaces (deb_package_version_id, deb_dependency_id, version_range)
SELECT named.package_id, named.dependency_id, named.version_range
FROM unnest(:package_ids::integer[], :dependency_ids::integer[], :version_ranges::text[])
  AS named (package_id, dependency_id, version_range)
ORDER BY named.package_id, named.dependency_id, named.version_range
ON CONFLICT DO NOTHING;
