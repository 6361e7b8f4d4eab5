-- name: get_metadata_ids
-- Ids of the metadata of packages that are there, by their place in the lists (from 1).
-- params: authors: list[str | None], author_emails: list[str | None], download_urls: list[str | None],
--         home_pages: list[str | None], keywords: list[str | None], licenses: list[str | None],
--         maintainers: list[str | None], maintainer_emails: list[str | None], metadata_versions: list[str | None],
--         names: list[str | None], summaries: list[str | None], versions: list[str | None],
--         python_requirements: list[str | None], description_content_types: list[str | None],
--         descriptions: list[str | None]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(
  :authors::text[],
  :author_emails::text[],
  :download_urls::text[],
  :home_pages::text[],
  :keywords::text[],
  :licenses::text[],
  :maintainers::text[],
  :maintainer_emails::text[],
  :metadata_versions::text[],
  :names::text[],
  :summaries::text[],
  :versions::text[],
  :python_requirements::text[],
  :description_content_types::text[],
  :descriptions::text[]
) WITH ORDINALITY AS wanted (
  author,
  author_email,
  download_url,
  home_page,
  keywords,
  license,
  maintainer,
  maintainer_email,
  metadata_version,
  name,
  summary,
  version,
  requires_python,
  description_content_type,
  description,
  number
)
CROSS JOIN LATERAL (
  SELECT metadata.id
  FROM python_package_metadata AS metadata
  WHERE content_digest(
    metadata.author,
    metadata.author_email,
    metadata.download_url,
    metadata.home_page,
    metadata.keywords,
    metadata.license,
    metadata.maintainer,
    metadata.maintainer_email,
    metadata.metadata_version,
    metadata.name,
    metadata.summary,
    metadata.version,
    metadata.requires_python,
    metadata.description_content_type,
    metadata.description
  ) = content_digest(
    wanted.author,
    wanted.author_email,
    wanted.download_url,
    wanted.home_page,
    wanted.keywords,
    wanted.license,
    wanted.maintainer,
    wanted.maintainer_email,
    wanted.metadata_version,
    wanted.name,
    wanted.summary,
    wanted.version,
    wanted.requires_python,
    wanted.description_content_type,
    wanted.description
  )
  LIMIT 1
) AS known;

-- name: insert_metadata!
-- Add the metadata of packages.
-- params: authors: list[str | None], author_emails: list[str | None], download_urls: list[str | None],
--         home_pages: list[str | None], keywords: list[str | None], licenses: list[str | None],
--         maintainers: list[str | None], maintainer_emails: list[str | None], metadata_versions: list[str | None],
--         names: list[str | None], summaries: list[str | None], versions: list[str | None],
--         python_requirements: list[str | None], description_content_types: list[str | None],
--         descriptions: list[str | None]
INSERT INTO python_package_metadata (
  author,
  author_email,
  download_url,
  home_page,
  keywords,
  license,
  maintainer,
  maintainer_email,
  metadata_version,
  name,
  summary,
  version,
  requires_python,
  description_content_type,
  description
)
SELECT
  wanted.author,
  wanted.author_email,
  wanted.download_url,
  wanted.home_page,
  wanted.keywords,
  wanted.license,
  wanted.maintainer,
  wanted.maintainer_email,
  wanted.metadata_version,
  wanted.name,
  wanted.summary,
  wanted.version,
  wanted.requires_python,
  wanted.description_content_type,
  wanted.description
FROM unnest(
  :authors::text[],
  :author_emails::text[],
  :download_urls::text[],
  :home_pages::text[],
  :keywords::text[],
  :licenses::text[],
  :maintainers::text[],
  :maintainer_emails::text[],
  :metadata_versions::text[],
  :names::text[],
  :summaries::text[],
  :versions::text[],
  :python_requirements::text[],
  :description_content_types::text[],
  :descriptions::text[]
) AS wanted (
  author,
  author_email,
  download_url,
  home_page,
  keywords,
  license,
  maintainer,
  maintainer_email,
  metadata_version,
  name,
  summary,
  version,
  requires_python,
  description_content_type,
  description
)
ORDER BY
  content_digest(
    wanted.author,
    wanted.author_email,
    wanted.download_url,
    wanted.home_page,
    wanted.keywords,
    wanted.license,
    wanted.maintainer,
    wanted.maintainer_email,
    wanted.metadata_version,
    wanted.name,
    wanted.summary,
    wanted.version,
    wanted.requires_python,
    wanted.description_content_type,
    wanted.description
  )
ON CONFLICT DO NOTHING;
