-- stage: baseline
-- Solvers, and what each of their documents said of each package version.

CREATE TABLE ecosystem_solver (
  id serial PRIMARY KEY,
  ecosystem text NOT NULL,
  solver_name text NOT NULL,
  solver_version text NOT NULL,
  os_name text NOT NULL,
  os_version text NOT NULL,
  python_version text NOT NULL,
  CONSTRAINT ecosystem_solver_ecosystem_solver_name_solver_version_os_na_key
    UNIQUE (ecosystem, solver_name, solver_version, os_name, os_version, python_version)
);
COMMENT ON TABLE ecosystem_solver IS
  'A version of a solver; its environment is that of every package version it solved.';

CREATE UNIQUE INDEX ecosystem_solver_idx
  ON ecosystem_solver (ecosystem, solver_name, solver_version, os_name, os_version, python_version);

CREATE TABLE solved (
  datetime timestamp NOT NULL,
  document_id text NOT NULL,
  duration integer,
  error boolean NOT NULL,
  error_unparseable boolean NOT NULL,
  error_unsolvable boolean NOT NULL,
  is_provided boolean,
  ecosystem_solver_id integer NOT NULL REFERENCES ecosystem_solver ON DELETE CASCADE,
  version_id integer NOT NULL REFERENCES python_package_version ON DELETE CASCADE
);
COMMENT ON TABLE solved IS 'What one solver document said of one package version.';
COMMENT ON COLUMN solved.duration IS 'Seconds that the whole document took.';
COMMENT ON COLUMN solved.error_unparseable IS 'The requirement couldn''t be parsed.';
COMMENT ON COLUMN solved.error_unsolvable IS 'No such version was found.';
COMMENT ON COLUMN solved.is_provided IS 'The index provides this version.';
CREATE INDEX solved_version_id_idx ON solved (version_id);
CREATE INDEX solver_document_id_idx ON solved (document_id);
