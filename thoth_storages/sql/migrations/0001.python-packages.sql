-- stage: baseline
-- Python packages: on which index they are found, what a solver saw of them, and on what they depend.
--
-- The files of stage "baseline" make the schema that thoth.storages 0.74.2 leaves (Alembic revision bf9ea2a38b01),
-- with its names, its column order and its redundant indexes: a database of it is adopted as if they had run here.
-- What was wrong with it is repaired by the files after them, each for a reason of its own.

CREATE TABLE python_package_index (
  id serial PRIMARY KEY,
  url text NOT NULL UNIQUE,
  warehouse_api_url text,
  verify_ssl boolean NOT NULL,
  enabled boolean,
  only_if_package_seen boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE python_package_index IS 'A Python package index (PEP 503).';
COMMENT ON COLUMN python_package_index.only_if_package_seen IS
  'Take releases of a package from here only when the package is known already.';
CREATE UNIQUE INDEX url_idx ON python_package_index (url);

CREATE TABLE python_package_version_entity (
  -- PostgreSQL 18 names these constraints; the name without a number belongs to python_package_version.entity_id, and
  -- whoever restores a dump, where tables come by name, gets it so.
  id serial CONSTRAINT python_package_version_entity_id_not_null1 NOT NULL PRIMARY KEY,
  package_name text NOT NULL,
  package_version text,
  python_package_index_id integer REFERENCES python_package_index ON DELETE CASCADE,
  CONSTRAINT python_package_version_entity_package_name_package_version__key
    UNIQUE (package_name, package_version, python_package_index_id)
);
-- Not in the table's own definition: there PostgreSQL drops a unique constraint that repeats the primary key.
ALTER TABLE python_package_version_entity ADD CONSTRAINT python_package_version_entity_id_key UNIQUE (id);
COMMENT ON TABLE python_package_version_entity IS
  'A package version as such, no matter where it runs; one row for each (name, version, index).';
COMMENT ON COLUMN python_package_version_entity.package_version IS 'NULL: nobody could resolve a version.';
COMMENT ON COLUMN python_package_version_entity.python_package_index_id IS
  'NULL: the package came from a user, from an image, or from a resolution across indexes.';
CREATE UNIQUE INDEX python_package_version_entity_id_idx ON python_package_version_entity (id);
CREATE UNIQUE INDEX python_package_version_entity_idx
  ON python_package_version_entity (package_name, package_version, python_package_index_id);
CREATE INDEX python_package_version_entity_package_name_idx ON python_package_version_entity (package_name);

CREATE TABLE python_package_license (
  id serial PRIMARY KEY,
  license_name text NOT NULL,
  license_identifier text NOT NULL,
  license_version text NOT NULL,
  CONSTRAINT python_package_license_license_name_license_identifier_lice_key
    UNIQUE (license_name, license_identifier, license_version)
);
COMMENT ON TABLE python_package_license IS 'A license as a solver detected it.';

CREATE TABLE python_package_metadata (
  id serial PRIMARY KEY,
  author text,
  author_email text,
  download_url text,
  home_page text,
  keywords text,
  license text,
  maintainer text,
  maintainer_email text,
  metadata_version text,
  name text,
  summary text,
  version text,
  requires_python text,
  description_content_type text,
  description text
);
COMMENT ON TABLE python_package_metadata IS
  'Single-valued keys of a distribution''s core metadata; the multi-valued ones are in python_package_metadata_<key>.';

CREATE TABLE python_package_version (
  id serial PRIMARY KEY,
  package_name text NOT NULL,
  package_version text,
  os_name text NOT NULL,
  os_version text NOT NULL,
  python_version text NOT NULL,
  entity_id integer NOT NULL REFERENCES python_package_version_entity ON DELETE CASCADE,
  python_package_index_id integer REFERENCES python_package_index ON DELETE CASCADE,
  python_package_metadata_id integer REFERENCES python_package_metadata ON DELETE CASCADE,
  is_missing boolean NOT NULL DEFAULT false,
  provides_source_distro boolean NOT NULL DEFAULT true,
  package_license integer
    CONSTRAINT fk_license
    REFERENCES python_package_license,
  package_license_warning boolean,
  CONSTRAINT python_package_version_package_name_package_version_python__key
    UNIQUE (package_name, package_version, python_package_index_id, os_name, os_version, python_version)
);
COMMENT ON TABLE python_package_version IS
  'A package version that a solver has seen in one environment (operating system, Python), with an error or without.';
COMMENT ON COLUMN python_package_version.python_package_index_id IS 'NULL: the requirement couldn''t be parsed.';
COMMENT ON COLUMN python_package_version.is_missing IS 'The index doesn''t serve it any more.';
COMMENT ON COLUMN python_package_version.package_license_warning IS 'The license detector wasn''t sure.';
CREATE INDEX python_package_version_environment_idx
  ON python_package_version (os_name, os_version, python_version);
CREATE INDEX python_package_version_index_idx_00 ON python_package_version (package_name, package_version);
CREATE INDEX python_package_version_index_idx_10
  ON python_package_version (package_name, package_version, os_name);
CREATE INDEX python_package_version_index_idx_11
  ON python_package_version (package_name, package_version, os_version);
CREATE INDEX python_package_version_index_idx_12
  ON python_package_version (package_name, package_version, python_version);
CREATE INDEX python_package_version_index_idx_20
  ON python_package_version (package_name, package_version, os_name, os_version);
CREATE INDEX python_package_version_index_idx_21
  ON python_package_version (package_name, package_version, os_name, python_version);
CREATE INDEX python_package_version_index_idx_22
  ON python_package_version (package_name, package_version, os_version, python_version);
CREATE INDEX python_package_version_index_idx_30
  ON python_package_version (package_name, package_version, os_name, os_version, python_version);

CREATE TABLE depends_on (
  entity_id integer NOT NULL REFERENCES python_package_version_entity ON DELETE CASCADE,
  version_id integer NOT NULL REFERENCES python_package_version ON DELETE CASCADE,
  version_range text,
  extra text,
  marker text,
  marker_evaluation_result boolean NOT NULL
);
COMMENT ON TABLE depends_on IS
  'A dependency of a package version on a version of another package, as a solver resolved it; a requirement has many.';
COMMENT ON COLUMN depends_on.entity_id IS 'The dependency.';
COMMENT ON COLUMN depends_on.version_id IS 'The package version that has the dependency.';
COMMENT ON COLUMN depends_on.version_range IS 'The requirement that the dependency meets, like >=1.2.';
COMMENT ON COLUMN depends_on.extra IS 'The extra that asks for the dependency; NULL: none does.';
COMMENT ON COLUMN depends_on.marker IS 'The environment marker (PEP 508) of the requirement.';
COMMENT ON COLUMN depends_on.marker_evaluation_result IS 'What the marker said in the environment of the solver.';
CREATE INDEX depends_on_entity_id_idx ON depends_on (entity_id);
CREATE INDEX depends_on_extra_marker_evaluation_result_idx ON depends_on (extra, marker_evaluation_result);
CREATE INDEX depends_on_version_id_idx ON depends_on (version_id);

CREATE TABLE import_package (
  id serial PRIMARY KEY,
  import_package_name text
);
COMMENT ON TABLE import_package IS 'A name that can be imported, like numpy.linalg.';
CREATE INDEX import_package_import_package_name_idx ON import_package (import_package_name);

CREATE TABLE found_import_package (
  python_package_version_id integer REFERENCES python_package_version ON DELETE CASCADE,
  import_package_id integer REFERENCES import_package ON DELETE CASCADE,
  PRIMARY KEY (python_package_version_id, import_package_id)
);
COMMENT ON TABLE found_import_package IS 'A package version brings a name that can be imported.';

CREATE TABLE python_artifact (
  id serial PRIMARY KEY,
  artifact_hash_sha256 text NOT NULL,
  artifact_name text,
  present boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE python_artifact IS
  'A file that an index serves for a release: a wheel or a source distribution.';
COMMENT ON COLUMN python_artifact.present IS 'The index still serves it.';

CREATE TABLE has_artifact (
  python_artifact_id integer NOT NULL REFERENCES python_artifact ON DELETE CASCADE,
  python_package_version_entity_id integer NOT NULL REFERENCES python_package_version_entity ON DELETE CASCADE
);
COMMENT ON TABLE has_artifact IS 'A package version is distributed as an artifact.';
CREATE INDEX has_artifact_python_artifact_id ON has_artifact (python_artifact_id);
CREATE INDEX has_artifact_python_package_version_entity_id ON has_artifact (python_package_version_entity_id);
