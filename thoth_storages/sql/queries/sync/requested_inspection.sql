-- name: update_requested_inspections!
-- Tie the results of inspections that are there to the runs of Dependency Monkey that asked for them.
--
-- One that belongs to a run already is given to the one with the lower document id, so that it makes no difference which
-- of the two comes first. Databases of the original may hold several rows of a result, one for each run: they stay.
-- params: run_ids: list[int], document_ids: list[str], result_counts: list[int]
UPDATE inspection_run AS inspection
SET dependency_monkey_run_id = first_request.run_id
FROM (
  SELECT DISTINCT ON (request.document_id, result.number)
    request.document_id,
    result.number,
    run.id AS run_id,
    run.dependency_monkey_document_id AS run_document_id
  FROM unnest(:run_ids::integer[], :document_ids::text[], :result_counts::integer[])
    AS request (run_id, document_id, result_count)
  JOIN dependency_monkey_run AS run ON run.id = request.run_id
  CROSS JOIN LATERAL generate_series(0, request.result_count - 1) AS result (number)
  ORDER BY request.document_id, result.number, run.dependency_monkey_document_id COLLATE "C", run.id
) AS first_request
CROSS JOIN LATERAL (
  SELECT known.id, known.dependency_monkey_run_id
  FROM inspection_run AS known
  WHERE known.inspection_document_id = first_request.document_id
    AND known.inspection_result_number = first_request.number
  ORDER BY known.dependency_monkey_run_id IS NOT DISTINCT FROM first_request.run_id DESC, known.id
  LIMIT 1
) AS known
WHERE inspection.id = known.id
  -- Looked up for each result: joined, the server reads all runs, as it expects a thousand results of each request.
  AND coalesce(
    (
      SELECT owner.dependency_monkey_document_id
      FROM dependency_monkey_run AS owner
      WHERE owner.id = known.dependency_monkey_run_id
    ) COLLATE "C" > first_request.run_document_id COLLATE "C",
    TRUE
  );

-- name: insert_requested_inspections!
-- Note the results of inspections that runs of Dependency Monkey asked for, and that aren't there, as pending.
-- params: run_ids: list[int], document_ids: list[str], result_counts: list[int]
INSERT INTO inspection_run (
  inspection_document_id,
  inspection_result_number,
  inspection_sync_state,
  dependency_monkey_run_id
)
SELECT DISTINCT ON (request.document_id, result.number)
  request.document_id,
  result.number,
  'PENDING',
  run.id
FROM unnest(:run_ids::integer[], :document_ids::text[], :result_counts::integer[])
  AS request (run_id, document_id, result_count)
JOIN dependency_monkey_run AS run ON run.id = request.run_id
CROSS JOIN LATERAL generate_series(0, request.result_count - 1) AS result (number)
WHERE (
  SELECT known.id
  FROM inspection_run AS known
  WHERE known.inspection_document_id = request.document_id
    AND known.inspection_result_number = result.number
  LIMIT 1
) IS NULL
ORDER BY request.document_id, result.number, run.dependency_monkey_document_id COLLATE "C", run.id
ON CONFLICT DO NOTHING;
