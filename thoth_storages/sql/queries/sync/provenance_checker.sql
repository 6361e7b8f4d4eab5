-- name: get_provenance_checker_run_ids
-- Ids of the runs of the provenance checker that are there, by their place in the lists (from 1).
--
-- Databases of the original may hold several rows of a document. The first is taken, but rather one that says what the
-- document says: making another say it as well would break the key.
-- params: document_ids: list[str], datetimes: list[datetime], versions: list[str], names: list[str],
--         origins: list[str | None], debugs: list[bool], errors: list[bool], durations: list[int | None],
--         user_software_stack_ids: list[int]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(
  :document_ids::text[],
  :datetimes::timestamp[],
  :versions::text[],
  :names::text[],
  :origins::text[],
  :debugs::boolean[],
  :errors::boolean[],
  :durations::integer[],
  :user_software_stack_ids::integer[]
) WITH ORDINALITY AS wanted (
  provenance_checker_document_id,
  datetime,
  provenance_checker_version,
  provenance_checker_name,
  origin,
  debug,
  provenance_checker_error,
  duration,
  user_software_stack_id,
  number
)
CROSS JOIN LATERAL (
  SELECT run.id
  FROM provenance_checker_run AS run
  WHERE run.provenance_checker_document_id = wanted.provenance_checker_document_id
  ORDER BY
    (
      run.datetime,
      run.provenance_checker_version,
      run.provenance_checker_name,
      run.origin,
      run.debug,
      run.provenance_checker_error,
      run.duration,
      run.user_software_stack_id
    ) IS DISTINCT FROM (
      wanted.datetime,
      wanted.provenance_checker_version,
      wanted.provenance_checker_name,
      wanted.origin,
      wanted.debug,
      wanted.provenance_checker_error,
      wanted.duration,
      wanted.user_software_stack_id
    ),
    run.id
  LIMIT 1
) AS known;

-- name: insert_provenance_checker_runs!
-- Add runs of the provenance checker.
-- params: document_ids: list[str], datetimes: list[datetime], versions: list[str], names: list[str],
--         origins: list[str | None], debugs: list[bool], errors: list[bool], durations: list[int | None],
--         user_software_stack_ids: list[int]
INSERT INTO provenance_checker_run (
  provenance_checker_document_id,
  datetime,
  provenance_checker_version,
  provenance_checker_name,
  origin,
  debug,
  provenance_checker_error,
  duration,
  user_software_stack_id
)
SELECT
  wanted.provenance_checker_document_id,
  wanted.datetime,
  wanted.provenance_checker_version,
  wanted.provenance_checker_name,
  wanted.origin,
  wanted.debug,
  wanted.provenance_checker_error,
  wanted.duration,
  wanted.user_software_stack_id
FROM unnest(
  :document_ids::text[],
  :datetimes::timestamp[],
  :versions::text[],
  :names::text[],
  :origins::text[],
  :debugs::boolean[],
  :errors::boolean[],
  :durations::integer[],
  :user_software_stack_ids::integer[]
) AS wanted (
  provenance_checker_document_id,
  datetime,
  provenance_checker_version,
  provenance_checker_name,
  origin,
  debug,
  provenance_checker_error,
  duration,
  user_software_stack_id
)
ORDER BY wanted.provenance_checker_document_id
ON CONFLICT DO NOTHING;

-- name: update_provenance_checker_runs!
-- Have runs of the provenance checker say what their documents say, where they don't.
-- params: run_ids: list[int], datetimes: list[datetime], versions: list[str], names: list[str],
--         origins: list[str | None], debugs: list[bool], errors: list[bool], durations: list[int | None],
--         user_software_stack_ids: list[int]
UPDATE provenance_checker_run AS run
SET
  datetime = wanted.datetime,
  provenance_checker_version = wanted.provenance_checker_version,
  provenance_checker_name = wanted.provenance_checker_name,
  origin = wanted.origin,
  debug = wanted.debug,
  provenance_checker_error = wanted.provenance_checker_error,
  duration = wanted.duration,
  user_software_stack_id = wanted.user_software_stack_id
FROM unnest(
  :run_ids::integer[],
  :datetimes::timestamp[],
  :versions::text[],
  :names::text[],
  :origins::text[],
  :debugs::boolean[],
  :errors::boolean[],
  :durations::integer[],
  :user_software_stack_ids::integer[]
) AS wanted (
  run_id,
  datetime,
  provenance_checker_version,
  provenance_checker_name,
  origin,
  debug,
  provenance_checker_error,
  duration,
  user_software_stack_id
)
WHERE run.id = wanted.run_id
  -- Says the same again, so that the server looks up these ids only, however it joins.
  AND run.id = ANY(:run_ids::integer[])
  AND (
    run.datetime,
    run.provenance_checker_version,
    run.provenance_checker_name,
    run.origin,
    run.debug,
    run.provenance_checker_error,
    run.duration,
    run.user_software_stack_id
  ) IS DISTINCT FROM (
    wanted.datetime,
    wanted.provenance_checker_version,
    wanted.provenance_checker_name,
    wanted.origin,
    wanted.debug,
    wanted.provenance_checker_error,
    wanted.duration,
    wanted.user_software_stack_id
  );
