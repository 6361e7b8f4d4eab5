-- stage: baseline
-- What an analysis of a container image (package-extract) found in it.

CREATE TABLE package_extract_run (
  id serial PRIMARY KEY,
  package_extract_name text NOT NULL,
  package_extract_version text NOT NULL,
  analysis_document_id text NOT NULL,
  datetime timestamp NOT NULL,
  environment_type environment_type NOT NULL,
  origin text,
  debug boolean NOT NULL,
  package_extract_error boolean NOT NULL,
  image_tag text NOT NULL,
  duration integer,
  os_name text NOT NULL,
  os_id text NOT NULL,
  os_version_id text NOT NULL,
  software_environment_id integer REFERENCES software_environment ON DELETE CASCADE,
  external_software_environment_id integer REFERENCES external_software_environment ON DELETE CASCADE,
  image_size bigint
);
COMMENT ON TABLE package_extract_run IS 'One analysis of one container image.';
COMMENT ON COLUMN package_extract_run.duration IS 'Seconds.';
COMMENT ON COLUMN package_extract_run.image_size IS 'Bytes.';

CREATE TABLE python_interpreter (
  id serial PRIMARY KEY,
  path text NOT NULL,
  link text,
  version text
);
COMMENT ON TABLE python_interpreter IS 'A Python interpreter in an image.';

CREATE TABLE found_python_interpreter (
  python_interpreter_id integer NOT NULL REFERENCES python_interpreter ON DELETE CASCADE,
  package_extract_run_id integer NOT NULL REFERENCES package_extract_run ON DELETE CASCADE
);
COMMENT ON TABLE found_python_interpreter IS 'An analysis found an interpreter.';

CREATE TABLE python_file_digest (
  id serial PRIMARY KEY,
  sha256 text NOT NULL UNIQUE
);
COMMENT ON TABLE python_file_digest IS 'The content of a Python file.';
CREATE UNIQUE INDEX sha256_idx ON python_file_digest (sha256);

CREATE TABLE found_python_file (
  file text NOT NULL,
  python_file_digest_id integer NOT NULL REFERENCES python_file_digest ON DELETE CASCADE,
  package_extract_run_id integer NOT NULL REFERENCES package_extract_run ON DELETE CASCADE
);
COMMENT ON TABLE found_python_file IS 'An analysis found a file of that content at a path.';

CREATE TABLE included_file (
  file text NOT NULL,
  python_file_digest_id integer NOT NULL REFERENCES python_file_digest ON DELETE CASCADE,
  python_artifact_id integer NOT NULL REFERENCES python_artifact ON DELETE CASCADE
);
COMMENT ON TABLE included_file IS 'An artifact has a file of that content at a path.';

CREATE TABLE identified (
  package_extract_run_id integer NOT NULL REFERENCES package_extract_run ON DELETE CASCADE,
  python_package_version_entity_id integer NOT NULL REFERENCES python_package_version_entity ON DELETE CASCADE,
  location text NOT NULL
);
COMMENT ON TABLE identified IS 'An analysis found a Python package installed at a location.';
COMMENT ON COLUMN identified.location IS 'The directory in the image.';

CREATE TABLE rpm_package_version (
  id serial PRIMARY KEY,
  package_name text NOT NULL,
  package_version text NOT NULL,
  release text,
  epoch text,
  arch text,
  src boolean,
  package_identifier text NOT NULL
);
COMMENT ON TABLE rpm_package_version IS 'An RPM package in one version.';

CREATE TABLE found_rpm (
  rpm_package_version_id integer NOT NULL REFERENCES rpm_package_version ON DELETE CASCADE,
  package_extract_run_id integer NOT NULL REFERENCES package_extract_run ON DELETE CASCADE
);
COMMENT ON TABLE found_rpm IS 'An analysis found an RPM package.';

CREATE TABLE rpm_requirement (
  id serial PRIMARY KEY,
  rpm_requirement_name text NOT NULL
);
COMMENT ON TABLE rpm_requirement IS 'A requirement as an RPM states it, like libc.so.6(GLIBC_2.4)(64bit).';

