-- Where such a failure was stored since, SET NOT NULL refuses, and nothing is rolled back: it has no place in the older
-- schema, delete it first.
COMMENT ON COLUMN solved.version_id IS NULL;
ALTER TABLE solved ALTER COLUMN version_id SET NOT NULL;
