-- stage: pre
-- One row for each repository and environment, where the environment has no name either. The original's key lets two
-- such rows in; they differ in when Kebechet last ran, so the key spans all that they say, and none is lost.
-- update_kebechet_installation_using_files upserts it; reads name the slug.
SELECT merge_duplicates('kebechet_github_installations');
CREATE UNIQUE INDEX kebechet_github_installations_key
  ON kebechet_github_installations (
    slug, runtime_environment_name, private, is_active, info_manager, last_run, pipfile_requirements_manager,
    thoth_advise_manager, thoth_provenance_manager, update_manager, version_manager, advised_python_software_stack_id,
    external_python_software_stack_id, external_software_environment_id,
    content_digest(repo_name, installation_id)
  ) NULLS NOT DISTINCT;
