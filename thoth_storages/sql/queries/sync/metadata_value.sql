-- name: insert_classifiers!
-- Add the trove classifiers that aren't there.
-- params: classifiers: list[str]
INSERT INTO python_package_metadata_classifier (classifier)
SELECT DISTINCT wanted.classifier
FROM unnest(:classifiers::text[]) AS wanted (classifier)
WHERE (
  SELECT known.id
  FROM python_package_metadata_classifier AS known
  WHERE content_digest(known.classifier) = content_digest(wanted.classifier)
  LIMIT 1
) IS NULL
ORDER BY wanted.classifier
ON CONFLICT DO NOTHING;

-- name: insert_metadata_classifiers!
-- Tie metadata of packages to classifiers.
-- params: metadata_ids: list[int], classifiers: list[str]
INSERT INTO has_metadata_classifier (python_package_metadata_id, python_package_metadata_classifier_id)
SELECT found.metadata_id, value.id
FROM unnest(:metadata_ids::integer[], :classifiers::text[])
  AS found (metadata_id, classifier)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM python_package_metadata_classifier AS known
  WHERE content_digest(known.classifier) = content_digest(found.classifier)
  LIMIT 1
) AS value
ORDER BY found.metadata_id, value.id
ON CONFLICT DO NOTHING;

-- name: insert_distutils!
-- Add the distributions that a package requires, provides or makes obsolete that aren't there.
-- params: distributions: list[str], distutils_types: list[str]
INSERT INTO python_package_metadata_distutils (distutils, distutils_type)
SELECT DISTINCT wanted.distutils, wanted.distutils_type
FROM unnest(:distributions::text[], :distutils_types::distutils_type[]) AS wanted (distutils, distutils_type)
WHERE (
  SELECT known.id
  FROM python_package_metadata_distutils AS known
  WHERE content_digest(known.distutils) = content_digest(wanted.distutils)
    AND known.distutils_type = wanted.distutils_type
  LIMIT 1
) IS NULL
ORDER BY wanted.distutils, wanted.distutils_type
ON CONFLICT DO NOTHING;

-- name: insert_metadata_distutils!
-- Tie metadata of packages to the distributions that it requires, provides or makes obsolete.
-- params: metadata_ids: list[int], distributions: list[str], distutils_types: list[str]
INSERT INTO has_metadata_distutils (python_package_metadata_id, python_package_metadata_distutils_id)
SELECT found.metadata_id, value.id
FROM unnest(:metadata_ids::integer[], :distributions::text[], :distutils_types::distutils_type[])
  AS found (metadata_id, distutils, distutils_type)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM python_package_metadata_distutils AS known
  WHERE content_digest(known.distutils) = content_digest(found.distutils)
    AND known.distutils_type = found.distutils_type
  LIMIT 1
) AS value
ORDER BY found.metadata_id, value.id
ON CONFLICT DO NOTHING;

-- name: insert_platforms!
-- Add the platforms that aren't there.
-- params: platforms: list[str]
INSERT INTO python_package_metadata_platform (platform)
SELECT DISTINCT wanted.platform
FROM unnest(:platforms::text[]) AS wanted (platform)
WHERE (
  SELECT known.id
  FROM python_package_metadata_platform AS known
  WHERE content_digest(known.platform) = content_digest(wanted.platform)
  LIMIT 1
) IS NULL
ORDER BY wanted.platform
ON CONFLICT DO NOTHING;

-- name: insert_metadata_platforms!
-- Tie metadata of packages to platforms.
-- params: metadata_ids: list[int], platforms: list[str]
INSERT INTO has_metadata_platform (python_package_metadata_id, python_package_metadata_platform_id)
SELECT found.metadata_id, value.id
FROM unnest(:metadata_ids::integer[], :platforms::text[])
  AS found (metadata_id, platform)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM python_package_metadata_platform AS known
  WHERE content_digest(known.platform) = content_digest(found.platform)
  LIMIT 1
) AS value
ORDER BY found.metadata_id, value.id
ON CONFLICT DO NOTHING;

-- name: insert_project_urls!
-- Add the project URLs that aren't there.
-- params: urls: list[str], labels: list[str]
INSERT INTO python_package_metadata_project_url (url, label)
SELECT DISTINCT wanted.url, wanted.label
FROM unnest(:urls::text[], :labels::text[]) AS wanted (url, label)
WHERE (
  SELECT known.id
  FROM python_package_metadata_project_url AS known
  WHERE content_digest(known.url, known.label) = content_digest(wanted.url, wanted.label)
  LIMIT 1
) IS NULL
ORDER BY wanted.url, wanted.label
ON CONFLICT DO NOTHING;

