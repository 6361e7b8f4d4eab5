-- Software environments: images, or what users say that they run on. The service's own and those of users (external)
-- lie in tables of their own, so each statement has a half for either, and `is_external` lets one of them run. A page
-- is cut inside its half, where an index has the order: sorting what a UNION ALL brings would read all for each page.

-- name: _get_software_environment_names
-- Names of the software environments of a type, in the order in which they were stored.
-- params: environment_type, is_external=False, start_offset=0, count=100
-- returns: [(id, environment_name)]
-- notnull: id
(
  SELECT
    environment.id,
    environment.environment_name
  FROM software_environment AS environment
  WHERE NOT :is_external
    AND environment.environment_type = :environment_type
  ORDER BY environment.id
  LIMIT :count OFFSET :start_offset
)
UNION ALL
(
  SELECT
    environment.id,
    environment.environment_name
  FROM external_software_environment AS environment
  WHERE :is_external
    AND environment.environment_type = :environment_type
  ORDER BY environment.id
  LIMIT :count OFFSET :start_offset
)
ORDER BY id;

-- name: _get_software_environment_analyses
-- Analyses of the software environments of a name and a type, latest first.
-- params: software_environment_name, environment_type, is_external=False, start_offset=0, count=100
-- returns: [{analysis_datetime, analysis_document_id, package_extract_name, package_extract_version}]
-- notnull: analysis_datetime, analysis_document_id, package_extract_name, package_extract_version
(
  SELECT
    run.datetime AS analysis_datetime,
    run.analysis_document_id,
    run.package_extract_name,
    run.package_extract_version,
    run.id
  FROM software_environment AS environment
  JOIN package_extract_run AS run ON run.software_environment_id = environment.id
  WHERE NOT :is_external
    AND environment.environment_name = :software_environment_name
    AND environment.environment_type = :environment_type
  ORDER BY run.datetime DESC, run.id DESC
  LIMIT :count OFFSET :start_offset
)
UNION ALL
(
  SELECT
    run.datetime AS analysis_datetime,
    run.analysis_document_id,
    run.package_extract_name,
    run.package_extract_version,
    run.id
  FROM external_software_environment AS environment
  JOIN package_extract_run AS run ON run.external_software_environment_id = environment.id
  WHERE :is_external
    AND environment.environment_name = :software_environment_name
    AND environment.environment_type = :environment_type
  ORDER BY run.datetime DESC, run.id DESC
  LIMIT :count OFFSET :start_offset
)
ORDER BY analysis_datetime DESC, id DESC;

-- name: _get_software_environments_all
-- Software environments, once for each of their analyses, latest analysis first.
-- params: is_external=False, *, start_offset=0, count=100, env_image_name=None, env_image_tag=None,
--         os_name=None, os_version=None, python_version=None, cuda_version=None, image_name=None,
--         library_name=None, symbol=None, package_name=None, rpm_package_name=None
-- returns: [{cuda_version, datetime, env_image_name, env_image_tag, environment_name, environment_type, image_sha,
--           os_name, os_version, package_extract_document_id, python_version, thoth_image_name, thoth_image_version}]
-- notnull: datetime, environment_type, package_extract_document_id
WITH offering AS NOT MATERIALIZED (
  SELECT
    offers.software_environment_id,
    offers.external_software_environment_id
  FROM has_symbol AS offers
  JOIN versioned_symbol AS s ON s.id = offers.versioned_symbol_id
  WHERE TRUE
    AND s.library_name = :library_name                --? library_name
    AND s.symbol = :symbol                            --? symbol
),
finding_python_package AS NOT MATERIALIZED (
  SELECT i.package_extract_run_id
  FROM identified AS i
  JOIN python_package_version_entity AS e ON e.id = i.python_package_version_entity_id
  WHERE e.package_name = :package_name
),
finding_rpm_package AS NOT MATERIALIZED (
  SELECT f.package_extract_run_id
  FROM found_rpm AS f
  JOIN rpm_package_version AS p ON p.id = f.rpm_package_version_id
  WHERE p.package_name = :rpm_package_name
)
(
  SELECT
    environment.cuda_version,
    run.datetime,
    environment.env_image_name,
    environment.env_image_tag,
    environment.environment_name,
    environment.environment_type::text AS environment_type,
    environment.image_sha,
    environment.os_name,
    environment.os_version,
    run.analysis_document_id AS package_extract_document_id,
    environment.python_version,
    environment.thoth_image_name,
    environment.thoth_image_version,
    run.id
  FROM package_extract_run AS run
  JOIN software_environment AS environment ON environment.id = run.software_environment_id
  WHERE NOT :is_external
    AND environment.env_image_name = :env_image_name  --? env_image_name
    AND environment.env_image_tag = :env_image_tag    --? env_image_tag
    AND environment.os_name = :os_name                --? os_name
    AND environment.os_version = :os_version          --? os_version
    AND environment.python_version = :python_version  --? python_version
    AND environment.cuda_version = :cuda_version      --? cuda_version
    AND environment.image_name = :image_name          --? image_name
    AND environment.id IN (SELECT o.software_environment_id FROM offering AS o)  --? library_name, symbol
    AND run.id IN (SELECT f.package_extract_run_id FROM finding_python_package AS f)  --? package_name
    AND run.id IN (SELECT f.package_extract_run_id FROM finding_rpm_package AS f)  --? rpm_package_name
  ORDER BY run.datetime DESC, run.id DESC
  LIMIT :count OFFSET :start_offset
)
UNION ALL
(
  SELECT
    environment.cuda_version,
    run.datetime,
    environment.env_image_name,
    environment.env_image_tag,
    environment.environment_name,
    environment.environment_type::text AS environment_type,
    environment.image_sha,
    environment.os_name,
    environment.os_version,
    run.analysis_document_id AS package_extract_document_id,
    environment.python_version,
    environment.thoth_image_name,
    environment.thoth_image_version,
    run.id
  FROM package_extract_run AS run
  JOIN external_software_environment AS environment ON environment.id = run.external_software_environment_id
  WHERE :is_external
    AND environment.env_image_name = :env_image_name  --? env_image_name
    AND environment.env_image_tag = :env_image_tag    --? env_image_tag
    AND environment.os_name = :os_name                --? os_name
    AND environment.os_version = :os_version          --? os_version
    AND environment.python_version = :python_version  --? python_version
    AND environment.cuda_version = :cuda_version      --? cuda_version
    AND environment.image_name = :image_name          --? image_name
    AND environment.id IN (SELECT o.external_software_environment_id FROM offering AS o)  --? library_name, symbol
    AND run.id IN (SELECT f.package_extract_run_id FROM finding_python_package AS f)  --? package_name
    AND run.id IN (SELECT f.package_extract_run_id FROM finding_rpm_package AS f)  --? rpm_package_name
  ORDER BY run.datetime DESC, run.id DESC
  LIMIT :count OFFSET :start_offset
)
ORDER BY datetime DESC, id DESC;

