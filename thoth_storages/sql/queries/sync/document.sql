-- name: lock_documents$
-- Keep others from writing the same documents until this transaction ends; answers how many locks that took.
--
-- No unique key holds one row a document: databases of the original have documents with several, and none is to be lost.
-- So a document is looked up before it is written, and two writers of one must not do so at once.
-- params: document_ids: list[str]
-- returns: locks
-- notnull: locks
SELECT count(pg_advisory_xact_lock(document.key)) AS locks
FROM (
  SELECT DISTINCT hashtextextended(wanted.document_id, 0) AS key
  FROM unnest(:document_ids::text[]) AS wanted (document_id)
  -- In one order, always: two that took the same locks in different ones would wait for each other.
  ORDER BY key
) AS document;
