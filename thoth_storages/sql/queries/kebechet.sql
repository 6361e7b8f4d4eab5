-- Installations of Kebechet, the bot that keeps dependencies of repositories on GitHub up to date: a row for each
-- repository (its slug is `namespace/repository`) and runtime environment in it.

-- name: get_kebechet_github_app_installations_all
-- Installations of Kebechet, in the order in which they were stored.
--
-- `last_run` is a text, like `2022-01-06 18:22:34.468093` (UTC), None when Kebechet never ran; `last_run_before` and
-- `last_run_after` include their moment. `runtime_environment` is another name of `runtime_environment_name`.
-- params: *, id=None, slug=None, private=None, installation_id=None, is_active=None, runtime_environment_name=None,
--         info_manager=None, pipfile_requirements_manager=None, update_manager=None, version_manager=None,
--         thoth_advise_manager=None, thoth_provenance_manager=None, last_run_before=None, last_run_after=None,
--         external_python_software_stack_id=None, external_software_environment_id=None,
--         advised_python_software_stack_id=None, runtime_environment=None
-- returns: [{slug, repo_name, private, installation_id, is_active, runtime_environment_name,
--           info_manager, pipfile_requirements_manager, update_manager, version_manager,
--           thoth_advise_manager, thoth_provenance_manager, last_run, external_python_software_stack_id,
--           external_software_environment_id, advised_python_software_stack_id}]
SELECT
  installation.slug,
  installation.repo_name,
  installation.private,
  installation.installation_id,
  installation.is_active,
  installation.runtime_environment_name,
  installation.info_manager,
  installation.pipfile_requirements_manager,
  installation.update_manager,
  installation.version_manager,
  installation.thoth_advise_manager,
  installation.thoth_provenance_manager,
  -- the text that Python makes of a datetime: microseconds are left out when they are zero
  replace(to_char(installation.last_run, 'YYYY-MM-DD HH24:MI:SS.US'), '.000000', '') AS last_run,
  installation.external_python_software_stack_id,
  installation.external_software_environment_id,
  installation.advised_python_software_stack_id
FROM kebechet_github_installations AS installation
WHERE TRUE
  AND installation.id = :id                                                   --? id
  AND installation.slug = :slug                                               --? slug
  AND installation.private = :private                                         --? private
  AND installation.installation_id = :installation_id                         --? installation_id
  AND installation.is_active = :is_active                                     --? is_active
  AND installation.runtime_environment_name = :runtime_environment_name       --? runtime_environment_name
  AND installation.runtime_environment_name = :runtime_environment            --? runtime_environment
  AND installation.info_manager = :info_manager                               --? info_manager
  AND installation.pipfile_requirements_manager = :pipfile_requirements_manager  --? pipfile_requirements_manager
  AND installation.update_manager = :update_manager                           --? update_manager
  AND installation.version_manager = :version_manager                         --? version_manager
  AND installation.thoth_advise_manager = :thoth_advise_manager               --? thoth_advise_manager
  AND installation.thoth_provenance_manager = :thoth_provenance_manager       --? thoth_provenance_manager
  AND installation.last_run <= :last_run_before                               --? last_run_before
  AND installation.last_run >= :last_run_after                                --? last_run_after
  AND installation.external_python_software_stack_id = :external_python_software_stack_id  --? external_python_software_stack_id
  AND installation.external_software_environment_id = :external_software_environment_id  --? external_software_environment_id
  AND installation.advised_python_software_stack_id = :advised_python_software_stack_id  --? advised_python_software_stack_id
ORDER BY installation.id;

