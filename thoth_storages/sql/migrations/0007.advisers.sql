-- stage: baseline
-- Runs of the adviser and of the provenance checker on stacks of users.

CREATE TYPE source_type AS ENUM ('CLI', 'KEBECHET', 'S2I', 'GITHUB_APP', 'JUPYTER_NOTEBOOK');

CREATE TYPE recommendation_type AS ENUM ('LATEST', 'PERFORMANCE', 'SECURITY', 'STABLE', 'TESTING');

CREATE TYPE requirements_format AS ENUM ('PIPENV');

CREATE TABLE adviser_run (
  id serial PRIMARY KEY,
  adviser_document_id text NOT NULL,
  datetime timestamp NOT NULL,
  adviser_version text NOT NULL,
  adviser_name text NOT NULL,
  count integer,
  "limit" integer,
  origin text,
  source_type source_type,
  is_s2i boolean,
  debug boolean NOT NULL,
  need_re_run boolean,
  re_run_adviser_id text,
  limit_latest_versions integer,
  adviser_error boolean NOT NULL,
  recommendation_type recommendation_type NOT NULL,
  requirements_format requirements_format NOT NULL,
  duration integer,
  advised_configuration_changes boolean NOT NULL,
  additional_stack_info boolean NOT NULL,
  user_software_stack_id integer REFERENCES external_python_software_stack ON DELETE CASCADE,
  external_run_software_environment_id integer REFERENCES external_software_environment ON DELETE CASCADE,
  external_build_software_environment_id integer REFERENCES external_software_environment ON DELETE CASCADE,
  external_hardware_information_id integer REFERENCES external_hardware_information ON DELETE CASCADE
);
COMMENT ON TABLE adviser_run IS 'One document of the adviser.';
COMMENT ON COLUMN adviser_run.duration IS 'Seconds.';
COMMENT ON COLUMN adviser_run.origin IS 'The repository or service that asked.';
COMMENT ON COLUMN adviser_run.source_type IS 'The integration that asked; NULL: unknown.';
COMMENT ON COLUMN adviser_run.need_re_run IS 'A package was unresolved, and no later run has made up for it.';
COMMENT ON COLUMN adviser_run.re_run_adviser_id IS 'The document that this run repeats.';

CREATE TABLE advised (
  adviser_run_id integer REFERENCES adviser_run ON DELETE CASCADE,
  python_software_stack_id integer REFERENCES python_software_stack ON DELETE CASCADE,
  PRIMARY KEY (adviser_run_id, python_software_stack_id)
);
COMMENT ON TABLE advised IS 'A run of the adviser recommended a stack.';

CREATE TABLE has_unresolved (
  adviser_run_id integer REFERENCES adviser_run ON DELETE CASCADE,
  python_package_version_entity_id integer REFERENCES python_package_version_entity ON DELETE CASCADE,
  PRIMARY KEY (adviser_run_id, python_package_version_entity_id)
);
COMMENT ON TABLE has_unresolved IS 'A run of the adviser failed because no solver had seen a package.';

CREATE TABLE provenance_checker_run (
  id serial,
  provenance_checker_document_id text NOT NULL,
  datetime timestamp NOT NULL,
  provenance_checker_version text NOT NULL,
  provenance_checker_name text NOT NULL,
  origin text,
  debug boolean NOT NULL,
  provenance_checker_error boolean NOT NULL,
  duration integer,
  user_software_stack_id integer REFERENCES external_python_software_stack ON DELETE CASCADE,
  PRIMARY KEY (id, user_software_stack_id)
);
COMMENT ON TABLE provenance_checker_run IS 'One document of the provenance checker.';
