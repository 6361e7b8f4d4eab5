-- name: get_python_package_version_metadata^
-- The core metadata that a version of a Python package carries, its multi-valued fields as lists.
--
-- `project_url` holds texts `label,url`; `requires_dist`, `provides_dist` and `obsolete_dist` are what the package says
-- of other distributions. Where environments saw different metadata, those of the latest record are answered.
-- params: package_name, package_version, index_url
-- returns: {author, author_email, download_url, home_page, keywords, license, maintainer, maintainer_email,
--           metadata_version, name, summary, version, requires_python, description_content_type, description,
--           classifier, platform, supported_platform, requires_external, project_url, provides_extra,
--           requires_dist, provides_dist, obsolete_dist}
-- raises: NotFoundError
SELECT
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
  metadata.description,
  ARRAY(
    SELECT classifier.classifier
    FROM has_metadata_classifier AS has
    JOIN python_package_metadata_classifier AS classifier ON classifier.id = has.python_package_metadata_classifier_id
    WHERE has.python_package_metadata_id = metadata.id
    ORDER BY classifier.classifier
  ) AS classifier,
  ARRAY(
    SELECT platform.platform
    FROM has_metadata_platform AS has
    JOIN python_package_metadata_platform AS platform ON platform.id = has.python_package_metadata_platform_id
    WHERE has.python_package_metadata_id = metadata.id
    ORDER BY platform.platform
  ) AS platform,
  ARRAY(
    SELECT supported.supported_platform
    FROM has_metadata_supported_platform AS has
    JOIN python_package_metadata_supported_platform AS supported
      ON supported.id = has.python_package_metadata_supported_platform_id
    WHERE has.python_package_metadata_id = metadata.id
    ORDER BY supported.supported_platform
  ) AS supported_platform,
  ARRAY(
    SELECT external.dependency
    FROM has_metadata_requires_external AS has
    JOIN python_package_metadata_requires_external AS external
      ON external.id = has.python_package_metadata_requires_external_id
    WHERE has.python_package_metadata_id = metadata.id
    ORDER BY external.dependency
  ) AS requires_external,
  ARRAY(
    SELECT concat_ws(',', project_url.label, project_url.url)
    FROM has_metadata_project_url AS has
    JOIN python_package_metadata_project_url AS project_url
      ON project_url.id = has.python_package_metadata_project_url_id
    WHERE has.python_package_metadata_id = metadata.id
    ORDER BY project_url.label, project_url.url
  ) AS project_url,
  ARRAY(
    SELECT extra.optional_feature
    FROM has_metadata_provides_extra AS has
    JOIN python_package_metadata_provides_extra AS extra ON extra.id = has.python_package_metadata_provides_extra_id
    WHERE has.python_package_metadata_id = metadata.id
    ORDER BY extra.optional_feature
  ) AS provides_extra,
  ARRAY(
    SELECT distribution.distutils
    FROM has_metadata_distutils AS has
    JOIN python_package_metadata_distutils AS distribution
      ON distribution.id = has.python_package_metadata_distutils_id
    WHERE has.python_package_metadata_id = metadata.id
      AND distribution.distutils_type = 'REQUIRED'
    ORDER BY distribution.distutils
  ) AS requires_dist,
  ARRAY(
    SELECT distribution.distutils
    FROM has_metadata_distutils AS has
    JOIN python_package_metadata_distutils AS distribution
      ON distribution.id = has.python_package_metadata_distutils_id
    WHERE has.python_package_metadata_id = metadata.id
      AND distribution.distutils_type = 'PROVIDED'
    ORDER BY distribution.distutils
  ) AS provides_dist,
  ARRAY(
    SELECT distribution.distutils
    FROM has_metadata_distutils AS has
    JOIN python_package_metadata_distutils AS distribution
      ON distribution.id = has.python_package_metadata_distutils_id
    WHERE has.python_package_metadata_id = metadata.id
      AND distribution.distutils_type = 'OBSOLETE'
    ORDER BY distribution.distutils
  ) AS obsolete_dist
FROM python_package_version AS v
JOIN python_package_metadata AS metadata ON metadata.id = v.python_package_metadata_id
WHERE v.package_name = :package_name
  AND v.package_version = :package_version
  AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
ORDER BY v.id DESC
LIMIT 1;

-- name: get_python_package_version_trove_classifiers_all
-- Trove classifiers of a version of a Python package, as its metadata had them in one environment.
-- params: package_name, package_version, index_url, *, os_name, os_version, python_version
-- returns: [classifier]
-- notnull: classifier
-- cache: THOTH_STORAGE_GET_PYTHON_PACKAGE_VERSION_TROVE_CLASSIFIERS_CACHE_SIZE 4096
SELECT classifier.classifier
FROM python_package_version AS v
JOIN has_metadata_classifier AS has ON has.python_package_metadata_id = v.python_package_metadata_id
JOIN python_package_metadata_classifier AS classifier ON classifier.id = has.python_package_metadata_classifier_id
WHERE v.package_name = :package_name
  AND v.package_version = :package_version
  AND v.python_package_index_id = (SELECT i.id FROM python_package_index AS i WHERE i.url = :index_url)
  AND v.os_name = :os_name
  AND v.os_version = :os_version
  AND v.python_version = :python_version
ORDER BY classifier.classifier;
