-- Deleting what documents brought into the graph: by pages of document ids, each page in a transaction of its own, so
-- that locks are short and autovacuum keeps up. Python walks the pages. Whatever hangs on a run is deleted with it
-- (ON DELETE CASCADE), found by the indexes that all foreign keys have.

-- name: _get_solver_documents_to_delete
-- Ids of the documents of solver runs in software environments; those after a document, so that no page is read twice.
--
-- The ids stand in an index in this order: what lies before a page, deleted but not vacuumed yet, isn't visited again.
-- params: os_name=None, os_version=None, python_version=None, after_document_id=None, count=None
-- returns: [document_id]
SELECT DISTINCT run.document_id
FROM ecosystem_solver AS solver
JOIN solved AS run ON run.ecosystem_solver_id = solver.id
WHERE TRUE
  AND solver.os_name = :os_name                --? os_name
  AND solver.os_version = :os_version          --? os_version
  AND solver.python_version = :python_version  --? python_version
  AND run.document_id > :after_document_id     --? after_document_id
ORDER BY run.document_id
LIMIT :count;

-- name: _delete_solver_runs!
-- Delete the runs of solvers that documents tell of, of all environments or of one.
-- params: document_ids: list[str], os_name=None, os_version=None, python_version=None
DELETE FROM solved AS run
USING ecosystem_solver AS solver
WHERE solver.id = run.ecosystem_solver_id
  AND solver.os_name = :os_name                --? os_name
  AND solver.os_version = :os_version          --? os_version
  AND solver.python_version = :python_version  --? python_version
  AND run.document_id = ANY(:document_ids::text[]);

-- name: _lock_solvers!
-- Wait for the transactions that write runs of solvers, and let no other begin to, until this one ends.
--
-- Who writes runs looks solvers up without locking their rows: those of one that is deleted meanwhile would be lost.
LOCK TABLE ecosystem_solver IN SHARE ROW EXCLUSIVE MODE;

-- name: _delete_solvers!
-- Delete the solvers of a software environment; their runs go with them.
-- params: os_name, os_version, python_version
DELETE FROM ecosystem_solver AS solver
WHERE solver.os_name = :os_name
  AND solver.os_version = :os_version
  AND solver.python_version = :python_version;

-- name: _get_adviser_documents_to_delete
-- Ids of the documents of adviser runs before a moment, by a version, or on hardware; those after a document.
-- params: end_datetime=None, adviser_version=None, external_hardware_information_id=None,
--         after_document_id=None, count=None
-- returns: [adviser_document_id]
SELECT DISTINCT run.adviser_document_id
FROM adviser_run AS run
WHERE TRUE
  AND run.datetime < :end_datetime                                              --? end_datetime
  AND run.adviser_version = :adviser_version                                    --? adviser_version
  AND run.external_hardware_information_id = :external_hardware_information_id  --? external_hardware_information_id
  AND run.adviser_document_id > :after_document_id                              --? after_document_id
ORDER BY run.adviser_document_id
LIMIT :count;

-- name: _delete_adviser_runs!
-- Delete the runs of the adviser that documents tell of: all, or those before a moment, by a version, or on hardware.
-- params: document_ids: list[str], end_datetime=None, adviser_version=None, external_hardware_information_id=None
DELETE FROM adviser_run AS run
WHERE TRUE
  AND run.datetime < :end_datetime                                              --? end_datetime
  AND run.adviser_version = :adviser_version                                    --? adviser_version
  AND run.external_hardware_information_id = :external_hardware_information_id  --? external_hardware_information_id
  AND run.adviser_document_id = ANY(:document_ids::text[]);

-- name: _get_package_extract_documents_to_delete
-- Ids of the documents of image analyses before a moment, or by a version of the analyser; those after a document.
-- params: end_datetime=None, package_extract_version=None, after_document_id=None, count=None
-- returns: [analysis_document_id]
SELECT DISTINCT run.analysis_document_id
FROM package_extract_run AS run
WHERE TRUE
  AND run.datetime < :end_datetime                            --? end_datetime
  AND run.package_extract_version = :package_extract_version  --? package_extract_version
  AND run.analysis_document_id > :after_document_id           --? after_document_id
ORDER BY run.analysis_document_id
LIMIT :count;

-- name: _delete_package_extract_runs!
-- Delete the image analyses that documents tell of: all, or those before a moment, or by a version of the analyser.
-- params: document_ids: list[str], end_datetime=None, package_extract_version=None
DELETE FROM package_extract_run AS run
WHERE TRUE
  AND run.datetime < :end_datetime                            --? end_datetime
  AND run.package_extract_version = :package_extract_version  --? package_extract_version
  AND run.analysis_document_id = ANY(:document_ids::text[]);
