-- stage: pre
-- One row for each thing found in an image, and for each run that found it. Syncing package-extract documents upserts
-- all of these. Names and versions of RPM and Debian packages are keys as they are: their package managers bound them;
-- what comes out of the image's files (paths, symbols, requirements) has no bound and goes through the digest.
SELECT merge_duplicates('python_interpreter');
SELECT merge_duplicates('rpm_package_version');
SELECT merge_duplicates('rpm_requirement');
SELECT merge_duplicates('deb_package_version');
SELECT merge_duplicates('deb_dependency');
SELECT merge_duplicates('versioned_symbol');
SELECT merge_duplicates('package_extract_run');

CREATE UNIQUE INDEX python_interpreter_key ON python_interpreter (content_digest(path, link, version));
CREATE UNIQUE INDEX rpm_package_version_key
  ON rpm_package_version (package_name, package_version, release, epoch, arch, src, package_identifier)
  NULLS NOT DISTINCT;
CREATE UNIQUE INDEX rpm_requirement_key ON rpm_requirement (content_digest(rpm_requirement_name));
CREATE UNIQUE INDEX deb_package_version_key
  ON deb_package_version (package_name, package_version, epoch, arch) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX deb_dependency_key ON deb_dependency (package_name);
CREATE UNIQUE INDEX versioned_symbol_key ON versioned_symbol (content_digest(library_name, symbol));

-- All that a run says, not its document's id alone: a document that was synced again by a later version of the original
-- (image_size is a late column) left two rows that differ, and neither is to be lost. By its first column the index
-- finds the document: analysis_document_id_exist, and a sync that asks before it inserts.
CREATE UNIQUE INDEX package_extract_run_key
  ON package_extract_run (
    analysis_document_id, datetime, environment_type, debug, package_extract_error, duration, software_environment_id,
    external_software_environment_id, image_size,
    content_digest(
      package_extract_name, package_extract_version, origin, image_tag, os_name, os_id, os_version_id
    )
  ) NULLS NOT DISTINCT;

SELECT merge_duplicates('found_python_interpreter');
SELECT merge_duplicates('found_python_file');
SELECT merge_duplicates('included_file');
SELECT merge_duplicates('identified');
SELECT merge_duplicates('found_rpm');
SELECT merge_duplicates('rpm_requires');
SELECT merge_duplicates('found_deb');
SELECT merge_duplicates('deb_depends');
SELECT merge_duplicates('deb_pre_depends');
SELECT merge_duplicates('deb_replaces');
SELECT merge_duplicates('has_symbol');
SELECT merge_duplicates('detected_symbol');
SELECT merge_duplicates('requires_symbol');

CREATE UNIQUE INDEX found_python_interpreter_key
  ON found_python_interpreter (package_extract_run_id, python_interpreter_id);
-- The same content may lie at many paths: think of empty __init__.py.
CREATE UNIQUE INDEX found_python_file_key
  ON found_python_file (package_extract_run_id, python_file_digest_id, content_digest(file));
CREATE UNIQUE INDEX included_file_key
  ON included_file (python_artifact_id, python_file_digest_id, content_digest(file));
-- The same package may be installed in two places.
CREATE UNIQUE INDEX identified_key
  ON identified (package_extract_run_id, python_package_version_entity_id, content_digest(location));
CREATE UNIQUE INDEX found_rpm_key ON found_rpm (package_extract_run_id, rpm_package_version_id);
CREATE UNIQUE INDEX rpm_requires_key ON rpm_requires (rpm_package_version_id, rpm_requirement_id);
CREATE UNIQUE INDEX found_deb_key ON found_deb (package_extract_run_id, deb_package_version_id);
CREATE UNIQUE INDEX deb_depends_key
  ON deb_depends (deb_package_version_id, deb_dependency_id, content_digest(version_range));
CREATE UNIQUE INDEX deb_pre_depends_key
  ON deb_pre_depends (deb_package_version_id, deb_dependency_id, content_digest(version_range));
CREATE UNIQUE INDEX deb_replaces_key
  ON deb_replaces (deb_package_version_id, deb_dependency_id, content_digest(version_range));
CREATE UNIQUE INDEX has_symbol_key
  ON has_symbol (software_environment_id, external_software_environment_id, versioned_symbol_id) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX detected_symbol_key ON detected_symbol (package_extract_run_id, versioned_symbol_id);
CREATE UNIQUE INDEX requires_symbol_key ON requires_symbol (python_artifact_id, versioned_symbol_id);
