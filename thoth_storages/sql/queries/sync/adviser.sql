-- Runs of the adviser: a document tells of one. Whoever writes them holds the locks of their documents.

-- name: get_adviser_run_ids
-- Ids of the runs of the adviser that are there, by their place in the lists (from 1).
--
-- The original left several rows of a document that was synced again after its re-run: of these the one that says what
-- is wanted, as another can't say the same, else the first.
-- params: document_ids: list[str], datetimes: list[datetime], adviser_versions: list[str], adviser_names: list[str],
--         counts: list[int | None], limits: list[int | None], origins: list[str | None],
--         source_types: list[str | None], are_s2i: list[bool | None], debugs: list[bool],
--         re_run_adviser_ids: list[str | None], limits_of_latest_versions: list[int | None],
--         adviser_errors: list[bool], recommendation_types: list[str], requirements_formats: list[str],
--         durations: list[int | None], advised_configuration_changes: list[bool],
--         additional_stack_infos: list[bool], need_re_runs: list[bool], user_software_stack_ids: list[int | None],
--         external_run_software_environment_ids: list[int], external_hardware_information_ids: list[int]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(
  :document_ids::text[],
  :datetimes::timestamp[],
  :adviser_versions::text[],
  :adviser_names::text[],
  :counts::integer[],
  :limits::integer[],
  :origins::text[],
  :source_types::source_type[],
  :are_s2i::boolean[],
  :debugs::boolean[],
  :re_run_adviser_ids::text[],
  :limits_of_latest_versions::integer[],
  :adviser_errors::boolean[],
  :recommendation_types::recommendation_type[],
  :requirements_formats::requirements_format[],
  :durations::integer[],
  :advised_configuration_changes::boolean[],
  :additional_stack_infos::boolean[],
  :need_re_runs::boolean[],
  :user_software_stack_ids::integer[],
  :external_run_software_environment_ids::integer[],
  :external_hardware_information_ids::integer[]
) WITH ORDINALITY AS wanted (
  adviser_document_id,
  datetime,
  adviser_version,
  adviser_name,
  count,
  "limit",
  origin,
  source_type,
  is_s2i,
  debug,
  re_run_adviser_id,
  limit_latest_versions,
  adviser_error,
  recommendation_type,
  requirements_format,
  duration,
  advised_configuration_changes,
  additional_stack_info,
  need_re_run,
  user_software_stack_id,
  external_run_software_environment_id,
  external_hardware_information_id,
  number
)
CROSS JOIN LATERAL (
  SELECT run.id
  FROM adviser_run AS run
  WHERE run.adviser_document_id = wanted.adviser_document_id
  ORDER BY
    (
      run.datetime,
      run.adviser_version,
      run.adviser_name,
      run.count,
      run."limit",
      run.origin,
      run.source_type,
      run.is_s2i,
      run.debug,
      run.re_run_adviser_id,
      run.limit_latest_versions,
      run.adviser_error,
      run.recommendation_type,
      run.requirements_format,
      run.duration,
      run.advised_configuration_changes,
      run.additional_stack_info,
      run.need_re_run,
      run.user_software_stack_id,
      run.external_run_software_environment_id,
      run.external_hardware_information_id,
      run.external_build_software_environment_id
    ) IS DISTINCT FROM (
      wanted.datetime,
      wanted.adviser_version,
      wanted.adviser_name,
      wanted.count,
      wanted."limit",
      wanted.origin,
      wanted.source_type,
      wanted.is_s2i,
      wanted.debug,
      wanted.re_run_adviser_id,
      wanted.limit_latest_versions,
      wanted.adviser_error,
      wanted.recommendation_type,
      wanted.requirements_format,
      wanted.duration,
      wanted.advised_configuration_changes,
      wanted.additional_stack_info,
      wanted.need_re_run,
      wanted.user_software_stack_id,
      wanted.external_run_software_environment_id,
      wanted.external_hardware_information_id,
      NULL::integer
    ),
    run.id
  LIMIT 1
) AS known;

