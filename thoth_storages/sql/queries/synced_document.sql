-- Ids of the documents that were synced, each once: to be compared with those in the object store. They come in the
-- order in which an object store lists (of their bytes in UTF-8), whatever the database's collation is.

-- name: _get_solver_document_ids
-- Ids of the solvers' documents.
-- returns: [document_id]
SELECT DISTINCT run.document_id COLLATE "C" AS document_id
FROM solved AS run
ORDER BY document_id;

-- name: _get_adviser_document_ids
-- Ids of the adviser's documents.
-- returns: [document_id]
SELECT DISTINCT run.adviser_document_id COLLATE "C" AS document_id
FROM adviser_run AS run
ORDER BY document_id;

-- name: _get_analysis_document_ids
-- Ids of the analyses of container images.
-- returns: [document_id]
SELECT DISTINCT run.analysis_document_id COLLATE "C" AS document_id
FROM package_extract_run AS run
ORDER BY document_id;

-- name: _get_dependency_monkey_document_ids
-- Ids of the reports of Dependency Monkey.
-- returns: [document_id]
SELECT DISTINCT run.dependency_monkey_document_id COLLATE "C" AS document_id
FROM dependency_monkey_run AS run
ORDER BY document_id;

-- name: _get_provenance_checker_document_ids
-- Ids of the provenance checker's documents.
-- returns: [document_id]
SELECT DISTINCT run.provenance_checker_document_id COLLATE "C" AS document_id
FROM provenance_checker_run AS run
ORDER BY document_id;

-- name: _get_security_indicators_document_ids
-- Ids of the aggregated security indicators.
-- returns: [document_id]
SELECT DISTINCT run.si_aggregated_run_document_id COLLATE "C" AS document_id
FROM si_aggregated_run AS run
ORDER BY document_id;

-- name: _get_inspection_results
-- The results of inspections, by the inspection's id and the result's number; those that were only asked for aren't.
-- returns: [(document_id, result_number)]
-- notnull: document_id
SELECT DISTINCT
  run.inspection_document_id COLLATE "C" AS document_id,
  run.inspection_result_number AS result_number
FROM inspection_run AS run
WHERE run.inspection_sync_state = 'SYNCED'
ORDER BY document_id, result_number;
