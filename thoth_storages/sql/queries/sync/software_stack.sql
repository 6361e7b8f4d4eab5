-- name: get_stack_ids
-- Ids of the software stacks that are there, by their place in the lists (from 1).
-- params: software_stack_types: list[str], performance_scores: list[float | None], overall_scores: list[float | None],
--         requirements_ids: list[int | None], requirements_lock_ids: list[int]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(
  :software_stack_types::software_stack_type[],
  :performance_scores::double precision[],
  :overall_scores::double precision[],
  :requirements_ids::integer[],
  :requirements_lock_ids::integer[]
) WITH ORDINALITY AS wanted (
  software_stack_type,
  performance_score,
  overall_score,
  requirements_id,
  requirements_lock_id,
  number
)
JOIN python_software_stack AS known
  ON known.python_requirements_lock_id = wanted.requirements_lock_id
  AND known.python_requirements_id IS NOT DISTINCT FROM wanted.requirements_id
  AND known.software_stack_type = wanted.software_stack_type
  AND known.performance_score IS NOT DISTINCT FROM wanted.performance_score
  AND known.overall_score IS NOT DISTINCT FROM wanted.overall_score;

-- name: insert_stacks!
-- Add software stacks that aren't there.
-- params: software_stack_types: list[str], performance_scores: list[float | None], overall_scores: list[float | None],
--         requirements_ids: list[int | None], requirements_lock_ids: list[int]
INSERT INTO python_software_stack (
  software_stack_type,
  performance_score,
  overall_score,
  python_requirements_id,
  python_requirements_lock_id
)
SELECT
  wanted.software_stack_type,
  wanted.performance_score,
  wanted.overall_score,
  wanted.requirements_id,
  wanted.requirements_lock_id
FROM unnest(
  :software_stack_types::software_stack_type[],
  :performance_scores::double precision[],
  :overall_scores::double precision[],
  :requirements_ids::integer[],
  :requirements_lock_ids::integer[]
) AS wanted (software_stack_type, performance_score, overall_score, requirements_id, requirements_lock_id)
ORDER BY
  wanted.requirements_lock_id,
  wanted.requirements_id,
  wanted.software_stack_type,
  wanted.performance_score,
  wanted.overall_score
ON CONFLICT DO NOTHING;

-- name: get_external_stack_ids
-- Ids of users' software stacks that are there, by their place in the lists (from 1).
-- params: requirements_ids: list[int | None], requirements_lock_ids: list[int]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(:requirements_ids::integer[], :requirements_lock_ids::integer[])
  WITH ORDINALITY AS wanted (requirements_id, requirements_lock_id, number)
JOIN external_python_software_stack AS known
  ON known.external_python_requirements_lock_id = wanted.requirements_lock_id
  AND known.external_python_requirements_id IS NOT DISTINCT FROM wanted.requirements_id;

-- name: insert_external_stacks!
-- Add users' software stacks that aren't there.
-- params: requirements_ids: list[int | None], requirements_lock_ids: list[int]
INSERT INTO external_python_software_stack (external_python_requirements_id, external_python_requirements_lock_id)
SELECT wanted.requirements_id, wanted.requirements_lock_id
FROM unnest(:requirements_ids::integer[], :requirements_lock_ids::integer[])
  AS wanted (requirements_id, requirements_lock_id)
ORDER BY wanted.requirements_lock_id, wanted.requirements_id
ON CONFLICT DO NOTHING;
