-- stage: baseline
-- Requirements (a Pipfile), locked versions (a Pipfile.lock), and the stacks made of both.

CREATE TABLE python_package_requirement (
  id serial PRIMARY KEY,
  name text NOT NULL,
  version_range text NOT NULL,
  develop boolean NOT NULL,
  python_package_index_id integer REFERENCES python_package_index ON DELETE CASCADE
);
COMMENT ON TABLE python_package_requirement IS 'One line of a Pipfile.';

CREATE TABLE python_requirements (
  id serial PRIMARY KEY,
  requirements_hash text NOT NULL UNIQUE
);
COMMENT ON TABLE python_requirements IS 'A Pipfile.';
COMMENT ON COLUMN python_requirements.requirements_hash IS 'Identifies the set of lines.';

CREATE TABLE has_python_requirements (
  python_requirements_id integer REFERENCES python_requirements ON DELETE CASCADE,
  python_package_requirement_id integer REFERENCES python_package_requirement ON DELETE CASCADE,
  PRIMARY KEY (python_requirements_id, python_package_requirement_id)
);
COMMENT ON TABLE has_python_requirements IS 'A Pipfile has a line.';

CREATE TABLE python_requirements_lock (
  id serial PRIMARY KEY,
  requirements_lock_hash text NOT NULL UNIQUE
);
COMMENT ON TABLE python_requirements_lock IS 'A Pipfile.lock of package versions that a solver has seen.';
COMMENT ON COLUMN python_requirements_lock.requirements_lock_hash IS 'Identifies the set of package versions.';

CREATE TABLE has_python_requirement_lock (
  python_requirements_lock_id integer REFERENCES python_requirements_lock ON DELETE CASCADE,
  python_package_version_id integer REFERENCES python_package_version ON DELETE CASCADE,
  PRIMARY KEY (python_requirements_lock_id, python_package_version_id)
);
COMMENT ON TABLE has_python_requirement_lock IS 'A Pipfile.lock pins a package version.';

CREATE TYPE software_stack_type AS ENUM ('USER', 'INSPECTION', 'ADVISED');

CREATE TABLE python_software_stack (
  id serial PRIMARY KEY,
  software_stack_type software_stack_type,
  performance_score double precision,
  overall_score double precision,
  python_requirements_id integer REFERENCES python_requirements ON DELETE CASCADE,
  python_requirements_lock_id integer REFERENCES python_requirements_lock ON DELETE CASCADE
);
COMMENT ON TABLE python_software_stack IS 'A Pipfile with its Pipfile.lock, advised or inspected.';

CREATE TABLE external_python_requirements (
  id serial PRIMARY KEY,
  requirements_hash text NOT NULL UNIQUE
);
COMMENT ON TABLE external_python_requirements IS 'A user''s Pipfile.';

CREATE TABLE has_external_python_requirement (
  external_python_requirements_id integer
    CONSTRAINT has_external_python_requireme_external_python_requirements_fkey
    REFERENCES external_python_requirements ON DELETE CASCADE,
  python_package_requirement_id integer
    CONSTRAINT has_external_python_requireme_python_package_requirement_i_fkey
    REFERENCES python_package_requirement ON DELETE CASCADE,
  PRIMARY KEY (external_python_requirements_id, python_package_requirement_id)
);
COMMENT ON TABLE has_external_python_requirement IS 'A user''s Pipfile has a line.';

CREATE TABLE external_python_requirements_lock (
  id serial PRIMARY KEY,
  requirements_lock_hash text NOT NULL UNIQUE
);
COMMENT ON TABLE external_python_requirements_lock IS
  'A user''s Pipfile.lock; one row of it stands for no lock file at all.';

CREATE TABLE has_external_python_requirement_lock (
  external_python_requirements_locked_id integer
    CONSTRAINT has_external_python_requirem_external_python_requirements_fkey1
    REFERENCES external_python_requirements_lock ON DELETE CASCADE,
  python_package_version_entity_id integer
    CONSTRAINT has_external_python_requireme_python_package_version_entit_fkey
    REFERENCES python_package_version_entity ON DELETE CASCADE,
  PRIMARY KEY (external_python_requirements_locked_id, python_package_version_entity_id)
);
COMMENT ON TABLE has_external_python_requirement_lock IS 'A user''s Pipfile.lock pins a package version.';

CREATE TABLE external_python_software_stack (
  id serial PRIMARY KEY,
  external_python_requirements_id integer
    CONSTRAINT external_python_software_stac_external_python_requirements_fkey
    REFERENCES external_python_requirements ON DELETE CASCADE,
  external_python_requirements_lock_id integer
    CONSTRAINT external_python_software_sta_external_python_requirements_fkey1
    REFERENCES external_python_requirements_lock ON DELETE CASCADE
);
COMMENT ON TABLE external_python_software_stack IS 'A user''s Pipfile with its Pipfile.lock.';
