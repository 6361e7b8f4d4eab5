-- The older schema takes an empty text for any version. Where the original stored one since, beside the row that says
-- so with NULL, that row goes: the two say the same.
DELETE FROM deb_replaces AS doubled
USING deb_replaces AS kept
WHERE doubled.version_range IS NULL
  AND kept.version_range = ''
  AND kept.deb_package_version_id = doubled.deb_package_version_id
  AND kept.deb_dependency_id = doubled.deb_dependency_id;
DELETE FROM deb_depends AS doubled
USING deb_depends AS kept
WHERE doubled.version_range IS NULL
  AND kept.version_range = ''
  AND kept.deb_package_version_id = doubled.deb_package_version_id
  AND kept.deb_dependency_id = doubled.deb_dependency_id;
UPDATE deb_replaces SET version_range = '' WHERE version_range IS NULL;
UPDATE deb_depends SET version_range = '' WHERE version_range IS NULL;
COMMENT ON COLUMN deb_replaces.version_range IS NULL;
COMMENT ON COLUMN deb_depends.version_range IS NULL;
ALTER TABLE deb_replaces ALTER COLUMN version_range SET NOT NULL;
ALTER TABLE deb_depends ALTER COLUMN version_range SET NOT NULL;
