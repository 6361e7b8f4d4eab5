-- name: inspection_result_is_synced$
-- Whether a result of an inspection, by its number, was synced: that Dependency Monkey asked for it isn't enough.
-- params: document_id, result_number
-- returns: is_synced
SELECT EXISTS (
  SELECT
  FROM inspection_run AS run
  WHERE run.inspection_document_id = :document_id
    AND run.inspection_result_number = :result_number
    AND run.inspection_sync_state = 'SYNCED'
) AS is_synced;

-- name: get_inspection_run_ids
-- Ids of the results of inspections that are there, synced or not, by their place in the lists (from 1).
--
-- Databases of the original may hold several rows of a result. The first is taken, but rather one that says what the
-- document says: making another say it as well would break the key.
-- params: document_ids: list[str], result_numbers: list[int], datetimes: list[datetime | None],
--         build_cpus: list[float | None], build_memories: list[float | None], run_cpus: list[float | None],
--         run_memories: list[float | None], build_hardware_ids: list[int], run_hardware_ids: list[int],
--         build_environment_ids: list[int], run_environment_ids: list[int], stack_ids: list[int | None]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(
  :document_ids::text[],
  :result_numbers::integer[],
  :datetimes::timestamp[],
  :build_cpus::double precision[],
  :build_memories::double precision[],
  :run_cpus::double precision[],
  :run_memories::double precision[],
  :build_hardware_ids::integer[],
  :run_hardware_ids::integer[],
  :build_environment_ids::integer[],
  :run_environment_ids::integer[],
  :stack_ids::integer[]
) WITH ORDINALITY AS wanted (
  document_id,
  result_number,
  datetime,
  build_cpu,
  build_memory,
  run_cpu,
  run_memory,
  build_hardware_id,
  run_hardware_id,
  build_environment_id,
  run_environment_id,
  stack_id,
  number
)
CROSS JOIN LATERAL (
  SELECT run.id
  FROM inspection_run AS run
  WHERE run.inspection_document_id = wanted.document_id
    AND run.inspection_result_number = wanted.result_number
  ORDER BY
    (
      ROW(
        'SYNCED'::inspection_sync_state,
        wanted.datetime,
        wanted.build_cpu,
        wanted.build_memory,
        wanted.run_cpu,
        wanted.run_memory,
        wanted.build_hardware_id,
        wanted.run_hardware_id,
        wanted.build_environment_id,
        wanted.run_environment_id,
        wanted.stack_id
      ) IS DISTINCT FROM ROW(
        run.inspection_sync_state,
        run.datetime,
        run.build_requests_cpu,
        run.build_requests_memory,
        run.run_requests_cpu,
        run.run_requests_memory,
        run.build_hardware_information_id,
        run.run_hardware_information_id,
        run.build_software_environment_id,
        run.run_software_environment_id,
        run.inspection_software_stack_id
      )
    ),
    run.id
  LIMIT 1
) AS known;

-- name: insert_inspection_runs!
-- Add results of inspections that aren't there.
-- params: document_ids: list[str], result_numbers: list[int], datetimes: list[datetime | None],
--         build_cpus: list[float | None], build_memories: list[float | None], run_cpus: list[float | None],
--         run_memories: list[float | None], build_hardware_ids: list[int], run_hardware_ids: list[int],
--         build_environment_ids: list[int], run_environment_ids: list[int], stack_ids: list[int | None]
INSERT INTO inspection_run (
  inspection_document_id,
  inspection_result_number,
  datetime,
  build_requests_cpu,
  build_requests_memory,
  run_requests_cpu,
  run_requests_memory,
  inspection_sync_state,
  build_hardware_information_id,
  run_hardware_information_id,
  build_software_environment_id,
  run_software_environment_id,
  inspection_software_stack_id
)
SELECT
  wanted.document_id,
  wanted.result_number,
  wanted.datetime,
  wanted.build_cpu,
  wanted.build_memory,
  wanted.run_cpu,
  wanted.run_memory,
  'SYNCED',
  wanted.build_hardware_id,
  wanted.run_hardware_id,
  wanted.build_environment_id,
  wanted.run_environment_id,
  wanted.stack_id
FROM unnest(
  :document_ids::text[],
  :result_numbers::integer[],
  :datetimes::timestamp[],
  :build_cpus::double precision[],
  :build_memories::double precision[],
  :run_cpus::double precision[],
  :run_memories::double precision[],
  :build_hardware_ids::integer[],
  :run_hardware_ids::integer[],
  :build_environment_ids::integer[],
  :run_environment_ids::integer[],
  :stack_ids::integer[]
) AS wanted (
  document_id,
  result_number,
  datetime,
  build_cpu,
  build_memory,
  run_cpu,
  run_memory,
  build_hardware_id,
  run_hardware_id,
  build_environment_id,
  run_environment_id,
  stack_id
)
ORDER BY wanted.document_id, wanted.result_number
ON CONFLICT DO NOTHING;

-- name: update_inspection_runs!
-- Have results of inspections say what their documents say, and be synced; answers how many said something else.
--
-- Which run of Dependency Monkey asked for one stays.
-- params: run_ids: list[int], datetimes: list[datetime | None], build_cpus: list[float | None],
--         build_memories: list[float | None], run_cpus: list[float | None], run_memories: list[float | None],
--         build_hardware_ids: list[int], run_hardware_ids: list[int], build_environment_ids: list[int],
--         run_environment_ids: list[int], stack_ids: list[int | None]
UPDATE inspection_run AS run
SET
  datetime = wanted.datetime,
  build_requests_cpu = wanted.build_cpu,
  build_requests_memory = wanted.build_memory,
  run_requests_cpu = wanted.run_cpu,
  run_requests_memory = wanted.run_memory,
  inspection_sync_state = 'SYNCED',
  build_hardware_information_id = wanted.build_hardware_id,
  run_hardware_information_id = wanted.run_hardware_id,
  build_software_environment_id = wanted.build_environment_id,
  run_software_environment_id = wanted.run_environment_id,
  inspection_software_stack_id = wanted.stack_id
FROM unnest(
  :run_ids::integer[],
  :datetimes::timestamp[],
  :build_cpus::double precision[],
  :build_memories::double precision[],
  :run_cpus::double precision[],
  :run_memories::double precision[],
  :build_hardware_ids::integer[],
  :run_hardware_ids::integer[],
  :build_environment_ids::integer[],
  :run_environment_ids::integer[],
  :stack_ids::integer[]
) AS wanted (
  run_id,
  datetime,
  build_cpu,
  build_memory,
  run_cpu,
  run_memory,
  build_hardware_id,
  run_hardware_id,
  build_environment_id,
  run_environment_id,
  stack_id
)
WHERE run.id = wanted.run_id
  AND ROW(
    'SYNCED'::inspection_sync_state,
    wanted.datetime,
    wanted.build_cpu,
    wanted.build_memory,
    wanted.run_cpu,
    wanted.run_memory,
    wanted.build_hardware_id,
    wanted.run_hardware_id,
    wanted.build_environment_id,
    wanted.run_environment_id,
    wanted.stack_id
  ) IS DISTINCT FROM ROW(
    run.inspection_sync_state,
    run.datetime,
    run.build_requests_cpu,
    run.build_requests_memory,
    run.run_requests_cpu,
    run.run_requests_memory,
    run.build_hardware_information_id,
    run.run_hardware_information_id,
    run.build_software_environment_id,
    run.run_software_environment_id,
    run.inspection_software_stack_id
  );
