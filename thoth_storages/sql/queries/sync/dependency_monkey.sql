-- name: get_dependency_monkey_run_ids
-- Ids of the runs of Dependency Monkey that are there, by their place in the lists (from 1).
--
-- Databases of the original may hold several rows of a document. The first is taken, but rather one that says what the
-- document says: making another say it as well would break the key.
-- params: document_ids: list[str], datetimes: list[datetime], names: list[str], versions: list[str],
--         seeds: list[int | None], decisions: list[str], counts: list[int | None],
--         limits_of_latest_versions: list[int | None], debugs: list[bool | None], errors: list[bool],
--         durations: list[int | None], run_environment_ids: list[int], build_environment_ids: list[int],
--         hardware_ids: list[int]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(
  :document_ids::text[],
  :datetimes::timestamp[],
  :names::text[],
  :versions::text[],
  :seeds::integer[],
  :decisions::text[],
  :counts::integer[],
  :limits_of_latest_versions::integer[],
  :debugs::boolean[],
  :errors::boolean[],
  :durations::integer[],
  :run_environment_ids::integer[],
  :build_environment_ids::integer[],
  :hardware_ids::integer[]
) WITH ORDINALITY AS wanted (
  dependency_monkey_document_id,
  datetime,
  dependency_monkey_name,
  dependency_monkey_version,
  seed,
  decision,
  count,
  limit_latest_versions,
  debug,
  dependency_monkey_error,
  duration,
  run_software_environment_id,
  build_software_environment_id,
  hardware_id,
  number
)
CROSS JOIN LATERAL (
  SELECT run.id
  FROM dependency_monkey_run AS run
  WHERE run.dependency_monkey_document_id = wanted.dependency_monkey_document_id
  ORDER BY
    (
      run.datetime,
      run.dependency_monkey_name,
      run.dependency_monkey_version,
      run.seed,
      run.decision,
      run.count,
      run.limit_latest_versions,
      run.debug,
      run.dependency_monkey_error,
      run.duration,
      run.run_software_environment_id,
      run.build_software_environment_id,
      run.run_hardware_information_id,
      run.build_hardware_information_id
    ) IS DISTINCT FROM (
      wanted.datetime,
      wanted.dependency_monkey_name,
      wanted.dependency_monkey_version,
      wanted.seed,
      wanted.decision,
      wanted.count,
      wanted.limit_latest_versions,
      wanted.debug,
      wanted.dependency_monkey_error,
      wanted.duration,
      wanted.run_software_environment_id,
      wanted.build_software_environment_id,
      wanted.hardware_id,
      wanted.hardware_id
    ),
    run.id
  LIMIT 1
) AS known;

-- name: insert_dependency_monkey_runs!
-- Add runs of Dependency Monkey.
-- params: document_ids: list[str], datetimes: list[datetime], names: list[str], versions: list[str],
--         seeds: list[int | None], decisions: list[str], counts: list[int | None],
--         limits_of_latest_versions: list[int | None], debugs: list[bool | None], errors: list[bool],
--         durations: list[int | None], run_environment_ids: list[int], build_environment_ids: list[int],
--         hardware_ids: list[int]
INSERT INTO dependency_monkey_run (
  dependency_monkey_document_id,
  datetime,
  dependency_monkey_name,
  dependency_monkey_version,
  seed,
  decision,
  count,
  limit_latest_versions,
  debug,
  dependency_monkey_error,
  duration,
  run_software_environment_id,
  build_software_environment_id,
  run_hardware_information_id,
  build_hardware_information_id
)
SELECT
  wanted.dependency_monkey_document_id,
  wanted.datetime,
  wanted.dependency_monkey_name,
  wanted.dependency_monkey_version,
  wanted.seed,
  wanted.decision,
  wanted.count,
  wanted.limit_latest_versions,
  wanted.debug,
  wanted.dependency_monkey_error,
  wanted.duration,
  wanted.run_software_environment_id,
  wanted.build_software_environment_id,
  wanted.hardware_id AS run_hardware_information_id,
  wanted.hardware_id AS build_hardware_information_id