-- name: get_kebechet_github_installation_info_with_software_environment_all
-- Active installations of Kebechet that say in which software environment the repository runs, oldest first.
--
-- The filters are about that environment; the answer is that of get_kebechet_github_app_installations_all.
-- params: *, python_version=None, image_name=None, image_sha=None, os_name=None, os_version=None,
--         thoth_image_name=None, thoth_image_version=None, env_image_name=None, env_image_tag=None, cuda_version=None,
--         environment_type=None
-- returns: [{slug, repo_name, private, installation_id, is_active, runtime_environment_name,
--           info_manager, pipfile_requirements_manager, update_manager, version_manager,
--           thoth_advise_manager, thoth_provenance_manager, last_run, external_python_software_stack_id,
--           external_software_environment_id, advised_python_software_stack_id}]
SELECT
  installation.slug,
  installation.repo_name,
  installation.private,
  installation.installation_id,
  installation.is_active,
  installation.runtime_environment_name,
  installation.info_manager,
  installation.pipfile_requirements_manager,
  installation.update_manager,
  installation.version_manager,
  installation.thoth_advise_manager,
  installation.thoth_provenance_manager,
  replace(to_char(installation.last_run, 'YYYY-MM-DD HH24:MI:SS.US'), '.000000', '') AS last_run,
  installation.external_python_software_stack_id,
  installation.external_software_environment_id,
  installation.advised_python_software_stack_id
FROM kebechet_github_installations AS installation
JOIN external_software_environment AS environment ON environment.id = installation.external_software_environment_id
WHERE installation.is_active
  AND environment.python_version = :python_version            --? python_version
  AND environment.image_name = :image_name                    --? image_name
  AND environment.image_sha = :image_sha                      --? image_sha
  AND environment.os_name = :os_name                          --? os_name
  AND environment.os_version = :os_version                    --? os_version
  AND environment.thoth_image_name = :thoth_image_name        --? thoth_image_name
  AND environment.thoth_image_version = :thoth_image_version  --? thoth_image_version
  AND environment.env_image_name = :env_image_name            --? env_image_name
  AND environment.env_image_tag = :env_image_tag              --? env_image_tag
  AND environment.cuda_version = :cuda_version                --? cuda_version
  AND environment.environment_type = :environment_type        --? environment_type
ORDER BY installation.id;

-- name: get_kebechet_github_installations_info_for_python_package_version
-- Repositories with an active installation of Kebechet that have a Python package in their lock file, by slug.
--
-- Where several runtime environments of a repository have it, the answer tells of the one in which Kebechet ran last.
-- `index_url` also finds what was locked without naming an index, as Pipenv does for what other packages depend on.
-- params: package_name, *, package_version=None, index_url=None, os_name=None, os_version=None, python_version=None
-- returns: {slug: {environment_name, installation_id, private, package_name, package_version, index_url}}
-- notnull: slug
SELECT DISTINCT ON (installation.slug)
  installation.slug,
  installation.runtime_environment_name AS environment_name,
  installation.installation_id,
  installation.private,
  e.package_name,
  e.package_version,
  i.url AS index_url
FROM python_package_version_entity AS e
JOIN has_external_python_requirement_lock AS locks ON locks.python_package_version_entity_id = e.id
CROSS JOIN LATERAL (
  SELECT known.id
  FROM external_python_software_stack AS known
  WHERE known.external_python_requirements_lock_id = locks.external_python_requirements_locked_id
  -- each lock file's stacks by index (0.5 ms): without this the server compares all stacks with all lock files (9 ms)
  OFFSET 0
) AS stack
JOIN kebechet_github_installations AS installation ON installation.external_python_software_stack_id = stack.id
LEFT JOIN python_package_index AS i ON i.id = e.python_package_index_id
LEFT JOIN external_software_environment AS environment ON environment.id = installation.external_software_environment_id
WHERE e.package_name = :package_name
  AND installation.is_active
  AND e.package_version = :package_version          --? package_version
  AND (i.url = :index_url OR i.url IS NULL)         --? index_url
  AND environment.os_name = :os_name                --? os_name
  AND environment.os_version = :os_version          --? os_version
  AND environment.python_version = :python_version  --? python_version
ORDER BY installation.slug, installation.last_run DESC NULLS LAST, installation.id DESC, e.id DESC;

-- name: get_kebechet_github_installations_software_stack_count_all$
-- Number of repositories with an installation of Kebechet, each counted once, however many runtime environments it has.
-- params: *, is_active=None
-- returns: count
SELECT count(DISTINCT installation.slug) AS count
FROM kebechet_github_installations AS installation
WHERE TRUE
  AND installation.is_active = :is_active; --? is_active

