-- stage: pre
-- One row for each package version, for each environment that it was seen in, and for what it consists of. The
-- original's keys on the first two let equal rows in where the index or the version is NULL: dependencies (their index
-- isn't known), packages of users and images, unparsed requirements. Syncing solver documents upserts all of these.
SELECT merge_duplicates('python_package_version_entity');
SELECT merge_duplicates('python_package_version');
SELECT merge_duplicates('import_package');

-- An artifact that was once found missing is missing; the rows of one hash and name may only differ in that.
UPDATE python_artifact AS artifact
SET present = FALSE
FROM python_artifact AS missing
WHERE artifact.present
  AND NOT missing.present
  AND artifact.artifact_hash_sha256 = missing.artifact_hash_sha256
  AND artifact.artifact_name IS NOT DISTINCT FROM missing.artifact_name;
SELECT merge_duplicates('python_artifact');

CREATE UNIQUE INDEX python_package_version_entity_key
  ON python_package_version_entity (package_name, package_version, python_package_index_id) NULLS NOT DISTINCT;
-- Serves every read that names a package version, with its environment or without: at most a few dozen rows share the
-- first two columns. So it replaces the original's eight indexes of that beginning as well.
CREATE UNIQUE INDEX python_package_version_key
  ON python_package_version (
    package_name, package_version, python_package_index_id, os_name, os_version, python_version
  ) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX import_package_key ON import_package (import_package_name) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX python_artifact_key ON python_artifact (artifact_hash_sha256, artifact_name) NULLS NOT DISTINCT;

SELECT merge_duplicates('has_artifact');
CREATE UNIQUE INDEX has_artifact_key ON has_artifact (python_package_version_entity_id, python_artifact_id);