FROM unnest(
  :document_ids::text[],
  :datetimes::timestamp[],
  :names::text[],
  :versions::text[],
  :seeds::integer[],
  :decisions::text[],
  :counts::integer[],
  :limits_of_latest_versions::integer[],
  :debugs::boolean[],
  :errors::boolean[],
  :durations::integer[],
  :run_environment_ids::integer[],
  :build_environment_ids::integer[],
  :hardware_ids::integer[]
) AS wanted (
  dependency_monkey_document_id,
  datetime,
  dependency_monkey_name,
  dependency_monkey_version,
  seed,
  decision,
  count,
  limit_latest_versions,
  debug,
  dependency_monkey_error,
  duration,
  run_software_environment_id,
  build_software_environment_id,
  hardware_id
)
ORDER BY wanted.dependency_monkey_document_id
ON CONFLICT DO NOTHING;

-- name: update_dependency_monkey_runs!
-- Have runs of Dependency Monkey say what their documents say, where they don't.
-- params: run_ids: list[int], datetimes: list[datetime], names: list[str], versions: list[str],
--         seeds: list[int | None], decisions: list[str], counts: list[int | None],
--         limits_of_latest_versions: list[int | None], debugs: list[bool | None], errors: list[bool],
--         durations: list[int | None], run_environment_ids: list[int], build_environment_ids: list[int],
--         hardware_ids: list[int]
UPDATE dependency_monkey_run AS run
SET
  datetime = wanted.datetime,
  dependency_monkey_name = wanted.dependency_monkey_name,
  dependency_monkey_version = wanted.dependency_monkey_version,
  seed = wanted.seed,
  decision = wanted.decision,
  count = wanted.count,
  limit_latest_versions = wanted.limit_latest_versions,
  debug = wanted.debug,
  dependency_monkey_error = wanted.dependency_monkey_error,
  duration = wanted.duration,
  run_software_environment_id = wanted.run_software_environment_id,
  build_software_environment_id = wanted.build_software_environment_id,
  run_hardware_information_id = wanted.hardware_id,
  build_hardware_information_id = wanted.hardware_id
FROM unnest(
  :run_ids::integer[],
  :datetimes::timestamp[],
  :names::text[],
  :versions::text[],
  :seeds::integer[],
  :decisions::text[],
  :counts::integer[],
  :limits_of_latest_versions::integer[],
  :debugs::boolean[],
  :errors::boolean[],
  :durations::integer[],
  :run_environment_ids::integer[],
  :build_environment_ids::integer[],
  :hardware_ids::integer[]
) AS wanted (
  run_id,
  datetime,
  dependency_monkey_name,
  dependency_monkey_version,
  seed,
  decision,
  count,
  limit_latest_versions,
  debug,
  dependency_monkey_error,
  duration,
  run_software_environment_id,
  build_software_environment_id,
  hardware_id
)
WHERE run.id = wanted.run_id
  -- Says the same again, so that the server looks up these ids only, however it joins.
  AND run.id = ANY(:run_ids::integer[])
  AND (
    run.datetime,
    run.dependency_monkey_name,
    run.dependency_monkey_version,
    run.seed,
    run.decision,
    run.count,
    run.limit_latest_versions,
    run.debug,
    run.dependency_monkey_error,
    run.duration,
    run.run_software_environment_id,
    run.build_software_environment_id,
    run.run_hardware_information_id,
    run.build_hardware_information_id
  ) IS DISTINCT FROM (
    wanted.datetime,
    wanted.dependency_monkey_name,
    wanted.dependency_monkey_version,
    wanted.seed,
    wanted.decision,
    wanted.count,
    wanted.limit_latest_versions,
    wanted.debug,
    wanted.dependency_monkey_error,
    wanted.duration,
    wanted.run_software_environment_id,
    wanted.build_software_environment_id,
    wanted.hardware_id,
    wanted.hardware_id
  );

-- name: insert_dependency_monkey_requirements!
-- Say for which lines of Pipfiles runs of Dependency Monkey made stacks.
-- params: run_ids: list[int], line_ids: list[int]
INSERT INTO python_dependency_monkey_requirements (dependency_monkey_run_id, python_package_requirement_id)
SELECT required.run_id, required.line_id
FROM unnest(:run_ids::integer[], :line_ids::integer[]) AS required (run_id, line_id)
-- A conflict alone would use up a value of the integer sequence for each row that is there.
WHERE (
  SELECT known.id
  FROM python_dependency_monkey_requirements AS known
  WHERE known.dependency_monkey_run_id = required.run_id
    AND known.python_package_requirement_id = required.line_id
  LIMIT 1
) IS NULL
ORDER BY required.run_id, required.line_id
ON CONFLICT DO NOTHING;