-- name: insert_adviser_runs!
-- Add runs of the adviser.
-- params: document_ids: list[str], datetimes: list[datetime], adviser_versions: list[str], adviser_names: list[str],
--         counts: list[int | None], limits: list[int | None], origins: list[str | None],
--         source_types: list[str | None], are_s2i: list[bool | None], debugs: list[bool],
--         re_run_adviser_ids: list[str | None], limits_of_latest_versions: list[int | None],
--         adviser_errors: list[bool], recommendation_types: list[str], requirements_formats: list[str],
--         durations: list[int | None], advised_configuration_changes: list[bool],
--         additional_stack_infos: list[bool], need_re_runs: list[bool], user_software_stack_ids: list[int | None],
--         external_run_software_environment_ids: list[int], external_hardware_information_ids: list[int]
INSERT INTO adviser_run (
  adviser_document_id,
  datetime,
  adviser_version,
  adviser_name,
  count,
  "limit",
  origin,
  source_type,
  is_s2i,
  debug,
  re_run_adviser_id,
  limit_latest_versions,
  adviser_error,
  recommendation_type,
  requirements_format,
  duration,
  advised_configuration_changes,
  additional_stack_info,
  need_re_run,
  user_software_stack_id,
  external_run_software_environment_id,
  external_hardware_information_id
)
SELECT
  wanted.adviser_document_id,
  wanted.datetime,
  wanted.adviser_version,
  wanted.adviser_name,
  wanted.count,
  wanted."limit",
  wanted.origin,
  wanted.source_type,
  wanted.is_s2i,
  wanted.debug,
  wanted.re_run_adviser_id,
  wanted.limit_latest_versions,
  wanted.adviser_error,
  wanted.recommendation_type,
  wanted.requirements_format,
  wanted.duration,
  wanted.advised_configuration_changes,
  wanted.additional_stack_info,
  wanted.need_re_run,
  wanted.user_software_stack_id,
  wanted.external_run_software_environment_id,
  wanted.external_hardware_information_id
FROM unnest(
  :document_ids::text[],
  :datetimes::timestamp[],
  :adviser_versions::text[],
  :adviser_names::text[],
  :counts::integer[],
  :limits::integer[],
  :origins::text[],
  :source_types::source_type[],
  :are_s2i::boolean[],
  :debugs::boolean[],
  :re_run_adviser_ids::text[],
  :limits_of_latest_versions::integer[],
  :adviser_errors::boolean[],
  :recommendation_types::recommendation_type[],
  :requirements_formats::requirements_format[],
  :durations::integer[],
  :advised_configuration_changes::boolean[],
  :additional_stack_infos::boolean[],
  :need_re_runs::boolean[],
  :user_software_stack_ids::integer[],
  :external_run_software_environment_ids::integer[],
  :external_hardware_information_ids::integer[]
) AS wanted (
  adviser_document_id,
  datetime,
  adviser_version,
  adviser_name,
  count,
  "limit",
  origin,
  source_type,
  is_s2i,
  debug,
  re_run_adviser_id,
  limit_latest_versions,
  adviser_error,
  recommendation_type,
  requirements_format,
  duration,
  advised_configuration_changes,
  additional_stack_info,
  need_re_run,
  user_software_stack_id,
  external_run_software_environment_id,
  external_hardware_information_id
)
ORDER BY wanted.adviser_document_id
ON CONFLICT DO NOTHING;

-- name: update_adviser_runs!
-- Have runs of the adviser say what is wanted, where they don't.
-- params: run_ids: list[int], document_ids: list[str], datetimes: list[datetime], adviser_versions: list[str],
--         adviser_names: list[str], counts: list[int | None], limits: list[int | None], origins: list[str | None],
--         source_types: list[str | None], are_s2i: list[bool | None], debugs: list[bool],
--         re_run_adviser_ids: list[str | None], limits_of_latest_versions: list[int | None],
--         adviser_errors: list[bool], recommendation_types: list[str], requirements_formats: list[str],
--         durations: list[int | None], advised_configuration_changes: list[bool],
--         additional_stack_infos: list[bool], need_re_runs: list[bool], user_software_stack_ids: list[int | None],
--         external_run_software_environment_ids: list[int], external_hardware_information_ids: list[int]
UPDATE adviser_run AS run
SET
  datetime = wanted.datetime,
  adviser_version = wanted.adviser_version,
  adviser_name = wanted.adviser_name,
  count = wanted.count,
  "limit" = wanted."limit",
  origin = wanted.origin,
  source_type = wanted.source_type,
  is_s2i = wanted.is_s2i,
  debug = wanted.debug,
  re_run_adviser_id = wanted.re_run_adviser_id,
  limit_latest_versions = wanted.limit_latest_versions,
  adviser_error = wanted.adviser_error,
  recommendation_type = wanted.recommendation_type,
  requirements_format = wanted.requirements_format,
  duration = wanted.duration,
  advised_configuration_changes = wanted.advised_configuration_changes,
  additional_stack_info = wanted.additional_stack_info,
  need_re_run = wanted.need_re_run,
  user_software_stack_id = wanted.user_software_stack_id,
  external_run_software_environment_id = wanted.external_run_software_environment_id,
  external_hardware_information_id = wanted.external_hardware_information_id,
  external_build_software_environment_id = NULL
