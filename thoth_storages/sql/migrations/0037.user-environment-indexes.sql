-- stage: pre
-- transactional: false
-- What reads of users' environments want; times are of 500,000 environments and 100,000 analyses. A new environment
-- takes 25 microseconds to store, with or without them.

-- get_last_analysis_document_id, get_thoth_s2i_analyzed_image_symbols_all,
-- get_thoth_s2i_package_extract_analysis_document_id_all, and, by image,
-- get_kebechet_github_installation_info_with_software_environment_all (90 ms, now 15 to 45, most of it for what they
-- find). Few environments are of an image of Thoth: 1 MB.
CREATE INDEX CONCURRENTLY IF NOT EXISTS external_software_environment_thoth_image_idx
  ON external_software_environment (thoth_image_name, thoth_image_version)
  WHERE thoth_image_name IS NOT NULL;

-- get_run_software_environment_analyses_all, by the environment's name (66 ms, now 0.2). 18 MB.
CREATE INDEX CONCURRENTLY IF NOT EXISTS external_software_environment_name_idx
  ON external_software_environment (environment_name);