-- name: get_active_kebechet_github_installations_repos
-- Slugs of the repositories with an active installation of Kebechet, once for each runtime environment.
-- returns: [slug]
SELECT installation.slug
FROM kebechet_github_installations AS installation
WHERE installation.is_active
ORDER BY installation.slug, installation.id;

-- name: get_active_kebechet_github_installations_repos_count_all$
-- Number of repositories with an active installation of Kebechet, each counted once.
-- returns: count
SELECT count(DISTINCT installation.slug) AS count
FROM kebechet_github_installations AS installation
WHERE installation.is_active;

-- name: get_kebechet_github_installations_active_managers
-- Managers that are on in an active installation of Kebechet, like `update_manager`.
--
-- Without `runtime_environment_name` it is the installation that doesn't name one.
-- params: slug, runtime_environment_name=None
-- returns: [manager]
-- raises: NotFoundError
SELECT manager.name AS manager
FROM (
  SELECT
    chosen.info_manager,
    chosen.pipfile_requirements_manager,
    chosen.update_manager,
    chosen.version_manager,
    chosen.thoth_advise_manager,
    chosen.thoth_provenance_manager
  FROM kebechet_github_installations AS chosen
  WHERE chosen.is_active
    AND chosen.slug = :slug
    AND chosen.runtime_environment_name IS NOT DISTINCT FROM :runtime_environment_name
  -- the original lets several without an environment in
  ORDER BY chosen.last_run DESC NULLS LAST, chosen.id DESC
  LIMIT 1
) AS installation
LEFT JOIN LATERAL (
  VALUES
    (1, 'info_manager', installation.info_manager),
    (2, 'pipfile_requirements_manager', installation.pipfile_requirements_manager),
    (3, 'update_manager', installation.update_manager),
    (4, 'version_manager', installation.version_manager),
    (5, 'thoth_advise_manager', installation.thoth_advise_manager),
    (6, 'thoth_provenance_manager', installation.thoth_provenance_manager)
) AS manager (number, name, is_on) ON manager.is_on
ORDER BY manager.number;

-- name: _get_kebechet_repositories_with_manager_count$
-- Number of repositories in which a manager is on, in any active installation of Kebechet.
-- params: manager
-- returns: count
SELECT count(DISTINCT installation.slug) AS count
FROM kebechet_github_installations AS installation
WHERE installation.is_active
  AND CASE :manager
    WHEN 'INFO_MANAGER' THEN installation.info_manager
    WHEN 'PIPFILE_REQUIREMENTS_MANAGER' THEN installation.pipfile_requirements_manager
    WHEN 'UPDATE_MANAGER' THEN installation.update_manager
    WHEN 'VERSION_MANAGER' THEN installation.version_manager
    WHEN 'THOTH_ADVISE_MANAGER' THEN installation.thoth_advise_manager
    WHEN 'THOTH_PROVENANCE_MANAGER' THEN installation.thoth_provenance_manager
  END;

-- name: _lock_kebechet_repository
-- Let no other transaction that asks for this lock write installations of a repository until this one ends.
--
-- The unique key on slug and environment doesn't tell rows without an environment apart. Take the lock before looking
-- at what is there, in a statement of its own: a statement doesn't see what was committed while it waited.
-- params: slug
-- returns: [is_locked]
SELECT TRUE AS is_locked
FROM pg_advisory_xact_lock('kebechet_github_installations'::regclass::oid::integer, hashtext(:slug));

