-- Analyses of container images (package-extract) and what they found: RPM packages, and symbols that images offer.

-- name: get_analysis_metadata^
-- When an image was analysed, and by which analyser; the latest run where a document tells of several.
-- params: analysis_document_id
-- returns: {analysis_datetime, analysis_document_id, package_extract_name, package_extract_version}
-- raises: NotFoundError
SELECT
  run.datetime AS analysis_datetime,
  run.analysis_document_id,
  run.package_extract_name,
  run.package_extract_version
FROM package_extract_run AS run
WHERE run.analysis_document_id = :analysis_document_id
ORDER BY run.datetime DESC, run.id DESC
LIMIT 1;

-- name: get_last_analysis_datetime$
-- When (UTC, naive) the latest of the synced image analyses took place.
-- returns: datetime
-- raises: NotFoundError
SELECT run.datetime
FROM package_extract_run AS run
ORDER BY run.datetime DESC
LIMIT 1;

-- name: get_last_analysis_document_id$
-- Id of the latest analysis of a Thoth s2i image; None when it was never analysed.
-- params: thoth_image_name, thoth_image_version, *, is_external=False
-- returns: analysis_document_id
SELECT analysis.analysis_document_id
FROM (
  SELECT
    run.datetime,
    run.id,
    run.analysis_document_id
  FROM software_environment AS environment
  JOIN package_extract_run AS run ON run.software_environment_id = environment.id
  WHERE NOT :is_external
    AND environment.thoth_image_name = :thoth_image_name
    AND environment.thoth_image_version = :thoth_image_version
  UNION ALL
  SELECT
    run.datetime,
    run.id,
    run.analysis_document_id
  FROM external_software_environment AS environment
  JOIN package_extract_run AS run ON run.external_software_environment_id = environment.id
  WHERE :is_external
    AND environment.thoth_image_name = :thoth_image_name
    AND environment.thoth_image_version = :thoth_image_version
) AS analysis
ORDER BY analysis.datetime DESC, analysis.id DESC, analysis.analysis_document_id
LIMIT 1;

-- name: analysis_document_id_exist$
-- Whether an image analysis was synced.
-- params: analysis_document_id
-- returns: exists
SELECT EXISTS (
  SELECT
  FROM package_extract_run AS run
  WHERE run.analysis_document_id = :analysis_document_id
) AS exists;

-- name: get_analyzer_documents_count_all$
-- How many documents of image analyses were synced.
-- returns: count
SELECT count(DISTINCT run.analysis_document_id) AS count
FROM package_extract_run AS run;

-- name: get_rpm_package_version_all
-- RPM packages that an analysis found in an image.
-- params: analysis_document_id
-- returns: [{package_name, package_version, release, epoch, arch, src, package_identifier}]
-- cache: THOTH_GET_RPM_PACKAGE_VERSION_CACHE_SIZE 1
SELECT
  p.package_name,
  p.package_version,
  p.release,
  p.epoch,
  p.arch,
  p.src,
  p.package_identifier
FROM package_extract_run AS run
JOIN found_rpm AS f ON f.package_extract_run_id = run.id
JOIN rpm_package_version AS p ON p.id = f.rpm_package_version_id
WHERE run.analysis_document_id = :analysis_document_id
ORDER BY p.package_name, p.package_version, p.package_identifier, p.id, run.id;

-- name: get_analyzed_image_symbols_all
-- Symbols that the analysed images of a kind offer: of an operating system, a Python version and a CUDA version.
--
-- A Python or CUDA version that isn't given means images that have none (or whose analysis didn't tell), not any.
-- params: os_name, os_version, *, python_version: str | None = None, cuda_version: str | None = None
-- returns: [symbol]
SELECT DISTINCT s.symbol
FROM versioned_symbol AS s
WHERE s.id IN (
  SELECT offers.versioned_symbol_id
  FROM software_environment AS environment
  JOIN has_symbol AS offers ON offers.software_environment_id = environment.id
  WHERE environment.os_name = :os_name
    AND environment.os_version = :os_version
    AND environment.python_version IS NOT DISTINCT FROM :python_version
    AND environment.cuda_version IS NOT DISTINCT FROM :cuda_version
)
ORDER BY s.symbol;

-- name: get_thoth_s2i_analyzed_image_symbols_all
-- Symbols that a Thoth s2i image offers.
-- params: thoth_image_name, thoth_image_version, is_external=False
-- returns: [symbol]
-- cache: THOTH_S2I_ANALYZED_IMAGE_SYMBOLS_CACHE_SIZE 1
SELECT DISTINCT s.symbol
FROM versioned_symbol AS s
WHERE s.id IN (
  SELECT offers.versioned_symbol_id
  FROM software_environment AS environment
  JOIN has_symbol AS offers ON offers.software_environment_id = environment.id
  WHERE NOT :is_external
    AND environment.thoth_image_name = :thoth_image_name
    AND environment.thoth_image_version = :thoth_image_version
  UNION ALL
  SELECT offers.versioned_symbol_id
  FROM external_software_environment AS environment
  JOIN has_symbol AS offers ON offers.external_software_environment_id = environment.id
  WHERE :is_external
    AND environment.thoth_image_name = :thoth_image_name
    AND environment.thoth_image_version = :thoth_image_version
)
ORDER BY s.symbol;

-- name: _get_thoth_s2i_count
-- How many software environments there are of each Thoth s2i image; (None, None) stands for those that aren't one.
-- params: is_external=False
-- returns: {(thoth_image_name, thoth_image_version): count}
SELECT
  environment.thoth_image_name,
  environment.thoth_image_version,
  count(*) AS count
FROM (
  SELECT
    own.thoth_image_name,
    own.thoth_image_version
  FROM software_environment AS own
  WHERE NOT :is_external
  UNION ALL
  SELECT
    users.thoth_image_name,
    users.thoth_image_version
  FROM external_software_environment AS users
  WHERE :is_external
) AS environment
GROUP BY environment.thoth_image_name, environment.thoth_image_version
ORDER BY environment.thoth_image_name, environment.thoth_image_version;

-- name: get_thoth_s2i_package_extract_analysis_document_id_all
-- Ids of the analyses of a Thoth s2i image, oldest first.
-- params: thoth_image_name, thoth_image_version, is_external=False
-- returns: [analysis_document_id]
-- notnull: analysis_document_id
SELECT analysis.analysis_document_id
FROM (
  SELECT
    run.datetime,
    run.id,
    run.analysis_document_id
  FROM software_environment AS environment
  JOIN package_extract_run AS run ON run.software_environment_id = environment.id
  WHERE NOT :is_external
    AND environment.thoth_image_name = :thoth_image_name
    AND environment.thoth_image_version = :thoth_image_version
  UNION ALL
  SELECT
    run.datetime,
    run.id,
    run.analysis_document_id
  FROM external_software_environment AS environment
  JOIN package_extract_run AS run ON run.external_software_environment_id = environment.id
  WHERE :is_external
    AND environment.thoth_image_name = :thoth_image_name
    AND environment.thoth_image_version = :thoth_image_version
) AS analysis
ORDER BY analysis.datetime, analysis.id;
