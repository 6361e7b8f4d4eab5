-- Make copies agree before they are merged, in the two tables whose keys don't span all that a row says. Of a package
-- version without an index, two processes of the original that synced it at once stored two rows, and each went on to
-- tell what it found to one of them; its other keys let none in. Where copies differ,
--
-- - something counts more than NULL, and of two metadata, or two licenses, that of the copy that was solved last: a
--   later sync overwrites it, had there been one row;
-- - a finding counts more than what is stored before anything is found: missing, without a source distribution, with a
--   warning for its license; an artifact that isn't present any more. The original takes none of them back.
--
-- What a row said, and the one that stays doesn't, is kept in _yoyo_set_aside.
LOCK TABLE python_package_version_entity, python_package_version, python_artifact IN SHARE ROW EXCLUSIVE MODE;

CREATE TEMPORARY TABLE agreed ON COMMIT DROP AS
SELECT
  id,
  min(id) OVER same AS kept_id,
  first_value(python_package_metadata_id)
    OVER (same ORDER BY python_package_metadata_id IS NULL, solved_at DESC NULLS LAST, id DESC)
    AS python_package_metadata_id,
  first_value(package_license)
    OVER (same ORDER BY package_license IS NULL, solved_at DESC NULLS LAST, id DESC) AS package_license,
  bool_or(package_license_warning) OVER same AS package_license_warning,
  bool_or(is_missing) OVER same AS is_missing,
  bool_and(provides_source_distro) OVER same AS provides_source_distro
FROM (
  SELECT
    id, package_name, package_version, python_package_index_id, os_name, os_version, python_version,
    python_package_metadata_id, package_license, package_license_warning, is_missing, provides_source_distro,
    count(*) OVER (
      PARTITION BY package_name, package_version, python_package_index_id, os_name, os_version, python_version
    ) AS copies,
    (SELECT max(datetime) FROM solved WHERE version_id = version.id) AS solved_at
  FROM python_package_version AS version
  WHERE package_version IS NULL OR python_package_index_id IS NULL
) AS version
WHERE copies > 1
WINDOW same AS (
  PARTITION BY package_name, package_version, python_package_index_id, os_name, os_version, python_version
);

INSERT INTO _yoyo_set_aside (migration_id, table_name, kept, set_aside)
SELECT '0015.unique-packages', 'python_package_version', jsonb_build_object('id', kept_id), to_jsonb(version)
FROM python_package_version AS version
JOIN agreed ON agreed.id = version.id
WHERE version.python_package_metadata_id <> agreed.python_package_metadata_id
  OR version.package_license <> agreed.package_license
  OR version.package_license_warning <> agreed.package_license_warning
  OR version.is_missing <> agreed.is_missing
  OR version.provides_source_distro <> agreed.provides_source_distro;

UPDATE python_package_version AS version
SET
  python_package_metadata_id = agreed.python_package_metadata_id,
  package_license = agreed.package_license,
  package_license_warning = agreed.package_license_warning,
  is_missing = agreed.is_missing,
  provides_source_distro = agreed.provides_source_distro
FROM agreed
WHERE agreed.id = version.id
  AND (
    version.python_package_metadata_id, version.package_license, version.package_license_warning, version.is_missing,
    version.provides_source_distro
  ) IS DISTINCT FROM (
    agreed.python_package_metadata_id, agreed.package_license, agreed.package_license_warning, agreed.is_missing,
    agreed.provides_source_distro
  );

-- The migration itself makes these agree.
INSERT INTO _yoyo_set_aside (migration_id, table_name, kept, set_aside)
SELECT '0015.unique-packages', 'python_artifact', jsonb_build_object('id', kept_id), to_jsonb(artifact)
FROM (
  SELECT id, min(id) OVER same AS kept_id, bool_and(present) OVER same AS present
  FROM python_artifact
  WHERE artifact_hash_sha256 IN (SELECT artifact_hash_sha256 FROM python_artifact WHERE NOT present)
  WINDOW same AS (PARTITION BY artifact_hash_sha256, artifact_name)
) AS copy
JOIN python_artifact AS artifact ON artifact.id = copy.id
WHERE artifact.present AND NOT copy.present;
