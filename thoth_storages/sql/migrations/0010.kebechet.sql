-- stage: baseline
-- Repositories that the bot Kebechet looks after.

CREATE TABLE kebechet_github_installations (
  id serial PRIMARY KEY,
  slug text NOT NULL,
  repo_name text NOT NULL,
  private boolean NOT NULL,
  installation_id text NOT NULL,
  is_active boolean NOT NULL,
  info_manager boolean NOT NULL DEFAULT false,
  last_run timestamp,
  pipfile_requirements_manager boolean NOT NULL DEFAULT false,
  thoth_advise_manager boolean NOT NULL DEFAULT false,
  thoth_provenance_manager boolean NOT NULL DEFAULT false,
  update_manager boolean NOT NULL DEFAULT false,
  version_manager boolean NOT NULL DEFAULT false,
  advised_python_software_stack_id integer
    CONSTRAINT kebechet_github_installations_advised_python_software_stac_fkey
    REFERENCES python_software_stack ON DELETE CASCADE,
  external_python_software_stack_id integer
    CONSTRAINT kebechet_github_installations_external_python_software_sta_fkey
    REFERENCES external_python_software_stack ON DELETE CASCADE,
  external_software_environment_id integer
    CONSTRAINT kebechet_github_installations_external_software_environmen_fkey
    REFERENCES external_software_environment ON DELETE CASCADE,
  runtime_environment_name text,
  CONSTRAINT kebechet_github_installations_slug_runtime_environment_name_key
    UNIQUE (slug, runtime_environment_name)
);
COMMENT ON TABLE kebechet_github_installations IS
  'A repository, in one of its runtime environments, that Kebechet looks after.';
COMMENT ON COLUMN kebechet_github_installations.slug IS 'owner/repository.';
COMMENT ON COLUMN kebechet_github_installations.runtime_environment_name IS
  'NULL: the repository has one environment, without a name.';
