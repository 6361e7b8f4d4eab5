-- Whether a document was synced, by its id; solvers, analyses and security indicators have theirs in their own files.

-- name: adviser_document_id_exist$
-- Whether a document of the adviser was synced.
-- params: adviser_document_id
-- returns: exists
SELECT EXISTS (
  SELECT
  FROM adviser_run AS run
  WHERE run.adviser_document_id = :adviser_document_id
) AS exists;

-- name: provenance_checker_document_id_exist$
-- Whether a document of the provenance checker was synced.
-- params: provenance_checker_document_id
-- returns: exists
SELECT EXISTS (
  SELECT
  FROM provenance_checker_run AS run
  WHERE run.provenance_checker_document_id = :provenance_checker_document_id
) AS exists;

-- name: dependency_monkey_document_id_exists$
-- Whether a report of Dependency Monkey was synced.
-- params: dependency_monkey_document_id
-- returns: exists
SELECT EXISTS (
  SELECT
  FROM dependency_monkey_run AS run
  WHERE run.dependency_monkey_document_id = :dependency_monkey_document_id
) AS exists;

-- name: inspection_document_id_exist$
-- Whether an inspection is known: one of its results was synced, or Dependency Monkey asked for it.
-- params: inspection_document_id
-- returns: exists
SELECT EXISTS (
  SELECT
  FROM inspection_run AS run
  WHERE run.inspection_document_id = :inspection_document_id
) AS exists;

-- name: inspection_document_id_result_number_exists$
-- Whether a result of an inspection, by its number, is known: it was synced, or Dependency Monkey asked for it.
-- params: inspection_document_id, inspection_result_number
-- returns: exists
SELECT EXISTS (
  SELECT
  FROM inspection_run AS run
  WHERE run.inspection_document_id = :inspection_document_id
    AND run.inspection_result_number = :inspection_result_number
) AS exists;