-- name: _merge_kebechet_installations!
-- Delete installations of a repository that differ from another only in what is to be the same in the whole repository.
--
-- The original may have left such; writing the same into both would run into the key that keeps rows apart.
-- params: slug
DELETE FROM kebechet_github_installations AS merged
USING kebechet_github_installations AS kept
WHERE merged.slug = :slug
  AND kept.slug = merged.slug
  AND kept.id < merged.id
  AND (
    merged.repo_name,
    merged.runtime_environment_name,
    merged.info_manager,
    merged.pipfile_requirements_manager,
    merged.update_manager,
    merged.version_manager,
    merged.thoth_advise_manager,
    merged.thoth_provenance_manager,
    merged.last_run,
    merged.external_python_software_stack_id,
    merged.external_software_environment_id,
    merged.advised_python_software_stack_id
  ) IS NOT DISTINCT FROM (
    kept.repo_name,
    kept.runtime_environment_name,
    kept.info_manager,
    kept.pipfile_requirements_manager,
    kept.update_manager,
    kept.version_manager,
    kept.thoth_advise_manager,
    kept.thoth_provenance_manager,
    kept.last_run,
    kept.external_python_software_stack_id,
    kept.external_software_environment_id,
    kept.advised_python_software_stack_id
  );

-- name: _activate_kebechet_installations!
-- Mark all installations of a repository as active, as of one installation of the GitHub App.
-- params: slug, private: bool, installation_id
UPDATE kebechet_github_installations AS installation
SET
  is_active = TRUE,
  private = :private,
  installation_id = :installation_id
WHERE installation.slug = :slug;

-- name: _insert_kebechet_installation!
-- Add an installation of a repository that names no runtime environment, with all managers off.
-- params: slug, repo_name, private, installation_id
INSERT INTO kebechet_github_installations
  (slug, repo_name, private, installation_id, is_active, last_run)
VALUES (:slug, :repo_name, :private, :installation_id, TRUE, now() AT TIME ZONE 'UTC');

-- name: _deactivate_kebechet_installations!
-- Mark all installations of a repository as not active.
-- params: slug
UPDATE kebechet_github_installations AS installation
SET is_active = FALSE
WHERE installation.slug = :slug;

-- name: _delete_kebechet_github_app_installations!
-- Delete some of the installations of Kebechet that match the filters, those that were stored first.
-- params: *, batch_size: int, id=None, slug=None, private=None, installation_id=None, is_active=None,
--         runtime_environment_name=None, info_manager=None, pipfile_requirements_manager=None, update_manager=None,
--         version_manager=None, thoth_advise_manager=None, thoth_provenance_manager=None, last_run_before=None,
--         last_run_after=None, external_python_software_stack_id=None, external_software_environment_id=None,
--         advised_python_software_stack_id=None, runtime_environment=None
WITH chosen AS (
  SELECT installation.id
  FROM kebechet_github_installations AS installation
  WHERE TRUE
    AND installation.id = :id                                                   --? id
    AND installation.slug = :slug                                               --? slug
    AND installation.private = :private                                         --? private
    AND installation.installation_id = :installation_id                         --? installation_id
    AND installation.is_active = :is_active                                     --? is_active
    AND installation.runtime_environment_name = :runtime_environment_name       --? runtime_environment_name
    AND installation.runtime_environment_name = :runtime_environment            --? runtime_environment
    AND installation.info_manager = :info_manager                               --? info_manager
    AND installation.pipfile_requirements_manager = :pipfile_requirements_manager  --? pipfile_requirements_manager
    AND installation.update_manager = :update_manager                           --? update_manager
    AND installation.version_manager = :version_manager                         --? version_manager
    AND installation.thoth_advise_manager = :thoth_advise_manager               --? thoth_advise_manager
    AND installation.thoth_provenance_manager = :thoth_provenance_manager       --? thoth_provenance_manager
    AND installation.last_run <= :last_run_before                               --? last_run_before
    AND installation.last_run >= :last_run_after                                --? last_run_after
    AND installation.external_python_software_stack_id = :external_python_software_stack_id  --? external_python_software_stack_id
    AND installation.external_software_environment_id = :external_software_environment_id  --? external_software_environment_id
    AND installation.advised_python_software_stack_id = :advised_python_software_stack_id  --? advised_python_software_stack_id
  ORDER BY installation.id
  LIMIT :batch_size
  -- one that somebody else is activating right now is looked at again once that is done
  FOR UPDATE
)
DELETE FROM kebechet_github_installations AS deleted
USING chosen
WHERE deleted.id = chosen.id;