-- name: get_software_environments_count_all$
-- Number of software environments, those included that were never analysed.
--
-- `library_name` and `symbol` ask for environments that offer a symbol (given both, that symbol of that library),
-- `package_name` and `rpm_package_name` for those in which an analysis found a version of the Python or RPM package.
-- params: is_external=False, *, env_image_name=None, env_image_tag=None, os_name=None, os_version=None,
--         python_version=None, cuda_version=None, image_name=None,
--         library_name=None, symbol=None, package_name=None, rpm_package_name=None
-- returns: count
WITH offering AS NOT MATERIALIZED (
  SELECT
    offers.software_environment_id,
    offers.external_software_environment_id
  FROM has_symbol AS offers
  JOIN versioned_symbol AS s ON s.id = offers.versioned_symbol_id
  WHERE TRUE
    AND s.library_name = :library_name                --? library_name
    AND s.symbol = :symbol                            --? symbol
),
with_python_package AS NOT MATERIALIZED (
  SELECT
    run.software_environment_id,
    run.external_software_environment_id
  FROM package_extract_run AS run
  JOIN identified AS i ON i.package_extract_run_id = run.id
  JOIN python_package_version_entity AS e ON e.id = i.python_package_version_entity_id
  WHERE e.package_name = :package_name
),
with_rpm_package AS NOT MATERIALIZED (
  SELECT
    run.software_environment_id,
    run.external_software_environment_id
  FROM package_extract_run AS run
  JOIN found_rpm AS f ON f.package_extract_run_id = run.id
  JOIN rpm_package_version AS p ON p.id = f.rpm_package_version_id
  WHERE p.package_name = :rpm_package_name
)
SELECT count(*) AS count
FROM (
  SELECT environment.id
  FROM software_environment AS environment
  WHERE NOT :is_external
    AND environment.env_image_name = :env_image_name  --? env_image_name
    AND environment.env_image_tag = :env_image_tag    --? env_image_tag
    AND environment.os_name = :os_name                --? os_name
    AND environment.os_version = :os_version          --? os_version
    AND environment.python_version = :python_version  --? python_version
    AND environment.cuda_version = :cuda_version      --? cuda_version
    AND environment.image_name = :image_name          --? image_name
    AND environment.id IN (SELECT o.software_environment_id FROM offering AS o)  --? library_name, symbol
    AND environment.id IN (SELECT w.software_environment_id FROM with_python_package AS w)  --? package_name
    AND environment.id IN (SELECT w.software_environment_id FROM with_rpm_package AS w)  --? rpm_package_name
  UNION ALL
  SELECT environment.id
  FROM external_software_environment AS environment
  WHERE :is_external
    AND environment.env_image_name = :env_image_name  --? env_image_name
    AND environment.env_image_tag = :env_image_tag    --? env_image_tag
    AND environment.os_name = :os_name                --? os_name
    AND environment.os_version = :os_version          --? os_version
    AND environment.python_version = :python_version  --? python_version
    AND environment.cuda_version = :cuda_version      --? cuda_version
    AND environment.image_name = :image_name          --? image_name
    AND environment.id IN (SELECT o.external_software_environment_id FROM offering AS o)  --? library_name, symbol
    AND environment.id IN (SELECT w.external_software_environment_id FROM with_python_package AS w)  --? package_name
    AND environment.id IN (SELECT w.external_software_environment_id FROM with_rpm_package AS w)  --? rpm_package_name
) AS environment;
