-- stage: pre
-- A Debian package may depend on, or replace, another one in any version. deb_pre_depends could say so with NULL from the
-- beginning; the other two didn't take NULL, so the original failed on most Debian images. Where it was given an empty
-- text it stored that, and so does the rollback: both say the same as NULL, and the keys tell them apart, so a document
-- that is synced again would add a second row. A migration of its own, as it shuts out readers until the commit.
ALTER TABLE deb_depends ALTER COLUMN version_range DROP NOT NULL;
ALTER TABLE deb_replaces ALTER COLUMN version_range DROP NOT NULL;
UPDATE deb_depends SET version_range = NULL WHERE version_range = '';
UPDATE deb_replaces SET version_range = NULL WHERE version_range = '';
COMMENT ON COLUMN deb_depends.version_range IS 'NULL: any version.';
COMMENT ON COLUMN deb_replaces.version_range IS 'NULL: any version.';
