-- name: get_python_package_version_records
-- The indexes and environments in which solvers have seen a version of a Python package.
--
-- An argument of None matches everything.
-- params: package_name, package_version, index_url: str | None, *,
--         os_name: str | None, os_version: str | None, python_version: str | None
-- returns: [{package_name, package_version, index_url, os_name, os_version, python_version}]
-- notnull: package_version
-- cache: THOTH_STORAGE_GET_PYTHON_PACKAGE_VERSION_RECORDS_CACHE_SIZE 16384
SELECT
  v.package_name,
  v.package_version,
  i.url AS index_url,
  v.os_name,
  v.os_version,
  v.python_version
FROM python_package_version AS v
JOIN python_package_index AS i ON i.id = v.python_package_index_id
WHERE v.package_name = :package_name
  AND v.package_version = :package_version
  AND i.url = :index_url                  --? index_url
  AND v.os_name = :os_name                --? os_name
  AND v.os_version = :os_version          --? os_version
  AND v.python_version = :python_version  --? python_version
ORDER BY i.url, v.os_name, v.os_version, v.python_version;

-- name: has_python_solver_error$
-- Whether the latest solver run on a version of a Python package ended with an error.
--
-- An environment argument of None matches all environments.
-- params: package_name, package_version, index_url, *,
--         os_name: str | None, os_version: str | None, python_version: str | None
-- returns: error
-- raises: NotFoundError
-- cache: THOTH_STORAGE_HAS_PYTHON_SOLVER_ERROR_CACHE_SIZE 4096
SELECT s.error
FROM python_package_version AS v
JOIN solved AS s ON s.version_id = v.id
WHERE v.package_name = :package_name
  AND v.package_version = :package_version
  AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
  AND v.os_name = :os_name                --? os_name
  AND v.os_version = :os_version          --? os_version
  AND v.python_version = :python_version  --? python_version
ORDER BY s.datetime DESC, s.document_id DESC, s.version_id DESC, s.error DESC
LIMIT 1;

-- name: is_python_package_version_is_missing$
-- Whether a version of a Python package was found to be missing on its index.
--
-- The flag stands on the record of each environment; one record that has it suffices.
-- params: package_name, package_version, index_url
-- returns: is_missing
-- raises: NotFoundError
-- notnull: is_missing
SELECT bool_or(v.is_missing) AS is_missing
FROM python_package_version AS v
WHERE v.package_name = :package_name
  AND v.package_version = :package_version
  AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
HAVING count(*) > 0;

-- name: get_python_package_hashes_sha256
-- SHA-256 hashes (hexadecimal, without a prefix) of the artifacts of a version of a Python package.
-- params: package_name, package_version, index_url, *, distinct=False
-- returns: [artifact_hash_sha256]
SELECT
  DISTINCT  --? distinct
  artifact.artifact_hash_sha256
FROM python_package_version_entity AS e
JOIN has_artifact ON has_artifact.python_package_version_entity_id = e.id
JOIN python_artifact AS artifact ON artifact.id = has_artifact.python_artifact_id
WHERE e.package_name = :package_name
  AND e.package_version = :package_version
  AND e.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
ORDER BY artifact.artifact_hash_sha256;

-- name: get_python_package_required_symbols
-- Versioned symbols of native libraries that the artifacts of a version of a Python package need, like `GLIBC_2.17`.
-- params: package_name, package_version, index_url
-- returns: [symbol]
-- cache: THOTH_STORAGE_GET_PYTHON_PACKAGE_REQUIRED_SYMBOLS_CACHE_SIZE 4096
SELECT DISTINCT
  versioned_symbol.symbol
FROM python_package_version_entity AS e
JOIN has_artifact ON has_artifact.python_package_version_entity_id = e.id
JOIN requires_symbol ON requires_symbol.python_artifact_id = has_artifact.python_artifact_id
JOIN versioned_symbol ON versioned_symbol.id = requires_symbol.versioned_symbol_id
WHERE e.package_name = :package_name
  AND e.package_version = :package_version
  AND e.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
ORDER BY versioned_symbol.symbol;

-- name: update_missing_flag_package_version!
-- Note whether a version of a Python package is missing on its index; answers how many records that changes.
-- params: package_name, package_version, index_url, value
UPDATE python_package_version AS v
SET is_missing = :value
WHERE v.package_name = :package_name
  AND v.package_version = :package_version
  AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
  AND v.is_missing <> :value;

-- name: update_provides_source_distro_package_version!
-- Note whether a version of a Python package has a source distribution; answers how many records that changes.
-- params: package_name, package_version, index_url, value
UPDATE python_package_version AS v
SET provides_source_distro = :value
WHERE v.package_name = :package_name
  AND v.package_version = :package_version
  AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
  AND v.provides_source_distro <> :value;

-- name: update_python_package_hash_present_flag!
-- Note that an artifact of a version of a Python package is gone from its index; answers how many records that changes.
-- params: package_name, package_version, index_url, sha256_hash
UPDATE python_artifact AS artifact
SET present = FALSE
WHERE artifact.artifact_hash_sha256 = :sha256_hash
  AND artifact.present
  AND artifact.id IN (
    SELECT has_artifact.python_artifact_id
    FROM python_package_version_entity AS e
    JOIN has_artifact ON has_artifact.python_package_version_entity_id = e.id
    WHERE e.package_name = :package_name
      AND e.package_version = :package_version
      AND e.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
  );
