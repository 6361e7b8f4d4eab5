-- stage: pre
-- A solver may fail on a version that the index doesn't provide: then there is no package version to point at. The
-- original meant to store that and failed, as the column didn't take NULL. A migration of its own, as it shuts out
-- readers until the commit.
ALTER TABLE solved ALTER COLUMN version_id DROP NOT NULL;
COMMENT ON COLUMN solved.version_id IS 'NULL: the index doesn''t provide the version that the solver failed on.';