-- name: insert_metadata_project_urls!
-- Tie metadata of packages to project URLs.
-- params: metadata_ids: list[int], urls: list[str], labels: list[str]
INSERT INTO has_metadata_project_url (python_package_metadata_id, python_package_metadata_project_url_id)
SELECT found.metadata_id, value.id
FROM unnest(:metadata_ids::integer[], :urls::text[], :labels::text[])
  AS found (metadata_id, url, label)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM python_package_metadata_project_url AS known
  WHERE content_digest(known.url, known.label) = content_digest(found.url, found.label)
  LIMIT 1
) AS value
ORDER BY found.metadata_id, value.id
ON CONFLICT DO NOTHING;

-- name: insert_provided_extras!
-- Add the extras that a package provides that aren't there.
-- params: optional_features: list[str]
INSERT INTO python_package_metadata_provides_extra (optional_feature)
SELECT DISTINCT wanted.optional_feature
FROM unnest(:optional_features::text[]) AS wanted (optional_feature)
WHERE (
  SELECT known.id
  FROM python_package_metadata_provides_extra AS known
  WHERE content_digest(known.optional_feature) = content_digest(wanted.optional_feature)
  LIMIT 1
) IS NULL
ORDER BY wanted.optional_feature
ON CONFLICT DO NOTHING;

-- name: insert_metadata_provided_extras!
-- Tie metadata of packages to the extras that it provides.
-- params: metadata_ids: list[int], optional_features: list[str]
INSERT INTO has_metadata_provides_extra (python_package_metadata_id, python_package_metadata_provides_extra_id)
SELECT found.metadata_id, value.id
FROM unnest(:metadata_ids::integer[], :optional_features::text[])
  AS found (metadata_id, optional_feature)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM python_package_metadata_provides_extra AS known
  WHERE content_digest(known.optional_feature) = content_digest(found.optional_feature)
  LIMIT 1
) AS value
ORDER BY found.metadata_id, value.id
ON CONFLICT DO NOTHING;

-- name: insert_external_requirements!
-- Add the requirements outside Python that aren't there.
-- params: dependencies: list[str]
INSERT INTO python_package_metadata_requires_external (dependency)
SELECT DISTINCT wanted.dependency
FROM unnest(:dependencies::text[]) AS wanted (dependency)
WHERE (
  SELECT known.id
  FROM python_package_metadata_requires_external AS known
  WHERE content_digest(known.dependency) = content_digest(wanted.dependency)
  LIMIT 1
) IS NULL
ORDER BY wanted.dependency
ON CONFLICT DO NOTHING;

-- name: insert_metadata_external_requirements!
-- Tie metadata of packages to its requirements outside Python.
-- params: metadata_ids: list[int], dependencies: list[str]
INSERT INTO has_metadata_requires_external (python_package_metadata_id, python_package_metadata_requires_external_id)
SELECT found.metadata_id, value.id
FROM unnest(:metadata_ids::integer[], :dependencies::text[])
  AS found (metadata_id, dependency)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM python_package_metadata_requires_external AS known
  WHERE content_digest(known.dependency) = content_digest(found.dependency)
  LIMIT 1
) AS value
ORDER BY found.metadata_id, value.id
ON CONFLICT DO NOTHING;

-- name: insert_supported_platforms!
-- Add the supported platforms that aren't there.
-- params: supported_platforms: list[str]
INSERT INTO python_package_metadata_supported_platform (supported_platform)
SELECT DISTINCT wanted.supported_platform
FROM unnest(:supported_platforms::text[]) AS wanted (supported_platform)
WHERE (
  SELECT known.id
  FROM python_package_metadata_supported_platform AS known
  WHERE content_digest(known.supported_platform) = content_digest(wanted.supported_platform)
  LIMIT 1
) IS NULL
ORDER BY wanted.supported_platform
ON CONFLICT DO NOTHING;

-- name: insert_metadata_supported_platforms!
-- Tie metadata of packages to supported platforms.
-- params: metadata_ids: list[int], supported_platforms: list[str]
INSERT INTO has_metadata_supported_platform (python_package_metadata_id, python_package_metadata_supported_platform_id)
SELECT found.metadata_id, value.id
FROM unnest(:metadata_ids::integer[], :supported_platforms::text[])
  AS found (metadata_id, supported_platform)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM python_package_metadata_supported_platform AS known
  WHERE content_digest(known.supported_platform) = content_digest(found.supported_platform)
  LIMIT 1
) AS value
ORDER BY found.metadata_id, value.id
ON CONFLICT DO NOTHING;
