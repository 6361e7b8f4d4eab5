-- Runs of the adviser that repeat others, which then need no re-run any more.

-- name: get_adviser_documents_made_up_for
-- Those of the documents that have a re-run with all packages resolved.
--
-- What it left unresolved tells that of a re-run. Whether it needs another doesn't: that ends when it is made up for.
-- params: document_ids: list[str]
-- returns: [document_id]
-- notnull: document_id
SELECT wanted.document_id
FROM unnest(:document_ids::text[]) AS wanted (document_id)
WHERE EXISTS (
  SELECT FROM adviser_run AS re_run
  WHERE re_run.re_run_adviser_id = wanted.document_id
    AND NOT EXISTS (SELECT FROM has_unresolved AS unresolved WHERE unresolved.adviser_run_id = re_run.id)
)
ORDER BY wanted.document_id;

-- name: delete_doubles_of_adviser_runs!
-- Delete runs that differ from another of their document only in that they need a re-run.
--
-- The original left them when it synced a document again after its re-run; made up for, they would say the same.
-- params: document_ids: list[str]
DELETE FROM adviser_run AS run
USING adviser_run AS kept
WHERE run.adviser_document_id = ANY(:document_ids::text[])
  AND run.need_re_run
  AND kept.adviser_document_id = run.adviser_document_id
  AND NOT kept.need_re_run
  AND to_jsonb(kept) - ARRAY['id', 'need_re_run'] = to_jsonb(run) - ARRAY['id', 'need_re_run'];

-- name: update_adviser_runs_made_up_for!
-- Note that the runs of documents need no re-run any more.
-- params: document_ids: list[str]
UPDATE adviser_run AS run
SET need_re_run = FALSE
WHERE run.adviser_document_id = ANY(:document_ids::text[])
  AND run.need_re_run;
