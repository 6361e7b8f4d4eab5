-- name: get_software_environment_ids
-- Ids of software environments of the service's own that are there, by their place in the lists (from 1).
-- params: environment_types: list[str], environment_names: list[str | None], python_versions: list[str | None],
--         image_names: list[str | None], image_digests: list[str | None], os_names: list[str | None],
--         os_versions: list[str | None], cuda_versions: list[str | None], thoth_image_names: list[str | None],
--         thoth_image_versions: list[str | None], env_image_names: list[str | None], env_image_tags: list[str | None]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(
  :environment_types::environment_type[],
  :environment_names::text[],
  :python_versions::text[],
  :image_names::text[],
  :image_digests::text[],
  :os_names::text[],
  :os_versions::text[],
  :cuda_versions::text[],
  :thoth_image_names::text[],
  :thoth_image_versions::text[],
  :env_image_names::text[],
  :env_image_tags::text[]
) WITH ORDINALITY AS wanted (
  environment_type,
  environment_name,
  python_version,
  image_name,
  image_sha,
  os_name,
  os_version,
  cuda_version,
  thoth_image_name,
  thoth_image_version,
  env_image_name,
  env_image_tag,
  number
)
JOIN software_environment AS known
  ON content_digest(
    known.environment_name,
    known.python_version,
    known.image_name,
    known.image_sha,
    known.os_name,
    known.os_version,
    known.cuda_version,
    known.thoth_image_name,
    known.thoth_image_version,
    known.env_image_name,
    known.env_image_tag
  ) = content_digest(
    wanted.environment_name,
    wanted.python_version,
    wanted.image_name,
    wanted.image_sha,
    wanted.os_name,
    wanted.os_version,
    wanted.cuda_version,
    wanted.thoth_image_name,
    wanted.thoth_image_version,
    wanted.env_image_name,
    wanted.env_image_tag
  )
  AND known.environment_type = wanted.environment_type;

-- name: insert_software_environments!
-- Add software environments of the service's own that aren't there.
-- params: environment_types: list[str], environment_names: list[str | None], python_versions: list[str | None],
--         image_names: list[str | None], image_digests: list[str | None], os_names: list[str | None],
--         os_versions: list[str | None], cuda_versions: list[str | None], thoth_image_names: list[str | None],
--         thoth_image_versions: list[str | None], env_image_names: list[str | None], env_image_tags: list[str | None]
INSERT INTO software_environment (
  environment_type,
  environment_name,
  python_version,
  image_name,
  image_sha,
  os_name,
  os_version,
  cuda_version,
  thoth_image_name,
  thoth_image_version,
  env_image_name,
  env_image_tag
)
SELECT
  wanted.environment_type,
  wanted.environment_name,
  wanted.python_version,
  wanted.image_name,
  wanted.image_sha,
  wanted.os_name,
  wanted.os_version,
  wanted.cuda_version,
  wanted.thoth_image_name,
  wanted.thoth_image_version,
  wanted.env_image_name,
  wanted.env_image_tag
FROM unnest(
  :environment_types::environment_type[],
  :environment_names::text[],
  :python_versions::text[],
  :image_names::text[],
  :image_digests::text[],
  :os_names::text[],
  :os_versions::text[],
  :cuda_versions::text[],
  :thoth_image_names::text[],
  :thoth_image_versions::text[],
  :env_image_names::text[],
  :env_image_tags::text[]
) AS wanted (
  environment_type,
  environment_name,
  python_version,
  image_name,
  image_sha,
  os_name,
  os_version,
  cuda_version,
  thoth_image_name,
  thoth_image_version,
  env_image_name,
  env_image_tag
)
ORDER BY
  content_digest(
    wanted.environment_name,
    wanted.python_version,
    wanted.image_name,
    wanted.image_sha,
    wanted.os_name,
    wanted.os_version,
    wanted.cuda_version,
    wanted.thoth_image_name,
    wanted.thoth_image_version,
    wanted.env_image_name,
    wanted.env_image_tag
  ),
  wanted.environment_type
ON CONFLICT DO NOTHING;

