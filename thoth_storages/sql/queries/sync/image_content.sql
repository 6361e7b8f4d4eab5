-- name: insert_identified_packages!
-- Tie runs of image analyses to the Python packages that they found installed.
-- params: run_ids: list[int], entity_ids: list[int], locations: list[str]
INSERT INTO identified (package_extract_run_id, python_package_version_entity_id, location)
SELECT found.run_id, found.entity_id, found.location
FROM unnest(:run_ids::integer[], :entity_ids::integer[], :locations::text[])
  AS found (run_id, entity_id, location)
ORDER BY found.run_id, found.entity_id, found.location
ON CONFLICT DO NOTHING;

-- name: get_python_file_digest_ids
-- Ids of the contents of Python files that are there, by their place in the list (from 1).
-- params: sha256_hashes: list[str]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(:sha256_hashes::text[]) WITH ORDINALITY AS wanted (sha256, number)
CROSS JOIN LATERAL (
  SELECT content.id
  FROM python_file_digest AS content
  WHERE content.sha256 = wanted.sha256
  LIMIT 1
) AS known;

-- name: insert_python_file_digests!
-- Add contents of Python files.
-- params: sha256_hashes: list[str]
INSERT INTO python_file_digest (sha256)
SELECT wanted.sha256
FROM unnest(:sha256_hashes::text[]) AS wanted (sha256)
ORDER BY wanted.sha256
ON CONFLICT DO NOTHING;

-- name: insert_found_python_files!
-- Tie runs of image analyses to the contents of Python files, at the paths where they found them.
-- params: run_ids: list[int], digest_ids: list[int], files: list[str]
INSERT INTO found_python_file (package_extract_run_id, python_file_digest_id, file)
SELECT found.run_id, found.digest_id, found.file
FROM unnest(:run_ids::integer[], :digest_ids::integer[], :files::text[]) AS found (run_id, digest_id, file)
ORDER BY found.run_id, found.digest_id, found.file
ON CONFLICT DO NOTHING;

-- name: get_python_interpreter_ids
-- Ids of the Python interpreters that are there, by their place in the lists (from 1).
-- params: paths: list[str], links: list[str | None], versions: list[str | None]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(:paths::text[], :links::text[], :versions::text[])
  WITH ORDINALITY AS wanted (path, link, version, number)
CROSS JOIN LATERAL (
  SELECT interpreter.id
  FROM python_interpreter AS interpreter
  WHERE content_digest(interpreter.path, interpreter.link, interpreter.version)
    = content_digest(wanted.path, wanted.link, wanted.version)
  LIMIT 1
) AS known;

-- name: insert_python_interpreters!
-- Add Python interpreters.
-- params: paths: list[str], links: list[str | None], versions: list[str | None]
INSERT INTO python_interpreter (path, link, version)
SELECT wanted.path, wanted.link, wanted.version
FROM unnest(:paths::text[], :links::text[], :versions::text[]) AS wanted (path, link, version)
ORDER BY wanted.path, wanted.link, wanted.version
ON CONFLICT DO NOTHING;

-- name: insert_found_python_interpreters!
-- Tie runs of image analyses to the Python interpreters that they found.
-- params: run_ids: list[int], interpreter_ids: list[int]
INSERT INTO found_python_interpreter (package_extract_run_id, python_interpreter_id)
SELECT found.run_id, found.interpreter_id
FROM unnest(:run_ids::integer[], :interpreter_ids::integer[]) AS found (run_id, interpreter_id)
ORDER BY found.run_id, found.interpreter_id
ON CONFLICT DO NOTHING;

-- name: get_symbol_ids
-- Ids of the symbols of shared libraries that are there, by their place in the lists (from 1).
-- params: library_names: list[str], symbols: list[str]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(:library_names::text[], :symbols::text[]) WITH ORDINALITY AS wanted (library_name, symbol, number)
CROSS JOIN LATERAL (
  SELECT versioned.id
  FROM versioned_symbol AS versioned
  WHERE content_digest(versioned.library_name, versioned.symbol) = content_digest(wanted.library_name, wanted.symbol)
  LIMIT 1
) AS known;

-- name: insert_symbols!
-- Add symbols of shared libraries.
-- params: library_names: list[str], symbols: list[str]
INSERT INTO versioned_symbol (library_name, symbol)
SELECT wanted.library_name, wanted.symbol
FROM unnest(:library_names::text[], :symbols::text[]) AS wanted (library_name, symbol)
ORDER BY wanted.library_name, wanted.symbol
ON CONFLICT DO NOTHING;

-- name: insert_offered_symbols!
-- Tie software environments to the symbols that they offer; each is one of the service's own or a user's (external).
-- params: software_environment_ids: list[int | None], external_software_environment_ids: list[int | None],
--         symbol_ids: list[int]
INSERT INTO has_symbol (software_environment_id, external_software_environment_id, versioned_symbol_id)
SELECT offers.software_environment_id, offers.external_software_environment_id, offers.symbol_id
FROM unnest(
  :software_environment_ids::integer[],
  :external_software_environment_ids::integer[],
  :symbol_ids::integer[]
) AS offers (software_environment_id, external_software_environment_id, symbol_id)
ORDER BY offers.software_environment_id, offers.external_software_environment_id, offers.symbol_id
ON CONFLICT DO NOTHING;

-- name: insert_detected_symbols!
-- Tie runs of image analyses to the symbols that they detected.
-- params: run_ids: list[int], symbol_ids: list[int]
INSERT INTO detected_symbol (package_extract_run_id, versioned_symbol_id)
SELECT found.run_id, found.symbol_id
FROM unnest(:run_ids::integer[], :symbol_ids::integer[]) AS found (run_id, symbol_id)
ORDER BY found.run_id, found.symbol_id
ON CONFLICT DO NOTHING;
