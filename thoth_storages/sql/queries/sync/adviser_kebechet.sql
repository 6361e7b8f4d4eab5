-- What runs of the adviser say of installations of Kebechet.

-- name: lock_kebechet_repositories$
-- Let no other transaction write installations in repositories until this one ends; answers how many locks those are.
--
-- Whoever writes installations takes this lock, in a statement of its own, before looking at what is there.
-- params: slugs: list[str]
-- returns: locks
-- notnull: locks
SELECT
  count(pg_advisory_xact_lock('kebechet_github_installations'::regclass::oid::integer, repository.key)) AS locks
FROM (
  SELECT DISTINCT hashtext(wanted.slug) AS key
  FROM unnest(:slugs::text[]) AS wanted (slug)
  -- In one order, always: two that took the same locks in different ones would wait for each other.
  ORDER BY key
) AS repository;

-- name: get_advised_kebechet_installation_ids
-- Ids of the installations that runs in repositories and runtime environments are about, by their place in the lists.
--
-- Where a repository's installations name environments, that is the one of the run's environment; of a run that names
-- none it is the oldest, as a configuration's first environment is meant without a name. An installation without a name
-- is then only what registering the App left behind; alone, it stands for whatever environment the repository has. So
-- advice for one environment never stands in the installation of another.
-- Where the original left several alike it is one that tells of the run already, as another can't tell the same.
-- params: slugs: list[str], runtime_environment_names: list[str | None], datetimes: list[datetime],
--         stack_ids: list[int]
-- returns: {number: id}
-- notnull: number, id
SELECT run.number, chosen.id
FROM unnest(:slugs::text[], :runtime_environment_names::text[], :datetimes::timestamp[], :stack_ids::integer[])
  WITH ORDINALITY AS run (slug, runtime_environment_name, datetime, stack_id, number)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM kebechet_github_installations AS known
  WHERE known.slug = run.slug
    AND (
      known.runtime_environment_name = run.runtime_environment_name
      OR (known.runtime_environment_name IS NOT NULL AND run.runtime_environment_name IS NULL)
      OR (
        known.runtime_environment_name IS NULL
        AND NOT EXISTS (
          SELECT FROM kebechet_github_installations AS named
          WHERE named.slug = run.slug
            AND named.runtime_environment_name IS NOT NULL
        )
      )
    )
  ORDER BY
    (known.last_run, known.advised_python_software_stack_id) IS DISTINCT FROM (run.datetime, run.stack_id),
    known.id
  LIMIT 1
) AS chosen;

-- name: update_advised_kebechet_installations!
-- Have installations tell of their newest run with advice; of two of one moment that is the one with the greater id.
--
-- Without advice, last_run is when the installation was made: any run is newer. An installation that tells of the run
-- already stays as it is, as its managers may have been switched off since.
-- params: ids: list[int], datetimes: list[datetime], document_ids: list[str], stack_ids: list[int]
UPDATE kebechet_github_installations AS installation
SET
  last_run = newest.datetime,
  thoth_advise_manager = TRUE,
  advised_python_software_stack_id = newest.stack_id
FROM (
  SELECT DISTINCT ON (run.id)
    run.id,
    run.datetime,
    run.document_id,
    run.stack_id
  FROM unnest(:ids::integer[], :datetimes::timestamp[], :document_ids::text[], :stack_ids::integer[])
    AS run (id, datetime, document_id, stack_id)
  ORDER BY run.id, run.datetime DESC, run.document_id COLLATE "C" DESC, run.stack_id
) AS newest
WHERE installation.id = newest.id
  AND (installation.last_run, installation.advised_python_software_stack_id)
    IS DISTINCT FROM (newest.datetime, newest.stack_id)
  AND (
    installation.advised_python_software_stack_id IS NULL
    OR installation.last_run IS NULL
    OR installation.last_run < newest.datetime
    OR (
      installation.last_run = newest.datetime
      AND NOT EXISTS (
        SELECT FROM advised
        JOIN adviser_run AS told ON told.id = advised.adviser_run_id
        WHERE advised.python_software_stack_id = installation.advised_python_software_stack_id
          AND told.datetime = installation.last_run
          AND told.source_type = 'KEBECHET'
          AND told.adviser_document_id COLLATE "C" > newest.document_id
      )
    )
  );
