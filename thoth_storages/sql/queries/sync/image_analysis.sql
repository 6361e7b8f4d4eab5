-- name: get_analysis_run_ids
-- Ids of the runs of image analyses that are there, by their place in the lists (from 1).
--
-- The original left several rows of a document that was synced by more than one of its releases: of these the one that
-- says what is wanted, else the first.
-- params: document_ids: list[str], datetimes: list[datetime], durations: list[int | None],
--         package_extract_names: list[str], package_extract_versions: list[str], environment_types: list[str],
--         origins: list[str | None], debugs: list[bool], package_extract_errors: list[bool], image_tags: list[str],
--         os_names: list[str], os_ids: list[str], os_version_ids: list[str], image_sizes: list[int | None],
--         software_environment_ids: list[int | None], external_software_environment_ids: list[int | None]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(
  :document_ids::text[],
  :datetimes::timestamp[],
  :durations::integer[],
  :package_extract_names::text[],
  :package_extract_versions::text[],
  :environment_types::environment_type[],
  :origins::text[],
  :debugs::boolean[],
  :package_extract_errors::boolean[],
  :image_tags::text[],
  :os_names::text[],
  :os_ids::text[],
  :os_version_ids::text[],
  :image_sizes::bigint[],
  :software_environment_ids::integer[],
  :external_software_environment_ids::integer[]
) WITH ORDINALITY AS wanted (
  document_id,
  datetime,
  duration,
  package_extract_name,
  package_extract_version,
  environment_type,
  origin,
  debug,
  package_extract_error,
  image_tag,
  os_name,
  os_id,
  os_version_id,
  image_size,
  software_environment_id,
  external_software_environment_id,
  number
)
CROSS JOIN LATERAL (
  SELECT run.id
  FROM package_extract_run AS run
  WHERE run.analysis_document_id = wanted.document_id
  ORDER BY
    (
      run.datetime,
      run.duration,
      run.package_extract_name,
      run.package_extract_version,
      run.environment_type,
      run.origin,
      run.debug,
      run.package_extract_error,
      run.image_tag,
      run.os_name,
      run.os_id,
      run.os_version_id,
      run.image_size,
      run.software_environment_id,
      run.external_software_environment_id
    ) IS DISTINCT FROM (
      wanted.datetime,
      wanted.duration,
      wanted.package_extract_name,
      wanted.package_extract_version,
      wanted.environment_type,
      wanted.origin,
      wanted.debug,
      wanted.package_extract_error,
      wanted.image_tag,
      wanted.os_name,
      wanted.os_id,
      wanted.os_version_id,
      wanted.image_size,
      wanted.software_environment_id,
      wanted.external_software_environment_id
    ),
    run.id
  LIMIT 1
) AS known;

-- name: insert_analysis_runs!
-- Add runs of image analyses.
-- params: document_ids: list[str], datetimes: list[datetime], durations: list[int | None],
--         package_extract_names: list[str], package_extract_versions: list[str], environment_types: list[str],
--         origins: list[str | None], debugs: list[bool], package_extract_errors: list[bool], image_tags: list[str],
--         os_names: list[str], os_ids: list[str], os_version_ids: list[str], image_sizes: list[int | None],
--         software_environment_ids: list[int | None], external_software_environment_ids: list[int | None]
INSERT INTO package_extract_run (
  analysis_document_id,
  datetime,
  duration,
  package_extract_name,
  package_extract_version,
  environment_type,
  origin,
  debug,
  package_extract_error,
  image_tag,
  os_name,
  os_id,
  os_version_id,
  image_size,
  software_environment_id,
  external_software_environment_id
)
SELECT
  wanted.document_id,
  wanted.datetime,
  wanted.duration,
  wanted.package_extract_name,
  wanted.package_extract_version,
  wanted.environment_type,
  wanted.origin,
  wanted.debug,
  wanted.package_extract_error,
  wanted.image_tag,
  wanted.os_name,
  wanted.os_id,
  wanted.os_version_id,
  wanted.image_size,
  wanted.software_environment_id,
  wanted.external_software_environment_id
