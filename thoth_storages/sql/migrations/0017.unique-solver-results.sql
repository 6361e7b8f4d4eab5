-- stage: pre
-- One row for each thing that a solver document says of a package version. Not just one for each document and version:
-- a document may list the same version as resolved and with an error, or under several kinds of errors, and the
-- original stores each. A document without a duration was stored again at each sync (nothing equals NULL): those are
-- copies.
-- Syncing solver documents upserts it; solver_document_id_exists and get_solver_document_id_all look a document up.
SELECT merge_duplicates('solved');
CREATE UNIQUE INDEX solved_key
  ON solved (
    document_id, version_id, ecosystem_solver_id, error, error_unparseable, error_unsolvable, is_provided, duration,
    datetime
  ) NULLS NOT DISTINCT;