FROM unnest(
  :run_ids::integer[],
  :document_ids::text[],
  :datetimes::timestamp[],
  :adviser_versions::text[],
  :adviser_names::text[],
  :counts::integer[],
  :limits::integer[],
  :origins::text[],
  :source_types::source_type[],
  :are_s2i::boolean[],
  :debugs::boolean[],
  :re_run_adviser_ids::text[],
  :limits_of_latest_versions::integer[],
  :adviser_errors::boolean[],
  :recommendation_types::recommendation_type[],
  :requirements_formats::requirements_format[],
  :durations::integer[],
  :advised_configuration_changes::boolean[],
  :additional_stack_infos::boolean[],
  :need_re_runs::boolean[],
  :user_software_stack_ids::integer[],
  :external_run_software_environment_ids::integer[],
  :external_hardware_information_ids::integer[]
) AS wanted (
  run_id,
  adviser_document_id,
  datetime,
  adviser_version,
  adviser_name,
  count,
  "limit",
  origin,
  source_type,
  is_s2i,
  debug,
  re_run_adviser_id,
  limit_latest_versions,
  adviser_error,
  recommendation_type,
  requirements_format,
  duration,
  advised_configuration_changes,
  additional_stack_info,
  need_re_run,
  user_software_stack_id,
  external_run_software_environment_id,
  external_hardware_information_id
)
WHERE run.id = wanted.run_id
  -- Says the same again, so that the server looks up these ids only, however it joins.
  AND run.id = ANY(:run_ids::integer[])
  AND (
    run.datetime,
    run.adviser_version,
    run.adviser_name,
    run.count,
    run."limit",
    run.origin,
    run.source_type,
    run.is_s2i,
    run.debug,
    run.re_run_adviser_id,
    run.limit_latest_versions,
    run.adviser_error,
    run.recommendation_type,
    run.requirements_format,
    run.duration,
    run.advised_configuration_changes,
    run.additional_stack_info,
    run.need_re_run,
    run.user_software_stack_id,
    run.external_run_software_environment_id,
    run.external_hardware_information_id,
    run.external_build_software_environment_id
  ) IS DISTINCT FROM (
    wanted.datetime,
    wanted.adviser_version,
    wanted.adviser_name,
    wanted.count,
    wanted."limit",
    wanted.origin,
    wanted.source_type,
    wanted.is_s2i,
    wanted.debug,
    wanted.re_run_adviser_id,
    wanted.limit_latest_versions,
    wanted.adviser_error,
    wanted.recommendation_type,
    wanted.requirements_format,
    wanted.duration,
    wanted.advised_configuration_changes,
    wanted.additional_stack_info,
    wanted.need_re_run,
    wanted.user_software_stack_id,
    wanted.external_run_software_environment_id,
    wanted.external_hardware_information_id,
    NULL::integer
  );

-- name: insert_advised!
-- Note which stacks runs of the adviser recommended.
-- params: run_ids: list[int], stack_ids: list[int]
INSERT INTO advised (adviser_run_id, python_software_stack_id)
SELECT found.run_id, found.stack_id
FROM unnest(:run_ids::integer[], :stack_ids::integer[]) AS found (run_id, stack_id)
ORDER BY found.run_id, found.stack_id
ON CONFLICT DO NOTHING;

-- name: insert_unresolved!
-- Note which packages runs of the adviser couldn't resolve, as no solver had seen them.
-- params: run_ids: list[int], entity_ids: list[int]
INSERT INTO has_unresolved (adviser_run_id, python_package_version_entity_id)
SELECT found.run_id, found.entity_id
FROM unnest(:run_ids::integer[], :entity_ids::integer[]) AS found (run_id, entity_id)
ORDER BY found.run_id, found.entity_id
ON CONFLICT DO NOTHING;