FROM unnest(
  :document_ids::text[],
  :datetimes::timestamp[],
  :durations::integer[],
  :package_extract_names::text[],
  :package_extract_versions::text[],
  :environment_types::environment_type[],
  :origins::text[],
  :debugs::boolean[],
  :package_extract_errors::boolean[],
  :image_tags::text[],
  :os_names::text[],
  :os_ids::text[],
  :os_version_ids::text[],
  :image_sizes::bigint[],
  :software_environment_ids::integer[],
  :external_software_environment_ids::integer[]
) AS wanted (
  document_id,
  datetime,
  duration,
  package_extract_name,
  package_extract_version,
  environment_type,
  origin,
  debug,
  package_extract_error,
  image_tag,
  os_name,
  os_id,
  os_version_id,
  image_size,
  software_environment_id,
  external_software_environment_id
)
ORDER BY wanted.document_id
ON CONFLICT DO NOTHING;

-- name: update_analysis_runs!
-- Have runs of image analyses say what their documents say, where they say something else.
-- params: run_ids: list[int], datetimes: list[datetime], durations: list[int | None],
--         package_extract_names: list[str], package_extract_versions: list[str], environment_types: list[str],
--         origins: list[str | None], debugs: list[bool], package_extract_errors: list[bool], image_tags: list[str],
--         os_names: list[str], os_ids: list[str], os_version_ids: list[str], image_sizes: list[int | None],
--         software_environment_ids: list[int | None], external_software_environment_ids: list[int | None]
UPDATE package_extract_run AS run
SET
  datetime = wanted.datetime,
  duration = wanted.duration,
  package_extract_name = wanted.package_extract_name,
  package_extract_version = wanted.package_extract_version,
  environment_type = wanted.environment_type,
  origin = wanted.origin,
  debug = wanted.debug,
  package_extract_error = wanted.package_extract_error,
  image_tag = wanted.image_tag,
  os_name = wanted.os_name,
  os_id = wanted.os_id,
  os_version_id = wanted.os_version_id,
  image_size = wanted.image_size,
  software_environment_id = wanted.software_environment_id,
  external_software_environment_id = wanted.external_software_environment_id
FROM unnest(
  :run_ids::integer[],
  :datetimes::timestamp[],
  :durations::integer[],
  :package_extract_names::text[],
  :package_extract_versions::text[],
  :environment_types::environment_type[],
  :origins::text[],
  :debugs::boolean[],
  :package_extract_errors::boolean[],
  :image_tags::text[],
  :os_names::text[],
  :os_ids::text[],
  :os_version_ids::text[],
  :image_sizes::bigint[],
  :software_environment_ids::integer[],
  :external_software_environment_ids::integer[]
) AS wanted (
  run_id,
  datetime,
  duration,
  package_extract_name,
  package_extract_version,
  environment_type,
  origin,
  debug,
  package_extract_error,
  image_tag,
  os_name,
  os_id,
  os_version_id,
  image_size,
  software_environment_id,
  external_software_environment_id
)
WHERE run.id = wanted.run_id
  AND (
    run.datetime,
    run.duration,
    run.package_extract_name,
    run.package_extract_version,
    run.environment_type,
    run.origin,
    run.debug,
    run.package_extract_error,
    run.image_tag,
    run.os_name,
    run.os_id,
    run.os_version_id,
    run.image_size,
    run.software_environment_id,
    run.external_software_environment_id
  ) IS DISTINCT FROM (
    wanted.datetime,
    wanted.duration,
    wanted.package_extract_name,
    wanted.package_extract_version,
    wanted.environment_type,
    wanted.origin,
    wanted.debug,
    wanted.package_extract_error,
    wanted.image_tag,
    wanted.os_name,
    wanted.os_id,
    wanted.os_version_id,
    wanted.image_size,
    wanted.software_environment_id,
    wanted.external_software_environment_id
  );