CREATE TABLE rpm_requires (
  rpm_package_version_id integer NOT NULL REFERENCES rpm_package_version ON DELETE CASCADE,
  rpm_requirement_id integer NOT NULL REFERENCES rpm_requirement ON DELETE CASCADE
);
COMMENT ON TABLE rpm_requires IS 'An RPM package has a requirement.';

CREATE TABLE deb_package_version (
  id serial PRIMARY KEY,
  package_name text NOT NULL,
  package_version text NOT NULL,
  epoch text,
  arch text
);
COMMENT ON TABLE deb_package_version IS 'A Debian package in one version.';

CREATE TABLE found_deb (
  deb_package_version_id integer NOT NULL REFERENCES deb_package_version ON DELETE CASCADE,
  package_extract_run_id integer NOT NULL REFERENCES package_extract_run ON DELETE CASCADE
);
COMMENT ON TABLE found_deb IS 'An analysis found a Debian package.';

CREATE TABLE deb_dependency (
  id serial PRIMARY KEY,
  package_name text NOT NULL
);
COMMENT ON TABLE deb_dependency IS 'The name of a Debian package that another one names in a relation.';

CREATE TABLE deb_depends (
  id serial,
  version_range text NOT NULL,
  deb_dependency_id integer REFERENCES deb_dependency ON DELETE CASCADE,
  deb_package_version_id integer REFERENCES deb_package_version ON DELETE CASCADE,
  PRIMARY KEY (id, deb_dependency_id, deb_package_version_id)
);
COMMENT ON TABLE deb_depends IS 'A Debian package depends on another.';

CREATE TABLE deb_pre_depends (
  deb_dependency_id integer NOT NULL REFERENCES deb_dependency ON DELETE CASCADE,
  deb_package_version_id integer NOT NULL REFERENCES deb_package_version ON DELETE CASCADE,
  version_range text
);
COMMENT ON TABLE deb_pre_depends IS 'A Debian package needs another one configured before it is unpacked.';

CREATE TABLE deb_replaces (
  deb_dependency_id integer NOT NULL REFERENCES deb_dependency ON DELETE CASCADE,
  deb_package_version_id integer NOT NULL REFERENCES deb_package_version ON DELETE CASCADE,
  version_range text NOT NULL
);
COMMENT ON TABLE deb_replaces IS 'A Debian package replaces files of another.';

CREATE TABLE versioned_symbol (
  id serial PRIMARY KEY,
  library_name text NOT NULL,
  symbol text NOT NULL
);
COMMENT ON TABLE versioned_symbol IS
  'A symbol version that a shared library offers, like GLIBC_2.17 of libc.so.6.';
CREATE UNIQUE INDEX versioned_symbol_id_idx ON versioned_symbol (id);

CREATE TABLE has_symbol (
  software_environment_id integer REFERENCES software_environment ON DELETE CASCADE,
  versioned_symbol_id integer NOT NULL REFERENCES versioned_symbol ON DELETE CASCADE,
  external_software_environment_id integer REFERENCES external_software_environment ON DELETE CASCADE
);
COMMENT ON TABLE has_symbol IS
  'A software environment offers a symbol; exactly one of the two environments is set.';

CREATE TABLE detected_symbol (
  package_extract_run_id integer NOT NULL REFERENCES package_extract_run ON DELETE CASCADE,
  versioned_symbol_id integer NOT NULL REFERENCES versioned_symbol ON DELETE CASCADE
);
COMMENT ON TABLE detected_symbol IS 'An analysis detected a symbol.';

CREATE TABLE requires_symbol (
  python_artifact_id integer NOT NULL REFERENCES python_artifact ON DELETE CASCADE,
  versioned_symbol_id integer NOT NULL REFERENCES versioned_symbol ON DELETE CASCADE
);
COMMENT ON TABLE requires_symbol IS 'An artifact needs a symbol at run time.';
CREATE INDEX requires_symbol_python_artifact_id_idx ON requires_symbol (python_artifact_id);
