-- name: get_kebechet_installation^
-- The installation of Kebechet in a repository and runtime environment, and whether it says what is to be written.
--
-- The original may have left several without an environment. One that says it is taken, as having another say the same
-- would break the key; else the oldest.
-- params: slug: str, runtime_environment_name: str | None, repo_name: str, private: bool, installation_id: str,
--         info_manager: bool, pipfile_requirements_manager: bool, update_manager: bool, version_manager: bool,
--         thoth_advise_manager: bool, thoth_provenance_manager: bool, external_python_software_stack_id: int | None,
--         external_software_environment_id: int | None
-- returns: (id, is_current)
-- notnull: id, is_current
SELECT
  known.id,
  (
    ROW(
      known.repo_name,
      known.private,
      known.installation_id,
      known.is_active,
      known.info_manager,
      known.pipfile_requirements_manager,
      known.update_manager,
      known.version_manager,
      known.thoth_advise_manager,
      known.thoth_provenance_manager,
      known.external_python_software_stack_id,
      known.external_software_environment_id
    ) IS NOT DISTINCT FROM ROW(
      :repo_name::text,
      :private::boolean,
      :installation_id::text,
      TRUE,
      :info_manager::boolean,
      :pipfile_requirements_manager::boolean,
      :update_manager::boolean,
      :version_manager::boolean,
      :thoth_advise_manager::boolean,
      :thoth_provenance_manager::boolean,
      :external_python_software_stack_id::integer,
      :external_software_environment_id::integer
    )
  ) AS is_current
FROM kebechet_github_installations AS known
WHERE known.slug = :slug::text
  AND known.runtime_environment_name IS NOT DISTINCT FROM :runtime_environment_name::text
ORDER BY is_current DESC, known.id
LIMIT 1;

-- name: insert_kebechet_installation!
-- Add an installation of Kebechet in a repository and runtime environment.
-- params: slug: str, runtime_environment_name: str | None, repo_name: str, private: bool, installation_id: str,
--         info_manager: bool, pipfile_requirements_manager: bool, update_manager: bool, version_manager: bool,
--         thoth_advise_manager: bool, thoth_provenance_manager: bool, external_python_software_stack_id: int | None,
--         external_software_environment_id: int | None
INSERT INTO kebechet_github_installations (
  slug,
  repo_name,
  private,
  installation_id,
  is_active,
  runtime_environment_name,
  info_manager,
  pipfile_requirements_manager,
  update_manager,
  version_manager,
  thoth_advise_manager,
  thoth_provenance_manager,
  external_python_software_stack_id,
  external_software_environment_id
)
VALUES (
  :slug::text,
  :repo_name::text,
  :private::boolean,
  :installation_id::text,
  TRUE,
  :runtime_environment_name::text,
  :info_manager::boolean,
  :pipfile_requirements_manager::boolean,
  :update_manager::boolean,
  :version_manager::boolean,
  :thoth_advise_manager::boolean,
  :thoth_provenance_manager::boolean,
  :external_python_software_stack_id::integer,
  :external_software_environment_id::integer
)
ON CONFLICT DO NOTHING;

-- name: update_kebechet_installation!
-- Have an installation of Kebechet say what the files of its repository say.
--
-- When Kebechet ran last, and its advice, stay.
-- params: id: int, repo_name: str, private: bool, installation_id: str,
--         info_manager: bool, pipfile_requirements_manager: bool, update_manager: bool, version_manager: bool,
--         thoth_advise_manager: bool, thoth_provenance_manager: bool, external_python_software_stack_id: int | None,
--         external_software_environment_id: int | None
UPDATE kebechet_github_installations AS installation
SET
  repo_name = :repo_name::text,
  private = :private::boolean,
  installation_id = :installation_id::text,
  is_active = TRUE,
  info_manager = :info_manager::boolean,
  pipfile_requirements_manager = :pipfile_requirements_manager::boolean,
  update_manager = :update_manager::boolean,
  version_manager = :version_manager::boolean,
  thoth_advise_manager = :thoth_advise_manager::boolean,
  thoth_provenance_manager = :thoth_provenance_manager::boolean,
  external_python_software_stack_id = :external_python_software_stack_id::integer,
  external_software_environment_id = :external_software_environment_id::integer
WHERE installation.id = :id::integer;