-- name: get_external_software_environment_ids
-- Ids of software environments of users that are there, by their place in the lists (from 1).
-- params: environment_types: list[str], environment_names: list[str | None], python_versions: list[str | None],
--         image_names: list[str | None], image_digests: list[str | None], os_names: list[str | None],
--         os_versions: list[str | None], cuda_versions: list[str | None], thoth_image_names: list[str | None],
--         thoth_image_versions: list[str | None], env_image_names: list[str | None], env_image_tags: list[str | None]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(
  :environment_types::environment_type[],
  :environment_names::text[],
  :python_versions::text[],
  :image_names::text[],
  :image_digests::text[],
  :os_names::text[],
  :os_versions::text[],
  :cuda_versions::text[],
  :thoth_image_names::text[],
  :thoth_image_versions::text[],
  :env_image_names::text[],
  :env_image_tags::text[]
) WITH ORDINALITY AS wanted (
  environment_type,
  environment_name,
  python_version,
  image_name,
  image_sha,
  os_name,
  os_version,
  cuda_version,
  thoth_image_name,
  thoth_image_version,
  env_image_name,
  env_image_tag,
  number
)
JOIN external_software_environment AS known
  ON content_digest(
    known.environment_name,
    known.python_version,
    known.image_name,
    known.image_sha,
    known.os_name,
    known.os_version,
    known.cuda_version,
    known.thoth_image_name,
    known.thoth_image_version,
    known.env_image_name,
    known.env_image_tag
  ) = content_digest(
    wanted.environment_name,
    wanted.python_version,
    wanted.image_name,
    wanted.image_sha,
    wanted.os_name,
    wanted.os_version,
    wanted.cuda_version,
    wanted.thoth_image_name,
    wanted.thoth_image_version,
    wanted.env_image_name,
    wanted.env_image_tag
  )
  AND known.environment_type = wanted.environment_type;

-- name: insert_external_software_environments!
-- Add software environments of users that aren't there.
-- params: environment_types: list[str], environment_names: list[str | None], python_versions: list[str | None],
--         image_names: list[str | None], image_digests: list[str | None], os_names: list[str | None],
--         os_versions: list[str | None], cuda_versions: list[str | None], thoth_image_names: list[str | None],
--         thoth_image_versions: list[str | None], env_image_names: list[str | None], env_image_tags: list[str | None]
INSERT INTO external_software_environment (
  environment_type,
  environment_name,
  python_version,
  image_name,
  image_sha,
  os_name,
  os_version,
  cuda_version,
  thoth_image_name,
  thoth_image_version,
  env_image_name,
  env_image_tag
)
SELECT
  wanted.environment_type,
  wanted.environment_name,
  wanted.python_version,
  wanted.image_name,
  wanted.image_sha,
  wanted.os_name,
  wanted.os_version,
  wanted.cuda_version,
  wanted.thoth_image_name,
  wanted.thoth_image_version,
  wanted.env_image_name,
  wanted.env_image_tag
FROM unnest(
  :environment_types::environment_type[],
  :environment_names::text[],
  :python_versions::text[],
  :image_names::text[],
  :image_digests::text[],
  :os_names::text[],
  :os_versions::text[],
  :cuda_versions::text[],
  :thoth_image_names::text[],
  :thoth_image_versions::text[],
  :env_image_names::text[],
  :env_image_tags::text[]
) AS wanted (
  environment_type,
  environment_name,
  python_version,
  image_name,
  image_sha,
  os_name,
  os_version,
  cuda_version,
  thoth_image_name,
  thoth_image_version,
  env_image_name,
  env_image_tag
)
ORDER BY
  content_digest(
    wanted.environment_name,
    wanted.python_version,
    wanted.image_name,
    wanted.image_sha,
    wanted.os_name,
    wanted.os_version,
    wanted.cuda_version,
    wanted.thoth_image_name,
    wanted.thoth_image_version,
    wanted.env_image_name,
    wanted.env_image_tag
  ),
  wanted.environment_type
ON CONFLICT DO NOTHING;
